// The sender of SPEC Appendix C.1 and C.3, transcribed: slow, obvious, the witness for every other
// sender. It keeps nothing that it can compute, and knows neither clock nor path.

import { decode, encode, fromHex, toHex } from "./codec.js";
import {
  earliest,
  uint64,
  type InputJson,
  type OutputJson,
  type SenderConfigJson,
  type SenderViewJson,
  type StepRequest,
  type StepResponse,
  type Stepped,
  type TokenJson,
} from "./lines.js";
import type { AckJson, OpenJson, PacketJson } from "./packet-json.js";
import { CLOSE_CODES, END_REASONS, FLAGS } from "./registry.js";
import { attach, isSameOpen } from "./sender-attach.js";
import {
  applyAck,
  breakerTrips,
  isImpossible,
  itemsAcknowledged,
  presumedEnd,
} from "./sender-ack.js";
import {
  packetOf,
  tokenBytes,
  windowOf,
  type Attachment,
  type SenderPhase,
  type SenderState,
  type Stretch,
} from "./sender-state.js";
import { burstLimit, stretches } from "./sender-emission.js";
import { timesOf } from "./sender-times.js";
import { digestOf, onWire } from "./transcript.js";

const RECORDS_MAX = 1024;
const CLOSES_MAX = 4;

/** A Close that waits for the next poll, and the size that it must not exceed. */
interface PendingClose {
  readonly packet: PacketJson;
  readonly atMost: number;
}

/** A sender, driven by steps. @spec STR-4 */
export class ModelSender implements Stepped {
  private readonly state: SenderState;
  private phase: SenderPhase = "idle";
  private gateOpen = true;
  private events: OutputJson[] = [];
  private closes: PendingClose[] = [];
  private transmitted: OutputJson[] = [];

  constructor(config: SenderConfigJson) {
    this.state = {
      config,
      tokens: [],
      base: 0,
      end: undefined,
      paused: false,
      epoch: 0,
      attachment: undefined,
    };
  }

  /** Gives the inputs, each at its time, then polls once at `now`. */
  step(request: StepRequest): StepResponse<SenderViewJson> {
    const results = request.inputs.map((input) => this.input(input));
    const outputs = this.poll(request.now);
    return { results, outputs, ...this.wait(), view: this.view() };
  }

  private input(input: InputJson): string | null {
    switch (input.type) {
      case "receive":
        return this.receive(fromHex(input.datagram), input.at);
      case "gate":
        this.gateOpen = input.open;
        return null;
      case "push":
        return this.push(input.tokens);
      case "finish":
        return this.refused() ?? this.finish(input.reason, 0, "finish");
      case "abort":
        return this.refused() ?? this.finish(END_REASONS.ABORTED, input.error_code, "abort");
      case "pause":
        return this.refused() ?? this.pause();
      case "stop":
        throw new Error("a sender has no stop");
    }
  }

  /** @spec SND-20 */
  private refused(): string | null {
    if (this.phase === "closed") return "closed";
    return this.state.end === undefined ? null : "ended";
  }

  private push(tokens: readonly TokenJson[]): string | null {
    const refused = this.refused();
    if (refused !== null) return refused;
    if (tokens.some(isIllegal)) return "invalid"; // STR-3
    if (tokens.length === 0) return null;
    const base = this.baseFor(tokens);
    if (base === undefined) return "full";
    this.state.base = base;
    this.state.tokens.push(...tokens);
    this.state.paused = false;
    if (this.state.attachment !== undefined) this.state.attachment.pausePending = false;
    return null;
  }

  /** The lowest token to hold so that `tokens` have room; `undefined` if there is none. @spec SND-19 */
  private baseFor(tokens: readonly TokenJson[]): number | undefined {
    const { config } = this.state;
    const una = this.state.attachment?.una ?? 0;
    const droppable = Math.min(una, this.state.tokens.length);
    for (let base = this.state.base; base <= droppable; base += 1) {
      const held = [...this.state.tokens.slice(base), ...tokens];
      const bytes = held.reduce((sum, token) => sum + tokenBytes(token), 0);
      if (bytes <= config.log_bytes && held.length <= config.log_tokens) return base;
    }
    return undefined;
  }

  private finish(reason: number, errorCode: number, cause: string): null {
    const { tokens } = this.state;
    this.state.end = {
      final_count: uint64(tokens.length),
      reason,
      digest: onWire(digestOf(tokens)),
      ...(errorCode === 0 ? {} : { error_code: errorCode }),
    };
    this.state.paused = false;
    if (this.state.attachment !== undefined) this.state.attachment.pausePending = false;
    if (this.phase === "active") this.enter("ending", cause);
    return null;
  }

  private pause(): null {
    if (this.state.paused) return null;
    this.state.paused = true;
    const at = this.attached();
    if (at !== undefined) at.pausePending = true;
    return null;
  }

  private attached(): Attachment | undefined {
    const isAttached = this.phase === "active" || this.phase === "ending";
    return isAttached ? this.state.attachment : undefined;
  }

  private enter(phase: SenderPhase, cause: string, code?: number): void {
    this.phase = phase;
    this.events.push({ type: "phase", phase, cause, ...(code === undefined ? {} : { code }) });
  }

  private addClose(code: number, epoch: number, atMost: number): void {
    if (this.closes.length >= CLOSES_MAX) return; // ERR-4
    const packet = { stream_id: this.state.config.stream_id, epoch, close: { code } };
    this.closes.push({ packet, atMost });
  }

  /** The code of the discard, or null for a datagram that was accepted. */
  private receive(datagram: Uint8Array, now: number): string | null {
    const decoded = decode(datagram);
    if (decoded.ok === undefined) return decoded.code;
    const p = decoded.ok;
    if ((p.stream_id ?? 0) !== this.state.config.stream_id) return "stream";
    if (p.ack === undefined && p.open === undefined && p.close === undefined) return "direction";
    if (p.open !== undefined) return this.open(p, p.open, now, datagram.length);
    if (this.phase === "closed") return "phase";
    if (p.epoch !== this.state.epoch) return "epoch";
    const at = this.attached();
    if (at === undefined) return "phase";
    if (p.close !== undefined) {
      this.enter("closed", "close-received", p.close.code ?? 0);
      this.state.base = this.state.tokens.length; // the log is dropped
      return null;
    }
    if (Number(p.packet_number) <= at.highest) return "duplicate";
    return this.ack(p, p.ack ?? {}, at, now, datagram.length);
  }

  private open(p: PacketJson, o: OpenJson, now: number, size: number): string | null {
    const epoch = p.epoch ?? 0;
    const refuse = (code: number): string => {
      this.addClose(code, epoch, size);
      return "refused-open";
    };
    if (this.phase === "closed") return refuse(CLOSE_CODES.EXPIRED);
    if (o.version !== 1) return refuse(CLOSE_CODES.VERSION);
    if (epoch < this.state.epoch) return refuse(CLOSE_CODES.STALE_EPOCH);
    if (epoch === this.state.epoch) return this.reopen(p, o, now);
    const nextIndex = Number(o.next_index ?? 0);
    if (nextIndex > this.state.tokens.length) return refuse(CLOSE_CODES.MISMATCH);
    if (nextIndex < this.state.base) return refuse(CLOSE_CODES.EXPIRED);
    const digest = onWire(digestOf(this.state.tokens.slice(0, nextIndex)));
    if (nextIndex > 0 && o.prefix_digest !== digest) return refuse(CLOSE_CODES.MISMATCH);
    if (this.attached() !== undefined) {
      this.addClose(CLOSE_CODES.SUPERSEDED, this.state.epoch, size); // OPN-10
    }
    this.state.epoch = epoch;
    this.state.attachment = attach(p, o, now);
    this.enter(this.state.end === undefined ? "active" : "ending", "open");
    this.stop(p);
    return null;
  }

  /** @spec OPN-9 */
  private reopen(p: PacketJson, o: OpenJson, now: number): string | null {
    const at = this.attached();
    if (at === undefined) return "phase";
    const number = Number(p.packet_number);
    if (number <= at.highest) return "duplicate";
    if (!isSameOpen(o, at.opened)) return "unexpected";
    at.highest = number;
    at.lastHeard = now;
    at.acceptRiding = true;
    at.acceptFrom = at.next;
    at.acceptPending = true;
    at.acceptAt = now;
    this.stop(p);
    return null;
  }

  /** @spec END-8 */
  private stop(p: PacketJson): void {
    if (p.stop === undefined || this.state.end !== undefined) return;
    this.events.push({ type: "stop", reason: p.stop.reason ?? 0 });
    this.finish(END_REASONS.STOPPED, 0, "stop");
  }

  private ack(p: PacketJson, a: AckJson, at: Attachment, now: number, size: number): string | null {
    if (isImpossible(this.state, at, a)) {
      this.addClose(CLOSE_CODES.INVALID_ACK, this.state.epoch, size);
      this.enter("detached", "close-sent", CLOSE_CODES.INVALID_ACK); // ERR-6
      return "invalid-ack";
    }
    at.highest = Number(p.packet_number);
    at.lastHeard = now;
    applyAck(at, a, now);
    if (this.state.end !== undefined && at.una === this.state.tokens.length + 1) {
      this.enter("done", "complete"); // END-5
      return null;
    }
    if (breakerTrips(at, now)) {
      this.addClose(CLOSE_CODES.CONGESTION, this.state.epoch, size);
      this.enter("detached", "close-sent", CLOSE_CODES.CONGESTION);
      return null;
    }
    at.presumed = itemsAcknowledged(a) === at.una && at.una < presumedEnd(at);
    if (p.flags === FLAGS.ACK_NOW) at.kick = true;
    this.stop(p);
    return null;
  }

  private poll(now: number): OutputJson[] {
    this.expire(now);
    const outputs = this.events;
    this.events = [];
    this.transmitted = [];
    if (this.gateOpen) {
      for (const { packet, atMost } of this.closes) this.transmitPacket(packet, atMost);
    }
    this.closes = [];
    const at = this.attached();
    if (this.gateOpen && at !== undefined) {
      if (at.presumed) this.emitR7(at, now);
      else if (this.isEmissionDue(at, now)) this.emission(at, now);
    }
    return [...outputs, ...this.transmitted];
  }

  /** @spec TIM-1, TIM-2 */
  private expire(now: number): void {
    const at = this.attached();
    if (!this.gateOpen || at === undefined) return;
    const { detach, idle } = timesOf(this.state, at);
    if (detach !== undefined && now >= detach) this.enter("detached", "silence");
    else if (idle !== undefined && now >= idle) this.enter("detached", "idle");
  }

  private isEmissionDue(at: Attachment, now: number): boolean {
    const { accept, fresh, repeat, kick, pause } = timesOf(this.state, at);
    return [accept, fresh, repeat, kick, pause].some((due) => due !== undefined && due <= now);
  }

  /** @spec TIM-7 */
  private wait(): Pick<StepResponse, "deadline" | "timer"> {
    const at = this.attached();
    if (!this.gateOpen || at === undefined) return { deadline: null, timer: null };
    const times = timesOf(this.state, at);
    return earliest([
      ["detach", times.detach],
      ["idle", times.idle],
      ["accept", times.accept],
      ["fresh", times.fresh],
      ["repeat", times.repeat],
      ["kick", times.kick],
      ["pause", times.pause],
    ]);
  }

  private emission(at: Attachment, now: number): void {
    const before = at.hi;
    const list = stretches(this.state, at, now);
    for (const stretch of list) this.transmit(at, stretch, now);
    if (at.hi > before) {
      at.lastFresh = now;
      at.repeated = false;
    } else {
      at.repeated = true;
    }
  }

  /** @spec SND-17 */
  private emitR7(at: Attachment, now: number): void {
    const e = presumedEnd(at);
    const most = burstLimit(at, now);
    let sent = 0;
    for (let x = at.una; x < e && sent < most; sent += 1) {
      const stretch = windowOf(this.state, at, [x, e], at.next);
      this.transmit(at, stretch, now);
      x = stretch[1];
    }
    if (sent > 1) at.burstAt = now;
  }

  /** SPEC C.3. */
  private transmit(at: Attachment, stretch: Stretch, now: number): void {
    this.transmitPacket(packetOf(this.state, at, stretch, at.next));
    const [a, b] = stretch;
    at.records = [...at.records, { number: at.next, time: now, items: stretch }].slice(
      -RECORDS_MAX,
    );
    for (let item = a; item < b; item += 1) {
      if (item >= at.hi) at.first.set(item, now);
      at.last.set(item, at.next);
      at.lastAt.set(item, now);
    }
    at.hi = Math.max(at.hi, b);
    at.next += 1;
    at.lastSend = now;
    at.acceptPending = false;
    at.kick = false;
    at.presumed = false;
    at.pausePending = false;
  }

  private transmitPacket(packet: PacketJson, atMost?: number): void {
    const { max_payload, bucket } = this.state.config;
    const datagram = toHex(encode(packet, max_payload, bucket, atMost));
    this.transmitted.push({ type: "transmit", datagram });
  }

  private view(): SenderViewJson {
    return {
      phase: this.phase,
      epoch: this.state.epoch,
      una: uint64(this.state.attachment?.una ?? 0),
      hi: uint64(this.state.attachment?.hi ?? 0),
      n: uint64(this.state.tokens.length),
    };
  }
}

/** @spec STR-3 */
function isIllegal(token: TokenJson): boolean {
  const bytes = tokenBytes(token);
  return bytes < 1 || bytes > 1024 || (token.channel ?? 0) > 65535;
}
