/**
 * A sender on a stage: a test plays the receiver by hand, with packets of its own making, and reads what
 * the sender says as decoded packets. It does not know what is right.
 */
import assert from "node:assert/strict";
import { Sender, type SenderEvent } from "../core/sender.js";
import type { DiscardCode, Micros, Token } from "../core/output.js";
import { advanceTranscript, initialTranscript, transcriptDigest } from "../core/transcript.js";
import { decode, encode, type Packet, PACKET_DEFAULTS } from "../wire/index.js";

export const STREAM_ID = 7;

/** What a poll gave until it waited. */
export interface Said {
  readonly events: readonly SenderEvent[];
  readonly packets: readonly Packet[];
  readonly datagrams: readonly Uint8Array[];
  readonly epochs: readonly number[];
  readonly until: Micros | undefined;
  readonly timer: string | undefined;
}

export interface StageConfig {
  readonly maxPayload?: number;
  readonly bucket?: number;
  readonly logBytes?: number;
  readonly logTokens?: number;
}

export interface OpenFields {
  readonly epoch?: number;
  readonly version?: number;
  readonly nextIndex?: number;
  readonly prefixDigest?: Uint8Array;
  readonly window?: number;
  readonly rttHintUs?: number;
  readonly stop?: number | undefined;
  readonly number?: number;
}

export interface AckFields {
  readonly next?: number;
  readonly largest?: number;
  readonly ranges?: readonly number[];
  readonly delayUs?: number;
  readonly endReceived?: boolean;
  readonly kick?: boolean;
  readonly stop?: number | undefined;
  readonly epoch?: number;
  readonly number?: number;
}

export class SenderStage {
  readonly sender: Sender;
  now = 0;
  epoch = 1;
  #number = 0;

  constructor(config: StageConfig = {}) {
    this.sender = new Sender({ streamId: STREAM_ID, bucket: 1, ...config });
  }

  /** A stage whose receiver has attached at 0 and got the Accept, which is acknowledged `rttUs` later. */
  static attached(config: StageConfig = {}, open: OpenFields = {}, rttUs?: Micros): SenderStage {
    const stage = new SenderStage(config);
    stage.open(open);
    stage.poll();
    if (rttUs === undefined) return stage;
    stage.now += rttUs;
    stage.ack({ largest: 1 });
    stage.poll();
    return stage;
  }

  at(now: Micros): this {
    this.now = now;
    return this;
  }

  open(fields: OpenFields = {}): DiscardCode | undefined {
    const { epoch = 1, version = 1, nextIndex = 0, window = 262144, rttHintUs = 0 } = fields;
    if (epoch > this.epoch) this.#number = 0;
    this.epoch = Math.max(epoch, this.epoch);
    const digest = fields.prefixDigest && { prefixDigest: fields.prefixDigest };
    return this.give({
      epoch,
      packetNumber: this.#next(fields.number),
      open: { version, nextIndex, window, rttHintUs, ...digest },
      ...(fields.stop !== undefined && { stop: { reason: fields.stop } }),
    });
  }

  ack(fields: AckFields = {}): DiscardCode | undefined {
    const { next = 0, largest = 0, ranges = [], delayUs = 0, endReceived = false } = fields;
    return this.give({
      epoch: fields.epoch ?? this.epoch,
      packetNumber: this.#next(fields.number),
      ack: { nextIndex: next, largest, ranges, delayUs, endReceived },
      flags: fields.kick === true ? 1 : 0,
      ...(fields.stop !== undefined && { stop: { reason: fields.stop } }),
    });
  }

  close(code: number, epoch = this.epoch): DiscardCode | undefined {
    return this.give({ epoch, close: { code } });
  }

  give(packet: Partial<Packet>): DiscardCode | undefined {
    const whole = { ...PACKET_DEFAULTS, streamId: STREAM_ID, ...packet };
    return this.sender.receive(encode(whole, { maxPayload: 16384, bucket: 64 }), this.now);
  }

  push(...texts: readonly string[]): string | undefined {
    return this.sender.push(texts.map(token), this.now);
  }

  poll(): Said {
    const events: SenderEvent[] = [];
    const datagrams: Uint8Array[] = [];
    const epochs: number[] = [];
    for (let calls = 0; calls < 1000; calls += 1) {
      const output = this.sender.poll(this.now);
      if (output.type === "event") events.push(output.event);
      if (output.type === "transmit") {
        datagrams.push(output.datagram);
        epochs.push(output.epoch);
      }
      if (output.type === "wait") {
        const { until, timer } = output;
        assert.ok(until === undefined || until > this.now, `deadline ${String(until)} is past`);
        return { events, packets: datagrams.map(read), datagrams, epochs, until, timer };
      }
    }
    throw new Error("poll never waits");
  }

  /** Polls at every deadline before `end` and then at `end`; gives the times with what was sent. */
  run(end: Micros): { at: Micros; packet: Packet }[] {
    const sent: { at: Micros; packet: Packet }[] = [];
    for (;;) {
      const { packets, until } = this.poll();
      sent.push(...packets.map((packet) => ({ at: this.now, packet })));
      if (this.now >= end) return sent;
      this.now = Math.min(until ?? end, end);
    }
  }

  /** The clocks of the session, relative to now. */
  attachment(): { lastFresh: Micros; lastSend: Micros; isRepeated: boolean } {
    const { attachment } = this.sender.snapshot(this.now);
    return attachment as ReturnType<SenderStage["attachment"]>;
  }

  #next(number: number | undefined): number {
    this.#number = number ?? this.#number + 1;
    return this.#number;
  }
}

export function token(text: string): Token {
  return { channel: 0, bytes: new TextEncoder().encode(text) };
}

export function read(datagram: Uint8Array): Packet {
  const decoded = decode(datagram);
  assert.ok(decoded.type === "packet", JSON.stringify(decoded));
  return decoded.packet;
}

/** The items of a packet as `[first, end)`, the End counted, and its texts. */
export function items(packet: Packet | undefined): { range: [number, number]; texts: string[] } {
  assert.ok(packet);
  const bytes = packet.runs.flatMap((run) => run.tokens);
  const first = bytes.length === 0 ? (packet.end?.finalCount ?? 0) : packet.firstIndex;
  const end = first + bytes.length + (packet.end ? 1 : 0);
  return { range: [first, end], texts: bytes.map((each) => new TextDecoder().decode(each)) };
}

export function range(packet: Packet | undefined): [number, number] {
  return items(packet).range;
}

/** The digest of a stream that begins with these tokens. */
export function digestOf(tokens: readonly Token[]): Uint8Array {
  return transcriptDigest(tokens.reduce(advanceTranscript, initialTranscript()));
}
