/**
 * What an emission carries (SPEC 6.4 to 6.6): everything unacknowledged where that fits, else windows of
 * it. When to emit, and how items become bytes, is not known here.
 */
import { CORE_LIMITS } from "./config.js";
import type { Packing } from "./packing.js";

/** Consecutive items `[from, to)` for one packet. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

/** What to send at once, in this order, each in one packet. */
export interface Contents {
  readonly windows: readonly Window[];
  /** Whether it counts as a burst, after which the next has to wait. */
  readonly isBurst: boolean;
}

/** The state on which contents depend. */
export interface Supply {
  /** The lowest item not acknowledged. */
  readonly una: number;
  /** The lowest item never sent. */
  readonly hi: number;
  /** One past the last item that may be sent. */
  readonly tail: number;
  /** The number of the next packet. */
  readonly nextNumber: number;
  readonly isLean: boolean;
  /** Whether something is outstanding and its answer is late. */
  readonly isOverdue: boolean;
  /** Whether something is outstanding and its oldest item was last sent long ago. */
  readonly isOldestStale: boolean;
  /** Whether the last burst was long enough ago. */
  readonly mayBurst: boolean;
}

/**
 * The contents of an emission, one packet at least.
 *
 * @spec SND-11, SND-12, SND-13, SND-14, SND-15, SND-16
 */
export function emissionContents(supply: Supply, packing: Packing): Contents {
  const { una, hi, tail, nextNumber } = supply;
  const lead = supply.isLean ? hi : una; // SND-12
  if (packing.windowEnd(lead, tail, nextNumber) === tail) {
    return { windows: [{ from: lead, to: tail }], isBurst: false }; // SND-11
  }
  if (supply.isOverdue || hi === tail) {
    return { windows: [oldestWindow(supply, tail, nextNumber, packing)], isBurst: false }; // SND-13, SND-16
  }
  const start = Math.max(lead, Math.min(hi, packing.lowestStart(lead, tail, nextNumber)));
  const windows = windowsUntil({ from: start, to: tail }, supply, packing); // SND-14
  const isBurst = windows.length > 1;
  if (una < start && supply.isOldestStale) {
    windows.push(oldestWindow(supply, start, nextNumber + windows.length, packing)); // SND-15
  }
  return { windows, isBurst };
}

/**
 * The contents that mend what is presumed lost.
 *
 * @param end - one past the last item presumed lost, above `una`
 * @spec SND-17
 */
export function presumedLostContents(supply: Supply, end: number, packing: Packing): Contents {
  const windows = windowsUntil({ from: supply.una, to: end }, supply, packing);
  return { windows, isBurst: windows.length > 1 };
}

function oldestWindow(supply: Supply, bound: number, number: number, packing: Packing): Window {
  return { from: supply.una, to: packing.windowEnd(supply.una, bound, number) };
}

/** Windows one after the other until `whole` is covered or as many are sent as may be. */
function windowsUntil(whole: Window, supply: Supply, packing: Packing): Window[] {
  const most = supply.mayBurst ? CORE_LIMITS.burstDatagramsMax : 1;
  const windows: Window[] = [];
  let from = whole.from;
  while (from < whole.to && windows.length < most) {
    const to = packing.windowEnd(from, whole.to, supply.nextNumber + windows.length);
    windows.push({ from, to });
    from = to;
  }
  return windows;
}
