/**
 * When a receiver sends its Open and when it gives up (SPEC 11.1): a function of its start alone. What an
 * Open says is not known here.
 */
import type { Micros } from "./output.js";

const OPEN_AFTER_US = [0, 250000, 750000, 1750000, 3750000]; // OPN-1
const OPEN_FAIL_US = 5000000; // OPN-2

/**
 * The five times of an Open.
 *
 * @spec OPN-1
 */
export class OpenSchedule {
  readonly #start: Micros;
  #served = 0;

  constructor(start: Micros) {
    this.#start = start;
  }

  /** When the next Open is due; `undefined` after the last. */
  get next(): Micros | undefined {
    const after = OPEN_AFTER_US[this.#served];
    return after === undefined ? undefined : this.#start + after;
  }

  /**
   * When opening has failed.
   *
   * @spec OPN-2
   */
  get failsAt(): Micros {
    return this.#start + OPEN_FAIL_US;
  }

  /** How many of the times are served. */
  get served(): number {
    return this.#served;
  }

  /**
   * Takes note of one Open for all times up to `now`.
   *
   * @spec STR-6
   */
  serve(now: Micros): void {
    while (this.next !== undefined && this.next <= now) this.#served += 1;
  }
}
