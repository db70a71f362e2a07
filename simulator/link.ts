/**
 * One direction of a bad network as a pure machine: datagrams and the time go in, datagrams and the next
 * deadline come out. The weather is drawn from a seed, so the k-th datagram of a link has the same fate
 * in every run. It does not know what the datagrams mean.
 */
import type { Prng } from "./prng.js";

/** What a link does to datagrams; times in integer microseconds, chances in parts per million. */
export interface LinkConfig {
  /** From the end of the queue to arrival. */
  readonly delayUs: number;
  /** Added to the delay: 0 to this, each equally likely. */
  readonly jitterUs?: number;
  /** Whether jitter lets a datagram overtake another; otherwise it waits for the one before it. */
  readonly reorders?: boolean;
  readonly lossPpm?: number;
  /** A duplicate has a jitter of its own. */
  readonly duplicatePpm?: number;
  /** One bit is flipped. */
  readonly flipPpm?: number;
  /** The tail is cut off; at least one byte stays. */
  readonly truncatePpm?: number;
  /** What leaves the queue within is lost; `untilUs` is the first moment after. */
  readonly outages?: readonly { readonly fromUs: number; readonly untilUs: number }[];
  /** Absent: no limit, no queue. */
  readonly rate?: LinkRate;
}

/** A bottleneck with a drop-tail queue in front of it. */
export interface LinkRate {
  readonly bitsPerSecond: number;
  /** Bytes that may wait or be in transmission; a datagram that does not fit is dropped. */
  readonly queueBytes: number;
  /** Counted for each datagram besides its own bytes: 28 for UDP over IPv4. */
  readonly headerBytes?: number;
}

/** What a link says when it is polled. */
export type LinkOutput =
  | { readonly type: "deliver"; readonly datagram: Uint8Array }
  | { readonly type: "wait"; readonly until: number | undefined };

/** What has happened on a link. Every datagram sent is delivered, lost, dropped or under way. */
export interface LinkTally {
  readonly sent: number;
  readonly lost: number;
  /** By the queue. */
  readonly dropped: number;
  readonly duplicated: number;
  /** Flipped or truncated. */
  readonly corrupted: number;
  /** Duplicates included. */
  readonly delivered: number;
}

/** A link in one direction. Contract: `now` never decreases; poll until `wait`. */
export class Link {
  readonly #config: LinkConfig;
  readonly #rate: Rate | undefined;
  readonly #weather: Weather;
  /** In order of arrival. */
  readonly #underWay: { readonly at: number; readonly datagram: Uint8Array }[] = [];
  readonly #tally = { sent: 0, lost: 0, dropped: 0, duplicated: 0, corrupted: 0, delivered: 0 };
  #lastArrival = 0;
  #now = 0;

  constructor(config: LinkConfig, prng: Prng) {
    this.#config = config;
    this.#rate = config.rate && new Rate(config.rate);
    this.#weather = new Weather(config, prng);
  }

  /** Takes one datagram; the bytes stay the caller's. */
  send(datagram: Uint8Array, now: number): void {
    this.#advance(now);
    this.#tally.sent += 1;
    const fate = this.#weather.next(datagram.length);
    const leaves = this.#rate ? this.#rate.leaves(datagram.length, now) : now;
    if (leaves === undefined) {
      this.#tally.dropped += 1;
      return;
    }
    if (fate.lost || this.#inOutage(leaves)) {
      this.#tally.lost += 1;
      return;
    }
    const arriving = damaged(datagram, fate);
    if (fate.keptBytes !== undefined || fate.flippedBit !== undefined) this.#tally.corrupted += 1;
    this.#carry(arriving, leaves + this.#config.delayUs + fate.jitterUs);
    if (fate.duplicateJitterUs !== undefined) {
      this.#tally.duplicated += 1;
      this.#carry(arriving.slice(), leaves + this.#config.delayUs + fate.duplicateJitterUs);
    }
  }

  /** Hands out what has arrived by `now`, one datagram a call; the bytes become the caller's. */
  poll(now: number): LinkOutput {
    this.#advance(now);
    const first = this.#underWay[0];
    if (first === undefined || first.at > now) return { type: "wait", until: first?.at };
    this.#underWay.shift();
    this.#tally.delivered += 1;
    return { type: "deliver", datagram: first.datagram };
  }

  /** Counts so far. */
  tally(): LinkTally {
    return { ...this.#tally };
  }

  #advance(now: number): void {
    if (!Number.isSafeInteger(now) || now < this.#now) {
      throw new RangeError(`Time is an integer that never decreases: ${now} after ${this.#now}.`);
    }
    this.#now = now;
  }

  #inOutage(at: number): boolean {
    return (this.#config.outages ?? []).some(({ fromUs, untilUs }) => fromUs <= at && at < untilUs);
  }

  #carry(datagram: Uint8Array, arrival: number): void {
    const at = this.#config.reorders ? arrival : Math.max(arrival, this.#lastArrival);
    this.#lastArrival = Math.max(this.#lastArrival, at);
    let place = this.#underWay.length;
    while (place > 0 && (this.#underWay[place - 1]?.at ?? 0) > at) place -= 1;
    this.#underWay.splice(place, 0, { at, datagram });
  }
}

/** What happens to one datagram, decided when it is sent. */
interface Fate {
  readonly lost: boolean;
  readonly jitterUs: number;
  readonly duplicateJitterUs: number | undefined;
  readonly flippedBit: number | undefined;
  readonly keptBytes: number | undefined;
}

/** Draws fates. Each kind of trouble has its own stream: raising one leaves the others as they were. */
class Weather {
  readonly #config: LinkConfig;
  readonly #loss: Prng;
  readonly #jitter: Prng;
  readonly #duplicate: Prng;
  readonly #duplicateJitter: Prng;
  readonly #flip: Prng;
  readonly #truncate: Prng;
  readonly #place: Prng;

  constructor(config: LinkConfig, prng: Prng) {
    this.#config = config;
    this.#loss = prng.stream("loss");
    this.#jitter = prng.stream("jitter");
    this.#duplicate = prng.stream("duplicate");
    this.#duplicateJitter = prng.stream("duplicate-jitter");
    this.#flip = prng.stream("flip");
    this.#truncate = prng.stream("truncate");
    this.#place = prng.stream("place");
  }

  next(bytes: number): Fate {
    const { lossPpm = 0, jitterUs = 0, duplicatePpm = 0, flipPpm = 0 } = this.#config;
    const duplicated = this.#duplicate.chance(duplicatePpm);
    const duplicateJitterUs = this.#duplicateJitter.below(jitterUs + 1);
    const flips = this.#flip.chance(flipPpm);
    const truncates = this.#truncate.chance(this.#config.truncatePpm ?? 0);
    return {
      lost: this.#loss.chance(lossPpm),
      jitterUs: this.#jitter.below(jitterUs + 1),
      duplicateJitterUs: duplicated ? duplicateJitterUs : undefined,
      flippedBit: flips && bytes > 0 ? this.#place.below(bytes * 8) : undefined,
      keptBytes: truncates && bytes > 1 ? 1 + this.#place.below(bytes - 1) : undefined,
    };
  }
}

/** A copy of the datagram with what its fate does to it. */
function damaged(datagram: Uint8Array, fate: Fate): Uint8Array {
  const copy = datagram.slice();
  if (fate.flippedBit !== undefined) {
    const byte = Math.floor(fate.flippedBit / 8);
    copy[byte] = (copy[byte] ?? 0) ^ (1 << (fate.flippedBit % 8));
  }
  return fate.keptBytes === undefined ? copy : copy.slice(0, fate.keptBytes);
}

/** A bottleneck: one datagram in transmission at a time, the rest behind it up to the queue's bytes. */
class Rate {
  readonly #config: LinkRate;
  /** In order of leaving. */
  readonly #queue: { readonly bytes: number; readonly leaves: number }[] = [];
  #queuedBytes = 0;
  #free = 0;

  constructor(config: LinkRate) {
    this.#config = config;
  }

  /** When the datagram leaves the queue, wholly sent; `undefined` if it is dropped. */
  leaves(datagramBytes: number, now: number): number | undefined {
    for (let first = this.#queue[0]; first && first.leaves <= now; first = this.#queue[0]) {
      this.#queuedBytes -= first.bytes;
      this.#queue.shift();
    }
    const bytes = datagramBytes + (this.#config.headerBytes ?? 0);
    if (this.#queuedBytes + bytes > this.#config.queueBytes) return undefined;
    const sendingUs = Math.ceil((bytes * 8_000_000) / this.#config.bitsPerSecond);
    this.#free = Math.max(this.#free, now) + sendingUs;
    this.#queue.push({ bytes, leaves: this.#free });
    this.#queuedBytes += bytes;
    return this.#free;
  }
}
