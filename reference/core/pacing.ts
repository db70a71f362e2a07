/**
 * When a sender acts (SPEC 6.2, 6.3, 9): every deadline as a function of its state, never of when it was
 * polled. What it sends then is not known here.
 */
import type { Deadline } from "./deadlines.js";
import type { SentItem } from "./outstanding.js";
import type { Micros } from "./output.js";
import type { RttEstimate } from "./rtt.js";

/**
 * What wakes a sender, in the order of precedence.
 *
 * @spec TIM-7
 */
export type SenderTimer =
  "detach" | "idle" | "presumed-lost" | "accept" | "fresh" | "repeat" | "kick" | "pause";

/** The state on which deadlines depend. */
export interface Pace {
  readonly streamId: number;
  readonly epoch: number;
  /** The number of the next packet. */
  readonly nextNumber: number;
  /** The largest number acknowledged, 0 before the first. */
  readonly largest: number;
  readonly lastSend: Micros;
  readonly lastFresh: Micros;
  readonly lastAck: Micros;
  readonly lastHeard: Micros;
  /** Item `una`; `undefined` iff nothing is outstanding. */
  readonly oldest: SentItem | undefined;
  /** Whether an item may be sent that never was. */
  readonly hasUnsent: boolean;
  /** Whether the last emission other than an R7 was not fresh. */
  readonly isRepeated: boolean;
  readonly rtt: RttEstimate;
  /** 65536 is 100 %. */
  readonly lossRate: number;
  /** When an Accept became due that has not been sent. */
  readonly acceptAt: Micros | undefined;
  /** When an ack showed a loss that has not been mended. */
  readonly presumedLostAt: Micros | undefined;
  readonly isKicked: boolean;
  readonly isPausePending: boolean;
}

const SPACING_US_MIN = 20_000;
const SPACING_US_MAX = 150_000;
const LOSSY_SPACING_US = 40_000;
const LOSSY_RATE = 19_660; // 30 %
const GROWTH_US_MAX = 125_000;
const GROWTH_DIVISOR = 24;
const QUIET_AFTER_US = 10_000_000;
const QUIET_SPACING_US = 1_000_000;
const ONCE_US = 150_000;
const ONCE_LOSSY_US = 40_000;
const ONCE_LOSSY_RATE = 1_966; // 3 %
const ONCE_QUEUE_US_MAX = 25_000;
const LEAN_QUEUE_US = 200_000;
const MARGIN_US_MIN = 10_000;
const SILENCE_US = 30_000_000;

/**
 * When the sender gives the receiver up: `detach` or `idle`, one of which always runs.
 *
 * @spec TIM-1, TIM-2
 */
export function silenceDeadlines(pace: Pace): readonly Deadline<SenderTimer>[] {
  const reference = referenceAt(pace);
  return [
    ["detach", reference === undefined ? undefined : reference + SILENCE_US],
    ["idle", reference === undefined ? pace.lastHeard + SILENCE_US : undefined],
  ];
}

/**
 * When the sender sends, in the order of TIM-7.
 *
 * @spec SND-3, SND-4, SND-5, SND-6, SND-9, OPN-8
 */
export function emissionDeadlines(pace: Pace): readonly Deadline<SenderTimer>[] {
  const kickAt = pace.lastSend + Math.max(20_000, quarter(pace.rtt.srttUs), spacingUs(pace));
  return [
    ["presumed-lost", pace.presumedLostAt],
    ["accept", quiet(pace, pace.acceptAt)],
    ["fresh", quiet(pace, pace.hasUnsent ? freshAt(pace) : undefined)],
    ["repeat", quiet(pace, repeatAt(pace))],
    ["kick", quiet(pace, pace.isKicked ? kickAt : undefined)],
    ["pause", quiet(pace, pace.isPausePending ? pace.lastSend + 20_000 : undefined)],
  ];
}

/**
 * From when on an answer to item `una` is late; `undefined` if nothing is outstanding.
 *
 * @spec SND-13
 */
export function lateAt(pace: Pace): Micros | undefined {
  const reference = referenceAt(pace);
  return reference === undefined ? undefined : reference + patienceUs(pace.rtt);
}

/**
 * Whether item `una` has not been sent for so long that it is sent again beside a burst.
 *
 * @spec SND-15
 */
export function isOldestStale(pace: Pace, now: Micros): boolean {
  return pace.oldest !== undefined && now >= pace.oldest.lastAt + patienceUs(pace.rtt);
}

/**
 * Whether what is outstanding most likely waits in a queue and is left out.
 *
 * @spec SND-12
 */
export function isLean(pace: Pace, now: Micros): boolean {
  const { oldest, rtt } = pace;
  if (oldest === undefined || !pace.hasUnsent || rtt.queueDelayUs <= LEAN_QUEUE_US) return false;
  const flightUs = rtt.srttUs + Math.max(MARGIN_US_MIN, 4 * rtt.rttvarUs);
  return oldest.lastNumber > pace.largest && now - oldest.lastAt < flightUs;
}

/**
 * `J(x)`: a duration spread by a factor of 0.75 to 1.25 that epoch, stream and number determine.
 *
 * @param durationUs - below 2^43
 * @spec SND-10
 */
export function jitter(
  durationUs: number,
  key: { readonly epoch: number; readonly streamId: number; readonly nextNumber: number },
): number {
  const hash = mix(mix(mix(key.epoch) ^ key.streamId) ^ key.nextNumber);
  return Math.floor((durationUs * (768 + (hash >>> 23))) / 1024);
}

/** `mix(x)`, 32 bits in and out; what is above them is cut off, as `next mod 2^32` demands. */
function mix(value: number): number {
  let x = value >>> 0;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
}

/** `D`. */
function spacingUs({ rtt, lossRate }: Pace): number {
  const queued = Math.floor(Math.max(0, rtt.queueDelayUs - SPACING_US_MIN) / 2);
  const spacing = Math.min(Math.max(queued, SPACING_US_MIN), SPACING_US_MAX); // CC-1
  return lossRate > LOSSY_RATE ? Math.max(spacing, LOSSY_SPACING_US) : spacing;
}

/** `ref`. */
function referenceAt({ oldest, lastAck }: Pace): Micros | undefined {
  return oldest && Math.max(lastAck, oldest.firstAt);
}

/** `G`. */
function growthUs(pace: Pace): number {
  const reference = referenceAt(pace);
  if (reference === undefined) return 0;
  const silence = Math.max(0, pace.lastSend - reference);
  return Math.min(GROWTH_US_MAX, Math.floor(silence / GROWTH_DIVISOR));
}

/** `quiet(t)`. SND-9 */
function quiet(pace: Pace, at: Micros | undefined): Micros | undefined {
  const reference = referenceAt(pace);
  if (at === undefined || reference === undefined || at < reference + QUIET_AFTER_US) return at;
  return Math.max(at, pace.lastSend + QUIET_SPACING_US);
}

/** `tFresh`. */
function freshAt(pace: Pace): Micros {
  return pace.lastSend + jitter(Math.max(spacingUs(pace), growthUs(pace)), pace);
}

/** `tRepeat`. */
function repeatAt(pace: Pace): Micros | undefined {
  const late = lateAt(pace);
  if (late === undefined) return undefined;
  const { lastSend, rtt } = pace;
  const spacing = spacingUs(pace);
  const slow = lastSend + Math.max(20_000, Math.floor((5 * rtt.srttUs) / 4), spacing);
  const early = Math.min(slow, onceAt(pace) ?? slow);
  if (early < late) return early;
  const lateSpacing = Math.max(20_000, quarter(rtt.srttUs), growthUs(pace), spacing);
  return Math.max(late, lastSend + lateSpacing);
}

/** `tOnce`. */
function onceAt(pace: Pace): Micros | undefined {
  const { rtt, lastFresh, lastSend } = pace;
  const queueMax = Math.max(ONCE_QUEUE_US_MAX, Math.floor(rtt.minrttUs / 2));
  if (pace.isRepeated || rtt.queueDelayUs > queueMax) return undefined;
  const patience = pace.lossRate >= ONCE_LOSSY_RATE ? ONCE_LOSSY_US : ONCE_US;
  return Math.max(lastFresh + patience, lastSend + Math.max(20_000, spacingUs(pace)));
}

function patienceUs(rtt: RttEstimate): number {
  return rtt.srttUs + Math.max(MARGIN_US_MIN, 2 * rtt.rttvarUs);
}

function quarter(value: number): number {
  return Math.floor(value / 4);
}
