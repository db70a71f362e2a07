// Properties as results of a run: one case result for each property, with the counterexample as its case.

import type { Port } from "../driver/protocol.js";
import type { CaseResult, Failure } from "../engine/verdict.js";
import { caseFile, type CaseFile } from "./case-file.js";
import { sessionOf } from "./finding.js";
import type { Property } from "./properties.js";
import { search, type Counterexample, type SearchOptions } from "./search.js";

/** What is run. */
export interface PropertyOptions extends SearchOptions {
  /** Is told of each schedule that holds. */
  readonly onSchedule?: (property: Property) => void;
}

/** The result of a property; a failed one with what `replay` needs. */
export interface PropertyResult {
  readonly result: CaseResult;
  readonly file?: CaseFile;
}

/**
 * Tries properties, each on a port of its own, all at once: while one port thinks the kit serves the
 * others.
 *
 * @throws CannotDrive where a port cannot be started.
 */
export async function runProperties(
  properties: readonly Property[],
  open: () => Port,
  options: PropertyOptions,
): Promise<readonly PropertyResult[]> {
  const tries = properties.map(async (property) => {
    const onRun = (): void => options.onSchedule?.(property);
    const { assertions, counterexample } = await search(property, open, { ...options, onRun });
    return resultOf(property, assertions, counterexample);
  });
  return Promise.all(tries);
}

function resultOf(
  property: Property,
  assertions: number,
  example: Counterexample | undefined,
): PropertyResult {
  const { id, role, clauses, why } = property;
  if (example === undefined) {
    if (assertions > 0) return { result: { id, role, clauses, verdict: "pass", assertions } };
    const summary = "no schedule compared anything, so the property cannot pass";
    const failure: Failure = { kind: "no-assertion", summary };
    return { result: { id, role, clauses, verdict: "fail", assertions, failure } };
  }
  const failure = verdictOn(example);
  const clause = example.isNondeterministic ? "STR-4" : example.finding.clause;
  const { script, exchange } = example.finding;
  return {
    result: {
      ...{ id, role, clauses: [clause], verdict: "fail", assertions, failure, exchange },
      case: sessionOf(script, id, why, clause),
    },
    file: caseFile(property, example),
  };
}

function verdictOn({ isNondeterministic, finding }: Counterexample): Failure {
  const { failure } = finding;
  if (!isNondeterministic) return failure;
  const summary = `nondeterministic port: the same inputs gave another answer in a fresh process; one answer was: ${failure.summary}`;
  return { ...failure, kind: "nondeterministic", summary };
}
