/**
 * A receiver on a table: packets of a sender that is not there go in, everything it says comes out
 * decoded. Times are whatever the test says.
 */
import assert from "node:assert/strict";
import type { ReceiverConfig } from "../core/config.js";
import type { DiscardCode, Micros, Token } from "../core/output.js";
import { Receiver } from "../core/receiver.js";
import type { ReceiverEvent, ReceiverTimer } from "../core/receiver-events.js";
import { advanceTranscript, initialTranscript, transcriptDigest } from "../core/transcript.js";
import { decode, encode, type End, type Packet, PACKET_DEFAULTS } from "../wire/index.js";
import { toRuns } from "./arbitraries.js";

export const PAYLOAD = { maxPayload: 16384, bucket: 1 };

/** Tokens of channel 0, one a word. */
export function words(...texts: string[]): Token[] {
  return texts.map((text) => ({ channel: 0, bytes: new TextEncoder().encode(text) }));
}

/** The fields of a packet that carries tokens. */
export function carrying(firstIndex: number, tokens: readonly Token[]): Partial<Packet> {
  return tokens.length === 0 ? {} : { firstIndex, runs: toRuns(tokens) };
}

/** D(tokens.length), 32 bytes. */
export function transcriptOf(tokens: readonly Token[]): Uint8Array {
  return tokens.reduce(advanceTranscript, initialTranscript());
}

/** The End of a stream of these tokens. */
export function endOf(tokens: readonly Token[], fields: Partial<End> = {}): { end: End } {
  const digest = transcriptDigest(transcriptOf(tokens));
  return { end: { finalCount: tokens.length, reason: 1, digest, errorCode: 0, ...fields } };
}

/** What one round of polling gave. */
export interface Round {
  readonly events: readonly ReceiverEvent[];
  readonly packets: readonly Packet[];
  readonly datagrams: readonly Uint8Array[];
  readonly until: Micros | undefined;
  readonly timer: ReceiverTimer | undefined;
}

export const ACCEPT = { accept: { version: 1 } };

export class ReceiverRig {
  readonly receiver: Receiver;
  #next = 1;

  constructor(config: Partial<ReceiverConfig> = {}, now = 0) {
    this.receiver = new Receiver({ streamId: 7, epoch: 1, bucket: 1, ...config }, now);
  }

  /** Gives a packet of the sender; its number is the next unless said. */
  give(fields: Partial<Packet>, now: Micros): DiscardCode | undefined {
    const packetNumber = fields.packetNumber ?? (fields.close === undefined ? this.#next : 0);
    this.#next = Math.max(this.#next, packetNumber + 1);
    const packet = { ...PACKET_DEFAULTS, streamId: 7, epoch: 1, ...fields, packetNumber };
    return this.receiver.receive(encode(packet, PAYLOAD), now);
  }

  /** Polls until it waits; checks the order of what comes (STR-5). */
  poll(now: Micros): Round {
    const events: ReceiverEvent[] = [];
    const packets: Packet[] = [];
    const datagrams: Uint8Array[] = [];
    for (let output = this.receiver.poll(now); ; output = this.receiver.poll(now)) {
      if (output.type === "wait") {
        const { until, timer } = output;
        assert.ok(until === undefined || until > now, "a deadline in the past");
        return { events, packets, datagrams, until, timer };
      }
      if (output.type === "event") {
        assert.equal(packets.length, 0, "an event after a datagram");
        events.push(output.event);
      } else {
        const decoded = decode(output.datagram);
        assert.ok(decoded.type === "packet");
        packets.push(decoded.packet);
        datagrams.push(output.datagram);
        assert.equal(output.epoch, 1);
      }
    }
  }

  /** Polls and gives the events in short: `active by accept`, `0: a b`, `end 2 1`. */
  events(now: Micros): string[] {
    return this.poll(now).events.map(eventText);
  }

  /** Gives a packet, polls, and gives the packets sent. */
  answer(fields: Partial<Packet>, now: Micros): readonly Packet[] {
    this.give(fields, now);
    return this.poll(now).packets;
  }

  /** An active receiver at `now`, its Open and first ack sent. */
  static active(config: Partial<ReceiverConfig> = {}, now = 0): ReceiverRig {
    const rig = new ReceiverRig(config, now);
    rig.poll(now);
    rig.answer(ACCEPT, now);
    assert.equal(rig.receiver.view().phase, "active");
    return rig;
  }
}

export function eventText(event: ReceiverEvent): string {
  switch (event.type) {
    case "phase":
      return `${event.phase} by ${event.cause}${event.code === undefined ? "" : ` ${event.code}`}`;
    case "render":
      return `${event.index}: ${event.tokens.map(({ bytes }) => new TextDecoder().decode(bytes)).join(" ")}`;
    case "end":
      return `end ${event.finalCount} ${event.reason} ${event.errorCode}`;
  }
}
