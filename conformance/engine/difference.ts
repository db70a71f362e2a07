// Two JSON values compared, and the first place where they differ named. It knows neither packets nor
// ports; members are compared in the order of the expected value, then unexpected ones.

import { isObject, type Json } from "../json.js";

/** The first place where two values differ. */
export interface Difference {
  /** Members and places: `ack.ranges[1]`; empty for the values themselves. */
  readonly path: string;
  /** `undefined` where there is nothing. */
  readonly expected: Json | undefined;
  readonly got: Json | undefined;
}

/** The first difference, depth first; `undefined` if there is none. */
export function firstDifference(
  expected: Json | undefined,
  got: Json | undefined,
  path = "",
): Difference | undefined {
  if (Array.isArray(expected) && Array.isArray(got)) {
    const places = Array.from({ length: Math.max(expected.length, got.length) }, (_, i) => i);
    return first(places, (i) =>
      firstDifference((expected as Json[])[i], (got as Json[])[i], `${path}[${i}]`),
    );
  }
  if (isObject(expected) && isObject(got)) {
    const names = [...new Set([...Object.keys(expected), ...Object.keys(got)])];
    return first(names, (name) =>
      firstDifference(expected[name], got[name], path === "" ? name : `${path}.${name}`),
    );
  }
  return Object.is(expected, got) ? undefined : { path, expected, got };
}

function first<T>(
  items: readonly T[],
  find: (item: T) => Difference | undefined,
): Difference | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
