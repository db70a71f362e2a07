// Accepted packet numbers as a receiver keeps them (RCV-1) and tells them (ACK-3): at most 16 ranges,
// and a floor at or below which every number counts as seen.

/** Numbers `[low, high]`, both included. */
export interface NumberRange {
  readonly low: number;
  readonly high: number;
}

/** Ranges ascending, apart by at least one number, and the floor. */
export interface Accepted {
  readonly ranges: readonly NumberRange[];
  readonly floor: number;
}

const RANGES_MAX = 16;
const UINT32_MAX = 2 ** 32 - 1;

export const NOTHING_ACCEPTED: Accepted = { ranges: [], floor: 0 };

/** Whether a number is a duplicate, or too old to tell. @spec RCV-1 */
export function isKnown({ ranges, floor }: Accepted, number: number): boolean {
  return number <= floor || ranges.some(({ low, high }) => low <= number && number <= high);
}

/** With one number more; a 17th range drops the lowest. @spec RCV-1 */
export function accept({ ranges, floor }: Accepted, number: number): Accepted {
  const all = [...ranges, { low: number, high: number }].sort((one, other) => one.low - other.low);
  const joined: NumberRange[] = [];
  for (const range of all) {
    const previous = joined.at(-1);
    if (previous !== undefined && previous.high + 1 === range.low) {
      joined[joined.length - 1] = { low: previous.low, high: range.high };
    } else {
      joined.push(range);
    }
  }
  const [lowest, ...others] = joined;
  if (joined.length <= RANGES_MAX || lowest === undefined) return { ranges: joined, floor };
  return { ranges: others, floor: lowest.high };
}

/**
 * Lengths and gaps downwards from the largest number, of the `count` highest ranges. Stops before what
 * 32 bits cannot say.
 */
export function describe({ ranges }: Accepted, count: number): number[] {
  const lengthsAndGaps: number[] = [];
  let above: NumberRange | undefined;
  for (const range of ranges.toReversed().slice(0, count)) {
    const gap = above === undefined ? undefined : above.low - range.high - 1;
    const length = range.high - range.low + 1;
    if (length > UINT32_MAX || (gap ?? 0) > UINT32_MAX) break;
    lengthsAndGaps.push(...(gap === undefined ? [length] : [gap, length]));
    above = range;
  }
  const isOne = lengthsAndGaps.length === 1 && lengthsAndGaps[0] === 1;
  return isOne ? [] : lengthsAndGaps;
}
