/**
 * Holds a caller to its word that time does not go back (SPEC 2, 3). Machines keep one each and pass
 * every `now` through it. It knows no deadline.
 */
import { ContractError } from "../wire/index.js";
import type { Micros } from "./output.js";

/** The latest time that a machine was told. */
export class Timeline {
  #latest = 0;

  /**
   * Moves to `now`.
   *
   * @throws ContractError `time` if it is not an integer from 0 below 2^53; `time-goes-back` if it lies
   * before an earlier one. Nothing has changed then.
   * @spec STR-5
   */
  advance(now: Micros): void {
    if (!Number.isSafeInteger(now) || now < 0) {
      throw new ContractError({
        code: "time",
        message: `The time ${now} is not an integer number of microseconds.`,
        remedy: "Give integer microseconds of a monotonic clock, from 0 and below 2^53.",
      });
    }
    if (now < this.#latest) {
      throw new ContractError({
        code: "time-goes-back",
        message: `The time ${now} lies before ${this.#latest}, which this machine was told earlier.`,
        remedy: "Take every time from one monotonic clock, in the order of the calls.",
      });
    }
    this.#latest = now;
  }
}
