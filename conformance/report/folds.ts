// Failures folded by kind and main clause, so that one rounding bug does not bury its author in two
// hundred failures. What says nothing of the protocol, such as a part that is not there yet, is folded by
// what was said, whatever the clause. Every form folds alike.

import type { Failure } from "../engine/verdict.js";
import type { Report, ReportCase } from "./report.js";

/** A case that failed. */
export type FailedCase = ReportCase & { readonly failure: Failure };

const OF_THE_PROCESS: ReadonlySet<Failure["kind"]> = new Set<Failure["kind"]>([
  "unsupported",
  "fault",
  "crash",
  "garbage",
  "closed",
  "flood",
  "hang",
  "wrong-id",
]);

/** Unexpected failures that are alike, in the order of the run. */
export interface Fold {
  readonly first: FailedCase;
  readonly others: readonly FailedCase[];
}

/** Folds the failures that were not expected; those of the clause that is likely broken come first. */
export function foldFailures({ cases, diagnosis }: Report): readonly Fold[] {
  const folds = new Map<string, FailedCase[]>();
  for (const item of cases) {
    const { failure } = item;
    if (failure === undefined || item.expected !== undefined) continue;
    const about = OF_THE_PROCESS.has(failure.kind)
      ? failure.summary
      : (item.clauses[0] ?? item.role);
    const key = `${failure.kind} ${about}`;
    folds.set(key, [...(folds.get(key) ?? []), { ...item, failure }]);
  }
  const suspects = (diagnosis?.mutants ?? []).map(({ clause }) => clause);
  const isSuspect = ({ first }: Fold): boolean => suspects.includes(first.clauses[0] ?? "");
  const all = [...folds.values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : [{ first, others }],
  );
  return [...all.filter(isSuspect), ...all.filter((fold) => !isSuspect(fold))];
}
