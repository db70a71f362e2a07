/**
 * Which packet numbers were accepted (SPEC 7.1), in memory that does not grow: what is too old to be told
 * apart counts as accepted. What the packets held is not known here.
 */
import { CORE_LIMITS } from "./config.js";

/** Consecutive numbers, both ends included. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

/**
 * A set of positive numbers as at most 16 ranges. When a 17th arises the lowest is given up, and all
 * numbers up to its last count as members.
 *
 * @spec RCV-1
 */
export class RangeSet {
  /** From the highest to the lowest; between two there is at least one number that is missing. */
  #ranges: Range[] = [];
  #floor = 0;

  /** The largest number added, 0 if none. */
  get largest(): number {
    return this.#ranges[0]?.high ?? 0;
  }

  /** All numbers up to this one count as members. */
  get floor(): number {
    return this.#floor;
  }

  /** The ranges kept, from the highest to the lowest. */
  get ranges(): readonly Range[] {
    return this.#ranges;
  }

  /** Whether a number is a member. */
  has(number: number): boolean {
    return number <= this.#floor || this.#ranges.some((range) => contains(range, number));
  }

  /** Adds a number that is not a member. */
  add(number: number): void {
    const above = this.#ranges.filter(({ low }) => low > number + 1);
    const below = this.#ranges.filter(({ high }) => high < number - 1);
    const touching = this.#ranges.slice(above.length, this.#ranges.length - below.length);
    const high = touching[0]?.high ?? number;
    const low = touching.at(-1)?.low ?? number;
    const grown = { low: Math.min(low, number), high: Math.max(high, number) };
    this.#ranges = [...above, grown, ...below];
    if (this.#ranges.length > CORE_LIMITS.acceptedRangesMax) {
      this.#floor = this.#ranges.pop()?.high ?? this.#floor; // RCV-1
    }
  }
}

function contains({ low, high }: Range, number: number): boolean {
  return low <= number && number <= high;
}
