// Results against expectations: which failures were expected, and what is wrong with the list itself. An
// expectation that no longer holds is a fault of the run, so that the list cannot rot.

import type { CaseResult } from "../engine/verdict.js";
import { NO_REASON, type Expectation } from "./expectation.js";
import { signatureOf } from "./signature.js";

/** What came of a list of expectations. */
export interface Matched {
  /** The failures that were expected, by the id of their case. */
  readonly expected: ReadonlyMap<string, Expectation>;
  /** One line for each entry that does not hold. */
  readonly problems: readonly string[];
}

/**
 * Matches results with expectations.
 *
 * @param isPartial - whether cases were left out on purpose; entries of cases without a result are then
 * passed over.
 */
export function match(
  results: readonly CaseResult[],
  expectations: readonly Expectation[],
  isPartial: boolean,
): Matched {
  const byId = new Map(results.map((result) => [result.id, result]));
  const expected = new Map<string, Expectation>();
  const seen = new Set<string>();
  const problems: string[] = [];
  for (const entry of expectations) {
    const result = byId.get(entry.case);
    const problem = seen.has(entry.case)
      ? `${entry.case} is expected twice: keep one entry`
      : problemWith(entry, result, isPartial);
    seen.add(entry.case);
    if (problem !== undefined) problems.push(problem);
    else if (result !== undefined) expected.set(entry.case, entry);
  }
  return { expected, problems };
}

function problemWith(
  entry: Expectation,
  result: CaseResult | undefined,
  isPartial: boolean,
): string | undefined {
  if (result === undefined) {
    return isPartial ? undefined : `${entry.case} is expected to fail and there is no such case`;
  }
  if (result.verdict === "not-run") {
    return `${entry.case} is expected to fail and was not run: ${result.reason ?? "not selected"}`;
  }
  if (result.failure === undefined) {
    return `${entry.case} is expected to fail and passes: take its entry out`;
  }
  const signature = signatureOf(result.failure);
  if (signature === entry.signature) return undefined;
  return `${entry.case} fails in another way than expected: ${signature}, not ${entry.signature}`;
}

/**
 * The expectations that results make: an entry for each failure. What `previous` says of a case stays, but
 * for its signature; where cases were left out on purpose the entries of the others stay as they are.
 */
export function expectationsOf(
  results: readonly CaseResult[],
  previous: readonly Expectation[],
  isPartial: boolean,
): readonly Expectation[] {
  const ran = new Set(results.map(({ id }) => id));
  const known = new Map(previous.map((entry) => [entry.case, entry]));
  const written = results.flatMap(({ id, failure }): Expectation[] => {
    if (failure === undefined) return [];
    const { kind, reason, issue } = known.get(id) ?? { kind: "bug", reason: NO_REASON };
    const head = { case: id, kind, signature: signatureOf(failure), reason } as const;
    return [issue === undefined ? head : { ...head, issue }];
  });
  return [...written, ...previous.filter((entry) => isPartial && !ran.has(entry.case))];
}
