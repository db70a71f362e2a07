/**
 * When a receiver that hears nothing asks for a sign of life (SPEC 9, TIM-3): after a silence that
 * doubles up to a bound. How it asks is not known here.
 */
import type { Micros } from "./output.js";

/** A first silence and the longest. */
interface Growth {
  readonly firstUs: number;
  readonly mostUs: number;
}

const ACTIVE: Growth = { firstUs: 400000, mostUs: 3000000 }; // TIM-3
const PAUSED: Growth = { firstUs: 3000000, mostUs: 15000000 }; // TIM-4

/**
 * Spaces kicks.
 *
 * @spec TIM-3
 */
export class KickTimer {
  #base: Micros;
  #kicks = 0;

  constructor(base: Micros) {
    this.#base = base;
  }

  /** Time of the latest accepted packet, kick or stop. */
  get base(): Micros {
    return this.#base;
  }

  /** Kicks since the latest accepted packet or stop. */
  get kicks(): number {
    return this.#kicks;
  }

  /**
   * When the next kick is due.
   *
   * @param isPaused - whether the sender said that silence is no stall
   * @spec TIM-3, TIM-4
   */
  at(isPaused: boolean): Micros {
    const { firstUs, mostUs } = isPaused ? PAUSED : ACTIVE;
    return this.#base + Math.min(firstUs * 2 ** this.#kicks, mostUs);
  }

  /** Begins anew: a packet was accepted, or the application said stop. */
  restart(now: Micros): void {
    this.#base = now;
    this.#kicks = 0;
  }

  /** Takes note of a kick. */
  kicked(now: Micros): void {
    this.#base = now;
    this.#kicks += 1;
  }
}
