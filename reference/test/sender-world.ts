/**
 * A sender and a receiver over two bad links, in virtual time, driven by a script that is plain data. It
 * checks in every step what must hold whatever happens, and lets the weather clear at the end.
 */
import assert from "node:assert/strict";
import type { Machine, Token } from "../core/output.js";
import { Receiver } from "../core/receiver.js";
import { Sender } from "../core/sender.js";
import { decode, encode, type Packet, PACKET_DEFAULTS } from "../wire/index.js";
import { Link, type LinkConfig, Prng } from "../../simulator/index.js";

export interface Move {
  /** After the move before. */
  readonly afterUs: number;
  readonly act:
    | { readonly type: "push"; readonly sizes: readonly number[]; readonly channel: number }
    | { readonly type: "pause" | "finish" | "stop" | "attach" }
    | { readonly type: "gate"; readonly open: boolean };
}

export interface WorldConfig {
  readonly seed: number;
  readonly link: LinkConfig;
  readonly maxPayload: number;
  readonly window: number;
  readonly logBytes: number;
  readonly moves: readonly Move[];
}

const STREAM_ID = 3;
/** How long a healed link may take: Opens are lost for 5 s and a new attachment is tried each time. */
const PATIENCE_US = 120_000_000;

export class World {
  readonly pushed: Token[] = [];
  readonly rendered: Token[] = [];
  readonly #config: WorldConfig;
  readonly #sender: Sender;
  #receiver: Receiver;
  #down: Link;
  #up: Link;
  #epoch = 1;
  #now = 0;
  /** Datagrams of the sender that were a whole [una, tail). */
  wholes = 0;

  constructor(config: WorldConfig) {
    this.#config = config;
    const { maxPayload, logBytes } = config;
    this.#sender = new Sender({ streamId: STREAM_ID, maxPayload, logBytes });
    this.#receiver = this.#attach();
    [this.#down, this.#up] = this.#links(config.link);
  }

  /** Plays the script, lets the weather clear, and waits until all is delivered. */
  play(): void {
    for (const { afterUs, act } of this.#config.moves) {
      this.#run(this.#now + afterUs);
      this.#act(act);
    }
    [this.#down, this.#up] = this.#links({ delayUs: 30_000 });
    this.#sender.gate(true, this.#now);
    this.#sender.finish(1, this.#now);
    const end = this.#now + PATIENCE_US;
    while (!this.#isComplete()) {
      assert.ok(this.#now < end, "not delivered over a healthy link");
      const isOver = ["closed", "failed"].includes(this.#receiver.view().phase);
      if (isOver || this.#sender.view().phase === "detached") this.#receiver = this.#attach();
      this.#run(this.#now + 1_000_000);
    }
    assert.equal(this.rendered.length, this.pushed.length);
  }

  #isComplete(): boolean {
    const isRendered = ["draining", "closed"].includes(this.#receiver.view().phase);
    return isRendered && this.#sender.view().phase === "done";
  }

  #links(config: LinkConfig): [Link, Link] {
    const prng = Prng.fromSeed(this.#config.seed + this.#now);
    return [new Link(config, prng.stream("down")), new Link(config, prng.stream("up"))];
  }

  /** A new receiver that goes on where the last one was. */
  #attach(): Receiver {
    const before = this.#epoch > 1 ? this.#receiver.resumption() : {};
    const { window, maxPayload } = this.#config;
    const fields = { streamId: STREAM_ID, window, maxPayload, ...before };
    return new Receiver({ ...fields, epoch: this.#epoch++ }, this.#now);
  }

  #act(act: Move["act"]): void {
    const now = this.#now;
    switch (act.type) {
      case "push": {
        const start = this.pushed.length;
        const tokens = act.sizes.map((size, place) => ({
          channel: act.channel,
          bytes: new Uint8Array(size).fill(start + place),
        }));
        if (this.#sender.push(tokens, now) === undefined) this.pushed.push(...tokens);
        return;
      }
      case "pause":
        this.#sender.pause(now);
        return;
      case "finish":
        this.#sender.finish(1, now);
        return;
      case "stop":
        this.#receiver.stop(1, now);
        return;
      case "attach":
        this.#receiver = this.#attach();
        return;
      case "gate":
        this.#sender.gate(act.open, now);
    }
  }

  #run(end: number): void {
    for (;;) {
      const next = Math.min(end, this.#step());
      if (next === this.#now) return;
      this.#now = next;
    }
  }

  /** Everything that happens now; returns when to go on. */
  #step(): number {
    const now = this.#now;
    let next = Infinity;
    for (const [link, machine] of [
      [this.#down, this.#receiver],
      [this.#up, this.#sender],
    ] as const) {
      let output = link.poll(now);
      for (; output.type === "deliver"; output = link.poll(now)) {
        const datagram = verified(output.datagram);
        if (datagram) machine.receive(datagram, now);
      }
      next = Math.min(next, output.until ?? Infinity);
    }
    next = Math.min(next, this.#pollSender(), this.#pollReceiver());
    const arriving = [this.#down, this.#up].map((link) => link.poll(now));
    for (const output of arriving) {
      assert.ok(output.type === "wait", "links delay");
      next = Math.min(next, output.until ?? Infinity);
    }
    return next;
  }

  #pollSender(): number {
    const before = this.#sender.snapshot(this.#now) as unknown as Bounded;
    const isWhole = this.#config.link.rate === undefined && !before.attachment?.isLossShown;
    const { datagrams, until } = drain(this.#sender, this.#now);
    for (const datagram of datagrams) {
      assert.ok(datagram.length <= this.#config.maxPayload);
      if (isWhole && datagrams.length === 1) this.#checkWhole(datagram);
      this.#down.send(sealed(datagram), this.#now);
    }
    const { una, hi, n, phase } = this.#sender.view();
    assert.ok(una <= hi && hi <= n + 1 && hi - una <= 4097, phase);
    const { log, attachment } = this.#sender.snapshot(this.#now) as unknown as Bounded;
    assert.ok(log.heldBytes <= this.#config.logBytes && log.n - log.base <= 65536);
    assert.ok((attachment?.loss.records.length ?? 0) <= 1024);
    return until;
  }

  /**
   * SND-11: one datagram carries all of [una, tail), if that fits. Links without a rate do not queue, so
   * the sender is never lean there.
   */
  #checkWhole(datagram: Uint8Array): void {
    const decoded = decode(datagram);
    assert.ok(decoded.type === "packet");
    const { packet } = decoded;
    const { una, n, hi } = this.#sender.view();
    if (packet.close || hi < n || !this.#fits(packet, una)) return;
    const bytes = packet.runs.flatMap(({ tokens }) => tokens);
    if (una < n) assert.equal(packet.firstIndex, una);
    assert.equal(bytes.length, Math.max(0, n - una));
    this.wholes += 1;
  }

  #fits(frame: Packet, una: number): boolean {
    const runs: { channel: number; tokens: Uint8Array[] }[] = [];
    for (const { channel, bytes } of this.pushed.slice(una)) {
      if (runs.at(-1)?.channel === channel) runs.at(-1)?.tokens.push(bytes);
      else runs.push({ channel, tokens: [bytes] });
    }
    const { maxPayload } = this.#config;
    try {
      // 24 to 30 bytes are kept free for an End
      const packet = { ...PACKET_DEFAULTS, ...frame, firstIndex: runs.length ? una : 0, runs };
      return encode(packet, { maxPayload: maxPayload - 40, bucket: 1 }).length > 0;
    } catch {
      return false;
    }
  }

  #pollReceiver(): number {
    const { datagrams, events, until } = drain(this.#receiver, this.#now);
    for (const datagram of datagrams) this.#up.send(sealed(datagram), this.#now);
    for (const event of events) {
      if (event.type === "phase" && event.cause === "close-received") {
        assert.ok([4, 5, 7].includes(event.code ?? 0), `Close ${event.code ?? 0}`);
      }
      if (event.type !== "render") continue;
      assert.equal(event.index, this.rendered.length, "once and in order");
      for (const token of event.tokens) {
        assert.deepEqual(token, this.pushed[this.rendered.length]);
        this.rendered.push(token);
      }
    }
    return until;
  }
}

interface Bounded {
  readonly log: { heldBytes: number; base: number; n: number };
  readonly attachment: { isLossShown: boolean; loss: { records: unknown[] } } | null;
}

/** Polls until the machine waits. */
export function drain<Event, Timer extends string>(
  machine: Machine<Event, Timer>,
  now: number,
): { datagrams: Uint8Array[]; events: Event[]; until: number; timer: Timer | undefined } {
  const datagrams: Uint8Array[] = [];
  const events: Event[] = [];
  for (let calls = 0; calls < 200; calls += 1) {
    const output = machine.poll(now);
    if (output.type === "transmit") datagrams.push(output.datagram);
    if (output.type === "event") events.push(output.event);
    if (output.type !== "wait") continue;
    const { until = Infinity, timer } = output;
    assert.ok(until > now, `${timer ?? "no timer"} was due`);
    assert.equal(until === Infinity, timer === undefined);
    return { datagrams, events, until, timer };
  }
  throw new Error("poll never waits");
}

/** What a binding's authentication does to damage: a checksum is enough against chance. */
function sealed(datagram: Uint8Array): Uint8Array {
  const whole = new Uint8Array(datagram.length + 4);
  whole.set(datagram);
  new DataView(whole.buffer).setUint32(datagram.length, checksum(datagram));
  return whole;
}

function verified(whole: Uint8Array): Uint8Array | undefined {
  if (whole.length < 5) return undefined;
  const datagram = whole.slice(0, -4);
  const stated = new DataView(whole.buffer, whole.byteOffset).getUint32(datagram.length);
  return stated === checksum(datagram) ? datagram : undefined;
}

function checksum(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte) => Math.imul(sum ^ byte, 0x01000193) >>> 0, 0x811c9dc5);
}
