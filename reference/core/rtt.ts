/**
 * The round trip as a sender sees it (SPEC 8.3): scaled integers, the minimum over two periods and the
 * queueing delay that follows. Which acks give a sample is decided elsewhere.
 */
import type { Micros } from "./output.js";

const INITIAL_SRTT_US = 333_000;
const HINT_US_MIN = 20_000;
const HINT_US_MAX = 1_000_000;
const SAMPLE_US_MAX = 60_000_000;
const PERIOD_US = 30_000_000;

/** Estimates in microseconds. */
export interface RttEstimate {
  readonly srttUs: number;
  readonly rttvarUs: number;
  /** 0 before a sample. */
  readonly minrttUs: number;
  /** How long packets wait in queues now; 0 before a sample. */
  readonly queueDelayUs: number;
}

interface Sampled {
  srtt8: number;
  var4: number;
  frtt4: number;
  previousMin: number;
  currentMin: number;
  periodStart: Micros;
}

/**
 * The estimator of one attachment.
 *
 * @spec ACK-10
 */
export class Rtt implements RttEstimate {
  readonly #initialSrttUs: number;
  readonly #initialRttvarUs: number;
  #sampled: Sampled | undefined;

  /** @param hintUs - `rtt_hint_us` of the Open, 0 for none */
  constructor(hintUs: number) {
    this.#initialSrttUs =
      hintUs === 0 ? INITIAL_SRTT_US : Math.min(Math.max(hintUs, HINT_US_MIN), HINT_US_MAX);
    this.#initialRttvarUs = Math.floor(this.#initialSrttUs / 2);
  }

  get srttUs(): number {
    return this.#sampled ? Math.floor(this.#sampled.srtt8 / 8) : this.#initialSrttUs;
  }

  get rttvarUs(): number {
    return this.#sampled ? Math.floor(this.#sampled.var4 / 4) : this.#initialRttvarUs;
  }

  get minrttUs(): number {
    return this.#sampled ? Math.min(this.#sampled.previousMin, this.#sampled.currentMin) : 0;
  }

  get queueDelayUs(): number {
    if (!this.#sampled) return 0;
    return Math.max(0, Math.floor(this.#sampled.frtt4 / 4) - this.minrttUs);
  }

  /**
   * Takes a sample.
   *
   * @param elapsedUs - from the packet's departure to its ack
   * @param delayUs - how much of that the receiver says it waited
   * @param now - the time of the ack
   */
  sample(elapsedUs: number, delayUs: number, now: Micros): void {
    const s = Math.min(Math.max(elapsedUs - delayUs, 1), SAMPLE_US_MAX);
    const old = this.#sampled;
    if (!old) {
      const minimum = { previousMin: s, currentMin: s, periodStart: now };
      this.#sampled = { srtt8: 8 * s, var4: 2 * s, frtt4: 4 * s, ...minimum };
      return;
    }
    old.var4 = old.var4 - Math.floor(old.var4 / 4) + Math.abs(Math.floor(old.srtt8 / 8) - s);
    old.srtt8 = old.srtt8 - Math.floor(old.srtt8 / 8) + s;
    old.frtt4 = old.frtt4 - Math.floor(old.frtt4 / 4) + s;
    rotateMinimum(old, s, now);
  }
}

function rotateMinimum(estimate: Sampled, s: number, now: Micros): void {
  const age = now - estimate.periodStart;
  if (age < PERIOD_US) {
    estimate.currentMin = Math.min(estimate.currentMin, s);
    return;
  }
  estimate.previousMin = age >= 2 * PERIOD_US ? s : estimate.currentMin;
  estimate.currentMin = s;
  estimate.periodStart = now;
}
