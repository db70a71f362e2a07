/**
 * What became of the packets sent (SPEC 6.7, 8.4): a record of each until an ack shows it arrived or
 * lost, and the loss rate. What a loss means for items and timers is not known here.
 */
import type { Ack } from "../wire/index.js";
import { CORE_LIMITS } from "./config.js";
import type { Micros } from "./output.js";

const INITIAL_LOSS_RATE = 3277;
const MISS = 2048;
const PACKET_THRESHOLD = 3;
const TIME_THRESHOLD_US_MIN = 5_000;

/** One packet sent: it carried the items `[from, to)`. */
export interface SentRecord {
  readonly number: number;
  readonly sentAt: Micros;
  readonly from: number;
  readonly to: number;
}

/** The end of a record. */
export interface Resolution {
  readonly record: SentRecord;
  readonly isMiss: boolean;
}

/** The highest packet that the receiver has acknowledged. */
export interface LargestAcknowledged {
  /** 0 before the first. */
  readonly number: number;
  /** `undefined` while no acknowledged `largest` was still recorded. */
  readonly sentAt: Micros | undefined;
}

/**
 * The unresolved packets of one attachment, by ascending number.
 *
 * @spec SND-18, ACK-11, ACK-12
 */
export class SentRecords {
  /** In the order of insertion, which is that of the numbers. */
  readonly #records = new Map<number, SentRecord>();
  #lossRate = INITIAL_LOSS_RATE;

  /** A moving average of the loss; 65536 is 100 %. */
  get lossRate(): number {
    return this.#lossRate;
  }

  /** Records a packet with a number above all before, forgetting the oldest of too many. */
  add(record: SentRecord): void {
    this.#records.set(record.number, record);
    if (this.#records.size <= CORE_LIMITS.recordsMax) return;
    for (const oldest of this.#records.keys()) {
      this.#records.delete(oldest);
      return;
    }
  }

  /** When a packet left; `undefined` if it is resolved or forgotten. */
  sentAt(number: number): Micros | undefined {
    return this.#records.get(number)?.sentAt;
  }

  /**
   * Resolves what a valid ack decides.
   *
   * @param largest - after this ack
   * @param srttUs - after this ack
   * @returns what was resolved, by ascending number
   */
  resolve(ack: Ack, largest: LargestAcknowledged, srttUs: number): readonly Resolution[] {
    const accepted = acceptedIntervals(ack);
    const patienceUs = Math.max(TIME_THRESHOLD_US_MIN, Math.floor(srttUs / 4));
    const resolutions: Resolution[] = [];
    for (const record of this.#records.values()) {
      const { number, sentAt } = record;
      if (number > largest.number) break;
      const isHit = accepted.some(({ low, high }) => low <= number && number <= high);
      const isMiss =
        !isHit &&
        (number + PACKET_THRESHOLD <= largest.number ||
          (largest.sentAt !== undefined && sentAt + patienceUs < largest.sentAt));
      if (isHit || isMiss) resolutions.push({ record, isMiss });
    }
    for (const { record, isMiss } of resolutions) {
      this.#records.delete(record.number);
      this.#lossRate = this.#lossRate - Math.floor(this.#lossRate / 32) + (isMiss ? MISS : 0);
    }
    return resolutions;
  }

  /** All state, times relative to `now`. */
  snapshot(now: Micros): { lossRate: number; records: readonly (readonly number[])[] } {
    const records = [...this.#records.values()];
    return {
      lossRate: this.#lossRate,
      records: records.map(({ number, sentAt, from, to }) => [number, sentAt - now, from, to]),
    };
  }
}

/** The numbers that an ack reports as accepted, at most 16 intervals (SPEC 4.5). */
function acceptedIntervals(ack: Ack): readonly { low: number; high: number }[] {
  if (ack.largest === 0) return [];
  const ranges = ack.ranges.length === 0 ? [1] : ack.ranges;
  const intervals: { low: number; high: number }[] = [];
  let high = ack.largest;
  ranges.forEach((count, position) => {
    const isAccepted = position % 2 === 0;
    if (isAccepted) intervals.push({ low: high - count + 1, high });
    high -= count;
  });
  return intervals;
}
