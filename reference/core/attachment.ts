/**
 * One receiver's session as its sender keeps it (SPEC 6.1, 8.2, 11.2): numbers, what is outstanding, and
 * the measures of the path, all new with every epoch (OPN-7). Phases and commands are not known here.
 */
import { type Ack, FLAGS, type Open, type Packet, type Payload } from "../wire/index.js";
import { Breaker } from "./breaker.js";
import { areEqualBytes } from "./bytes.js";
import { type Contents, emissionContents, presumedLostContents, type Supply } from "./contents.js";
import { type Deadline, waitFor } from "./deadlines.js";
import { SentRecords } from "./loss.js";
import type { Micros, Output } from "./output.js";
import { Outstanding } from "./outstanding.js";
import {
  emissionDeadlines,
  isLean,
  isOldestStale,
  lateAt,
  type Pace,
  type SenderTimer,
  silenceDeadlines,
} from "./pacing.js";
import { Packing } from "./packing.js";
import { Rtt } from "./rtt.js";
import type { TokenLog } from "./token-log.js";

/** A receiver packet with an Open. */
export type OpenPacket = Packet & { readonly open: Open };

/** A receiver packet with an Ack. */
export type AckPacket = Packet & { readonly ack: Ack };

/** What an ack leads to; `invalid` and `duplicate` have had no effect. */
export type AckVerdict = "continue" | "complete" | "congestion" | "invalid" | "duplicate";

/**
 * The session of one epoch.
 *
 * @spec OPN-7
 */
export class Attachment {
  readonly epoch: number;

  readonly #streamId: number;
  readonly #rtt: Rtt;
  readonly #log: TokenLog;
  readonly #payload: Payload;
  readonly #opened: Open;
  readonly #outstanding: Outstanding;
  readonly #records = new SentRecords();
  readonly #breaker: Breaker;

  /** The highest number accepted from the receiver. */
  #highest: number;
  #nextNumber = 1;
  #largest = 0;
  #largestSentAt: Micros | undefined;
  #lastAck: Micros;
  #lastHeard: Micros;
  #lastSend: Micros;
  #lastFresh: Micros;
  #isRepeated = false;
  #burstAt: Micros | undefined;
  /** While Accept rides: the first number whose acknowledgement ends that. */
  #acceptFrom: number | undefined = 1;
  #acceptAt: Micros | undefined;
  #presumedLostAt: Micros | undefined;
  #isKicked = false;
  #isPausePending = false;

  /**
   * Attaches the receiver that sent an Open.
   *
   * @param packet - its `next_index` is in `[log.base, log.n]`
   * @param payload - how datagrams are padded
   */
  constructor(log: TokenLog, packet: OpenPacket, payload: Payload, now: Micros) {
    this.#log = log;
    this.#payload = payload;
    this.#opened = packet.open;
    this.#highest = packet.packetNumber;
    this.epoch = packet.epoch;
    this.#streamId = packet.streamId;
    this.#rtt = new Rtt(packet.open.rttHintUs);
    this.#outstanding = new Outstanding(packet.open.nextIndex);
    this.#breaker = new Breaker(now);
    this.#acceptAt = now;
    this.#lastAck = this.#lastHeard = this.#lastSend = this.#lastFresh = now;
  }

  /** The lowest item not acknowledged. */
  get una(): number {
    return this.#outstanding.una;
  }

  /** The lowest item never sent in this attachment. */
  get hi(): number {
    return this.#outstanding.hi;
  }

  /**
   * Takes the Open of this epoch again: Accept is due again and nothing is rewound.
   *
   * @returns why it was discarded
   * @spec OPN-9
   */
  reopen(packet: OpenPacket, now: Micros): "duplicate" | "unexpected" | undefined {
    if (packet.packetNumber <= this.#highest) return "duplicate"; // ACK-6
    if (!areEqualOpens(packet.open, this.#opened)) return "unexpected";
    this.#highest = packet.packetNumber;
    this.#lastHeard = now;
    this.#acceptFrom = this.#nextNumber;
    this.#acceptAt = now;
    return undefined;
  }

  /**
   * Applies an ack.
   *
   * @spec ACK-6, ACK-7, ACK-8
   */
  ack(packet: AckPacket, now: Micros): AckVerdict {
    const { ack } = packet;
    if (packet.packetNumber <= this.#highest) return "duplicate"; // ACK-6
    if (!this.#isPossible(ack)) return "invalid";
    this.#highest = packet.packetNumber;
    this.#lastHeard = now;
    const isRise = this.#raiseLargest(ack, now);
    const isHit = this.#resolve(ack);
    if (isRise || isHit) this.#lastAck = now; // ACK-9
    this.#outstanding.acknowledge(itemsAcknowledged(ack));
    if (this.una === this.#log.n + 1) return "complete"; // END-5
    if (this.#breaker.trips(now)) return "congestion"; // CC-2
    this.#presumedLostAt = this.#isLossShown(ack) ? now : undefined;
    if (packet.flags & FLAGS.ACK_NOW) this.#isKicked = true; // SND-5
    return "continue";
  }

  /**
   * Asks for an emission that tells of a pause.
   *
   * @spec SND-6
   */
  announcePause(): void {
    this.#isPausePending = true;
  }

  /** Takes that back: the pause is over before it was told. */
  cancelPause(): void {
    this.#isPausePending = false;
  }

  /**
   * Which timer of silence has run out, if any.
   *
   * @spec TIM-1, TIM-2
   */
  silence(now: Micros): "silence" | "idle" | undefined {
    const { timer, until } = waitFor(silenceDeadlines(this.#pace));
    if (until === undefined || now < until) return undefined;
    return timer === "detach" ? "silence" : "idle";
  }

  /**
   * Sends what is due.
   *
   * @param isPaused - whether packets say so
   * @returns datagrams by ascending number; none if nothing is due
   * @spec SND-7, STR-6
   */
  emit(now: Micros, isPaused: boolean): readonly Uint8Array[] {
    const isLoss = this.#presumedLostAt !== undefined;
    if (!isLoss && !isAnyDue(emissionDeadlines(this.#pace), now)) return [];
    const frame = { streamId: this.#streamId, epoch: this.epoch, isPaused };
    const hasAccept = this.#acceptFrom !== undefined; // OPN-8
    const packing = new Packing(this.#log, { ...frame, hasAccept }, this.#payload);
    const supply = this.#supply(now);
    if (isLoss) {
      const end = this.#outstanding.presumedLostEnd(this.#largest);
      return this.#transmit(presumedLostContents(supply, end, packing), packing, now);
    }
    const datagrams = this.#transmit(emissionContents(supply, packing), packing, now);
    this.#isRepeated = this.hi === supply.hi; // SND-8
    if (!this.#isRepeated) this.#lastFresh = now;
    return datagrams;
  }

  /**
   * The next deadline.
   *
   * @spec TIM-7
   */
  wait(): Extract<Output<never, SenderTimer>, { type: "wait" }> {
    const pace = this.#pace;
    return waitFor([...silenceDeadlines(pace), ...emissionDeadlines(pace)]);
  }

  /** All state but that of the RTT, times relative to `now`. */
  snapshot(now: Micros): Readonly<Record<string, unknown>> {
    const ago = (at: Micros | undefined) => (at === undefined ? null : at - now);
    return {
      epoch: this.epoch,
      opened: { ...this.#opened, prefixDigest: [...(this.#opened.prefixDigest ?? [])] },
      highest: this.#highest,
      nextNumber: this.#nextNumber,
      largest: this.#largest,
      largestSentAt: ago(this.#largestSentAt),
      lastAck: ago(this.#lastAck),
      lastHeard: ago(this.#lastHeard),
      lastSend: ago(this.#lastSend),
      lastFresh: ago(this.#lastFresh),
      isRepeated: this.#isRepeated,
      burstAt: ago(this.#burstAt),
      acceptFrom: this.#acceptFrom ?? null,
      acceptAt: ago(this.#acceptAt),
      isLossShown: this.#presumedLostAt !== undefined,
      isKicked: this.#isKicked,
      isPausePending: this.#isPausePending,
      outstanding: this.#outstanding.snapshot(now),
      loss: this.#records.snapshot(now),
      breaker: this.#breaker.snapshot(now),
    };
  }

  get #tail(): number {
    return this.#log.tail(this.una, this.#opened.window);
  }

  /** ACK-7 */
  #isPossible(ack: Ack): boolean {
    const { n, end } = this.#log;
    const endsRightly = !ack.endReceived || (end !== undefined && ack.nextIndex === n);
    const isSent = ack.largest < this.#nextNumber && itemsAcknowledged(ack) <= this.hi;
    return isSent && ack.nextIndex <= n && endsRightly;
  }

  #raiseLargest(ack: Ack, now: Micros): boolean {
    if (ack.largest <= this.#largest) return false;
    this.#largest = ack.largest;
    const sentAt = this.#records.sentAt(ack.largest);
    if (sentAt === undefined) return true;
    this.#largestSentAt = sentAt;
    if (ack.delayUs <= DELAY_US_MAX) this.#rtt.sample(now - sentAt, ack.delayUs, now); // ACK-10
    return true;
  }

  /** ACK-11: returns whether a packet turns out to have arrived. */
  #resolve(ack: Ack): boolean {
    const largest = { number: this.#largest, sentAt: this.#largestSentAt };
    let isHit = false;
    for (const { record, isMiss } of this.#records.resolve(ack, largest, this.#rtt.srttUs)) {
      this.#breaker.count(isMiss);
      if (isMiss) continue;
      isHit = true;
      this.#outstanding.hold(record.from, record.to);
      if (this.#acceptFrom === undefined || record.number < this.#acceptFrom) continue;
      this.#acceptFrom = this.#acceptAt = undefined; // OPN-8
    }
    return isHit;
  }

  /** SND-17 */
  #isLossShown(ack: Ack): boolean {
    if (itemsAcknowledged(ack) !== this.una) return false;
    return this.una < this.#outstanding.presumedLostEnd(this.#largest);
  }

  get #pace(): Pace {
    return {
      streamId: this.#streamId,
      epoch: this.epoch,
      nextNumber: this.#nextNumber,
      largest: this.#largest,
      lastSend: this.#lastSend,
      lastFresh: this.#lastFresh,
      lastAck: this.#lastAck,
      lastHeard: this.#lastHeard,
      oldest: this.#outstanding.oldest,
      hasUnsent: this.hi < this.#tail,
      isRepeated: this.#isRepeated,
      rtt: this.#rtt,
      lossRate: this.#records.lossRate,
      acceptAt: this.#acceptAt,
      presumedLostAt: this.#presumedLostAt,
      isKicked: this.#isKicked,
      isPausePending: this.#isPausePending,
    };
  }

  #supply(now: Micros): Supply {
    const pace = this.#pace;
    const late = lateAt(pace);
    return {
      una: this.una,
      hi: this.hi,
      tail: this.#tail,
      nextNumber: this.#nextNumber,
      isLean: isLean(pace, now),
      isOverdue: late !== undefined && now >= late,
      isOldestStale: isOldestStale(pace, now),
      mayBurst: this.#burstAt === undefined || now >= this.#burstAt + this.#rtt.srttUs, // SND-14
    };
  }

  #transmit({ windows, isBurst }: Contents, packing: Packing, now: Micros): readonly Uint8Array[] {
    if (isBurst) this.#burstAt = now; // SND-14
    this.#lastSend = now;
    this.#acceptAt = this.#presumedLostAt = undefined;
    this.#isKicked = this.#isPausePending = false;
    return windows.map(({ from, to }) => {
      const number = this.#nextNumber;
      this.#nextNumber += 1; // SND-2
      this.#records.add({ number, sentAt: now, from, to });
      this.#outstanding.carry(from, to, number, now);
      return packing.datagram(from, to, number);
    });
  }
}

/** An ack that waited longer says too little about the path. ACK-10 */
const DELAY_US_MAX = 25_000;

/** What the receiver has, counting the End as item `n` (SPEC 8.2). */
function itemsAcknowledged(ack: Ack): number {
  return ack.nextIndex + Number(ack.endReceived);
}

function areEqualOpens(left: Open, right: Open): boolean {
  const none = new Uint8Array();
  return (
    left.version === right.version &&
    left.nextIndex === right.nextIndex &&
    left.window === right.window &&
    left.rttHintUs === right.rttHintUs &&
    areEqualBytes(left.prefixDigest ?? none, right.prefixDigest ?? none)
  );
}

function isAnyDue(deadlines: readonly Deadline<SenderTimer>[], now: Micros): boolean {
  return deadlines.some(([, at]) => at !== undefined && at <= now);
}
