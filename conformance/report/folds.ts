// Failures folded by kind and main clause, so that one rounding bug does not bury its author in two
// hundred failures. Every form folds alike.

import type { Failure } from "../engine/verdict.js";
import type { ReportCase } from "./report.js";

/** A case that failed. */
export type FailedCase = ReportCase & { readonly failure: Failure };

/** Unexpected failures with the same kind and main clause, in the order of the run. */
export interface Fold {
  readonly first: FailedCase;
  readonly others: readonly FailedCase[];
}

/** Folds the failures that were not expected: one for each kind and main clause. */
export function foldFailures(cases: readonly ReportCase[]): readonly Fold[] {
  const folds = new Map<string, FailedCase[]>();
  for (const item of cases) {
    const { failure } = item;
    if (failure === undefined || item.expected !== undefined) continue;
    const key = `${failure.kind} ${item.clauses[0] ?? item.role}`;
    folds.set(key, [...(folds.get(key) ?? []), { ...item, failure }]);
  }
  return [...folds.values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : [{ first, others }],
  );
}
