// The receiver of SPEC Appendix C.2, transcribed: slow, obvious, the witness for every other receiver.
// It keeps nothing that it can compute, and knows neither clock nor path.

import { accept, describe, isKnown, NOTHING_ACCEPTED, type Accepted } from "./accepted.js";
import { controlBytes, decode, encode, fromHex, toHex } from "./codec.js";
import {
  earliest,
  uint64,
  type InputJson,
  type OutputJson,
  type ReceiverConfigJson,
  type ReceiverViewJson,
  type StepRequest,
  type StepResponse,
  type Stepped,
  type TokenJson,
} from "./lines.js";
import type { EndJson, PacketJson } from "./packet-json.js";
import { CLOSE_CODES, FLAGS } from "./registry.js";
import { advance, EMPTY_DIGEST, onWire } from "./transcript.js";

export type ReceiverPhase = "opening" | "active" | "ending" | "draining" | "closed" | "failed";

const OPEN_AT_US = [0, 250_000, 750_000, 1_750_000, 3_750_000];
const OPEN_FAIL_US = 5_000_000;
const IDLE_US = 30_000_000;
const DRAIN_US = 10_000_000;
const TOKENS_WAITING_MAX = 4096;
const CONTROL_BYTES_MAX = 96;
const RANGES_MAX = 16;
const DELAY_MAX_US = 2 ** 32 - 1;

type Violation = "final-mismatch" | "content-mismatch" | "limit-exceeded" | "transcript-mismatch";

const VIOLATION_CLOSE: Readonly<Record<Violation, number>> = {
  "final-mismatch": CLOSE_CODES.FINAL_MISMATCH,
  "content-mismatch": CLOSE_CODES.CONTENT_MISMATCH,
  "limit-exceeded": CLOSE_CODES.LIMIT_EXCEEDED,
  "transcript-mismatch": CLOSE_CODES.TRANSCRIPT_MISMATCH,
};

/** A receiver, driven by steps. @spec STR-4 */
export class ModelReceiver implements Stepped {
  private phase: ReceiverPhase = "opening";
  private gateOpen = true;
  private next = 1;
  private nextIndex: number;
  private digest: string;
  private accepted: Accepted = NOTHING_ACCEPTED;
  private readonly waiting = new Map<number, TokenJson>();
  private largest = 0;
  private largestAt = 0;
  private paused = false;
  private kicks = 0;
  private base = 0;
  private lastAccepted = 0;
  private end: EndJson | undefined;
  private stopReason: number | undefined;
  private ackPending = false;
  /** How many of OPN-1's times are served. */
  private opensServed = 0;
  private events: OutputJson[] = [];
  private closes: { readonly packet: PacketJson; readonly atMost: number }[] = [];
  private transmitted: OutputJson[] = [];

  /** `start` is the time from which OPN-1 and OPN-2 count. */
  constructor(
    private readonly config: ReceiverConfigJson,
    private readonly start: number,
  ) {
    this.nextIndex = Number(config.next_index);
    this.digest = config.digest ?? EMPTY_DIGEST;
  }

  /** Gives the inputs, each at its time, then polls once at `now`. */
  step(request: StepRequest): StepResponse<ReceiverViewJson> {
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
      case "stop":
        return this.stop(input.reason, input.at);
      default:
        throw new Error(`a receiver has no ${input.type}`);
    }
  }

  /** @spec END-7, END-9 */
  private stop(reason: number, now: number): string | null {
    if (this.phase === "closed" || this.phase === "failed") return "closed";
    if (this.end !== undefined) return "ended";
    if (this.stopReason !== undefined) return "stopped";
    this.stopReason = reason;
    if (this.phase === "active") {
      this.ackPending = true;
      this.kicks = 0;
      this.base = now;
    }
    return null;
  }

  /** The code of the discard, or null for a datagram that was accepted. */
  private receive(datagram: Uint8Array, now: number): string | null {
    const decoded = decode(datagram);
    if (decoded.ok === undefined) return decoded.code;
    const p = decoded.ok;
    if ((p.stream_id ?? 0) !== this.config.stream_id) return "stream";
    if (p.ack !== undefined || p.open !== undefined) return "direction";
    if (this.phase === "closed" || this.phase === "failed") return "phase";
    if (p.epoch !== this.config.epoch) return "epoch";
    if (p.close !== undefined) {
      if (this.phase === "draining") return "phase";
      this.enter("failed", "close-received", p.close.code);
      return null;
    }
    const number = Number(p.packet_number);
    if (isKnown(this.accepted, number)) return "duplicate";
    if (this.phase === "opening" && p.accept === undefined) return "unexpected"; // OPN-4
    if (this.phase !== "draining") {
      const violation = this.check(p);
      if (violation !== undefined) return this.fail(violation, datagram.length);
    }
    this.accepted = accept(this.accepted, number);
    if (number > this.largest) {
      this.largest = number;
      this.largestAt = now;
      this.paused = p.flags === FLAGS.PAUSED;
    }
    this.lastAccepted = now;
    this.base = now;
    this.kicks = 0;
    this.ackPending = true;
    return this.phase === "draining" ? null : this.take(p, datagram.length);
  }

  /** What an accepted packet does to the transcript and the phase. */
  private take(p: PacketJson, size: number): string | null {
    if (this.phase === "opening") this.enter("active", "accept");
    this.end ??= p.end;
    for (const [index, token] of tokensOf(p)) {
      if (index >= this.nextIndex) this.waiting.set(index, token);
    }
    this.render();
    if (this.end === undefined) return null;
    if (this.nextIndex !== Number(this.end.final_count ?? 0)) {
      if (this.phase === "active") this.enter("ending", "end");
      return null;
    }
    if (this.end.digest !== onWire(this.digest)) {
      this.ackPending = false;
      return this.fail("transcript-mismatch", size); // RCV-7
    }
    const { final_count = "0", reason = 0, error_code } = this.end;
    const code = error_code === undefined ? {} : { error_code };
    this.events.push({ type: "end", final_count, reason, ...code }); // RCV-8
    this.enter("draining", "complete"); // END-6
    return null;
  }

  /** @spec RCV-4 */
  private render(): void {
    const index = this.nextIndex;
    const tokens: TokenJson[] = [];
    for (;;) {
      const token = this.waiting.get(this.nextIndex);
      if (token === undefined) break;
      tokens.push(token);
      this.waiting.delete(this.nextIndex);
      this.digest = advance(this.digest, token);
      this.nextIndex += 1;
    }
    if (tokens.length > 0) this.events.push({ type: "render", index: uint64(index), tokens });
  }

  /** What a packet breaks, before it has any effect. @spec RCV-2 */
  private check(p: PacketJson): Violation | undefined {
    const tokens = tokensOf(p);
    const beyond = tokens.length === 0 ? 0 : Number(p.first_index ?? 0) + tokens.length;
    const final = this.end ?? p.end;
    if (this.end !== undefined && p.end !== undefined && !isSameEnd(this.end, p.end)) {
      return "final-mismatch";
    }
    const seen = Math.max(this.nextIndex, ...[...this.waiting.keys()].map((i) => i + 1), beyond);
    if (final !== undefined && Number(final.final_count ?? 0) < seen) return "final-mismatch";
    const differs = ([index, token]: Indexed): boolean => {
      const other = this.waiting.get(index);
      return other !== undefined && !isSameToken(token, other);
    };
    if (tokens.some(differs)) return "content-mismatch";
    if (beyond > this.nextIndex + TOKENS_WAITING_MAX) return "limit-exceeded";
    const held = new Map([...this.waiting, ...tokens.filter(([i]) => i >= this.nextIndex)]);
    const bytes = [...held.values()].reduce((sum, { data }) => sum + data.length / 2, 0);
    return bytes > Number(this.config.window) ? "limit-exceeded" : undefined;
  }

  /** @spec ERR-2 */
  private fail(violation: Violation, size: number): string {
    this.addClose(VIOLATION_CLOSE[violation], size);
    this.enter("failed", "close-sent", VIOLATION_CLOSE[violation]);
    return violation;
  }

  private addClose(code: number, atMost: number): void {
    const { stream_id, epoch } = this.config;
    this.closes.push({ packet: { stream_id, epoch, close: { code } }, atMost });
  }

  private enter(phase: ReceiverPhase, cause: string, code?: number): void {
    this.phase = phase;
    this.events.push({ type: "phase", phase, cause, ...(code === undefined ? {} : { code }) });
  }

  private poll(now: number): OutputJson[] {
    if (this.gateOpen) this.expire(now);
    const outputs = this.events;
    this.events = [];
    this.transmitted = [];
    if (this.gateOpen) {
      for (const { packet, atMost } of this.closes) this.transmit(packet, atMost);
    }
    this.closes = [];
    if (this.gateOpen && this.phase !== "closed" && this.phase !== "failed") this.speak(now);
    return [...outputs, ...this.transmitted];
  }

  private expire(now: number): void {
    const times = this.times();
    const isDue = (at: number | undefined): boolean => at !== undefined && now >= at;
    if (isDue(times.drain)) this.enter("closed", "drained");
    else if (isDue(times.idle)) this.enter("failed", "idle");
    else if (isDue(times.openFail)) this.enter("failed", "open-timeout");
  }

  private speak(now: number): void {
    const { openRetry, kick } = this.times();
    const isKickDue = kick !== undefined && now >= kick;
    if (openRetry !== undefined && now >= openRetry) {
      this.transmit(this.openPacket());
      this.next += 1;
      this.opensServed = OPEN_AT_US.filter((at) => this.start + at <= now).length;
    } else if (this.ackPending || isKickDue) {
      this.transmit(this.ackPacket(now, isKickDue));
      this.next += 1;
      if (isKickDue) {
        this.kicks += 1;
        this.base = now;
      }
      this.ackPending = false;
    }
  }

  /** @spec OPN-3 */
  private openPacket(): PacketJson {
    const { window, rtt_hint_us = 0 } = this.config;
    const resumes = this.nextIndex > 0;
    return {
      ...this.header(),
      open: {
        version: 1,
        ...(resumes ? { next_index: uint64(this.nextIndex) } : {}),
        ...(resumes ? { prefix_digest: onWire(this.digest) } : {}),
        window,
        ...(rtt_hint_us === 0 ? {} : { rtt_hint_us }),
      },
      ...(this.stopReason === undefined ? {} : { stop: { reason: this.stopReason } }),
    };
  }

  /** The ack with as many ranges as LIM-9 leaves room for. @spec ACK-2, ACK-3, ACK-4 */
  private ackPacket(now: number, isKick: boolean): PacketJson {
    for (let count = RANGES_MAX; ; count -= 1) {
      const ranges = describe(this.accepted, count);
      const packet = this.ackWith(ranges, now, isKick);
      if (count === 0 || controlBytes(packet) <= CONTROL_BYTES_MAX) return packet;
    }
  }

  private ackWith(ranges: readonly number[], now: number, isKick: boolean): PacketJson {
    const delay = this.largest === 0 ? 0 : Math.min(now - this.largestAt, DELAY_MAX_US);
    const hasAll = this.end !== undefined && Number(this.end.final_count ?? 0) === this.nextIndex;
    const isStopping = this.stopReason !== undefined && this.end === undefined;
    return {
      ...this.header(),
      ack: {
        next_index: uint64(this.nextIndex),
        largest: uint64(this.largest),
        ...(ranges.length === 0 ? {} : { ranges }),
        ...(delay === 0 ? {} : { delay_us: delay }),
        ...(hasAll ? { end_received: true } : {}),
      },
      ...(isStopping ? { stop: { reason: this.stopReason ?? 0 } } : {}),
      ...(isKick ? { flags: FLAGS.ACK_NOW } : {}),
    };
  }

  private header(): PacketJson {
    const { stream_id, epoch } = this.config;
    return { stream_id, epoch, packet_number: uint64(this.next) }; // ACK-5
  }

  private transmit(packet: PacketJson, atMost?: number): void {
    const { max_payload, bucket } = this.config;
    const datagram = toHex(encode(packet, max_payload, bucket, atMost));
    this.transmitted.push({ type: "transmit", datagram });
  }

  /** Every deadline of the phase. @spec OPN-1, OPN-2, TIM-3, TIM-4, TIM-5, END-6 */
  private times(): Record<
    "drain" | "idle" | "openFail" | "openRetry" | "kick",
    number | undefined
  > {
    const isOpening = this.phase === "opening";
    const isLive = this.phase === "active" || this.phase === "ending";
    const [first, most] = this.paused ? [3_000_000, 15_000_000] : [400_000, 3_000_000];
    const nextOpen = OPEN_AT_US[this.opensServed];
    return {
      drain: this.phase === "draining" ? this.lastAccepted + DRAIN_US : undefined,
      idle: isLive ? this.lastAccepted + IDLE_US : undefined,
      openFail: isOpening ? this.start + OPEN_FAIL_US : undefined,
      openRetry: isOpening && nextOpen !== undefined ? this.start + nextOpen : undefined,
      kick: isLive ? this.base + Math.min(first * 2 ** this.kicks, most) : undefined,
    };
  }

  /** @spec TIM-7 */
  private wait(): Pick<StepResponse, "deadline" | "timer"> {
    if (!this.gateOpen) return { deadline: null, timer: null };
    const { drain, idle, openFail, openRetry, kick } = this.times();
    return earliest([
      ["drain", drain],
      ["idle", idle],
      ["open-fail", openFail],
      ["open-retry", openRetry],
      ["kick", kick],
    ]);
  }

  private view(): ReceiverViewJson {
    return {
      phase: this.phase,
      next_index: uint64(this.nextIndex),
      largest: uint64(this.largest),
    };
  }
}

type Indexed = readonly [index: number, token: TokenJson];

/** The tokens of a packet, cut out of its runs, with their indexes (SPEC 4.2). */
function tokensOf(p: PacketJson): Indexed[] {
  const tokens = (p.runs ?? []).flatMap(({ channel = 0, data = "", lengths = [] }) => {
    const sizes = lengths.length === 0 ? [data.length / 2] : lengths;
    let at = 0;
    return sizes.map((size) => {
      const token = { data: data.slice(2 * at, 2 * (at + size)) };
      at += size;
      return channel === 0 ? token : { channel, ...token };
    });
  });
  const first = Number(p.first_index ?? 0);
  return tokens.map((token, i) => [first + i, token]);
}

function isSameToken(one: TokenJson, other: TokenJson): boolean {
  return (one.channel ?? 0) === (other.channel ?? 0) && one.data === other.data;
}

function isSameEnd(one: EndJson, other: EndJson): boolean {
  return (
    (one.final_count ?? "0") === (other.final_count ?? "0") &&
    one.reason === other.reason &&
    one.digest === other.digest &&
    (one.error_code ?? 0) === (other.error_code ?? 0)
  );
}
