/**
 * The circuit breaker (SPEC 10.2, after RFC 8083): three bad periods in a row end the attachment. What
 * counts as lost is not known here.
 */
import type { Micros } from "./output.js";

const PERIOD_US_MIN = 5_000_000;
const RESOLVED_MIN = 20;
const BAD_PERIODS = 3;

/**
 * Counts what became of the packets of one attachment.
 *
 * @spec CC-2
 */
export class Breaker {
  #periodStart: Micros;
  #resolved = 0;
  #missed = 0;
  #badPeriods = 0;

  /** @param now - the time of attachment */
  constructor(now: Micros) {
    this.#periodStart = now;
  }

  /** Counts one packet that arrived or was lost. */
  count(isMiss: boolean): void {
    this.#resolved += 1;
    if (isMiss) this.#missed += 1;
  }

  /** Closes the period if it is long and full enough, and says whether to give up. */
  trips(now: Micros): boolean {
    if (now - this.#periodStart < PERIOD_US_MIN || this.#resolved < RESOLVED_MIN) return false;
    const isBad = 2 * this.#missed >= this.#resolved;
    this.#badPeriods = isBad ? this.#badPeriods + 1 : 0;
    this.#periodStart = now;
    this.#resolved = 0;
    this.#missed = 0;
    return this.#badPeriods === BAD_PERIODS;
  }

  /** All state, times relative to `now`. */
  snapshot(now: Micros): Readonly<Record<string, number>> {
    return {
      periodStart: this.#periodStart - now,
      resolved: this.#resolved,
      missed: this.#missed,
      badPeriods: this.#badPeriods,
    };
  }
}
