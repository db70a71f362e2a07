// The kill matrix held to its rules: every mutant is killed by a case of its own clause, every case kills
// a mutant, every clause with MUST has a mutant. A rule that does not hold is one line.

import { ROLES, type Case } from "../engine/case.js";
import type { Clause } from "../report/clauses.js";
import type { Trial } from "./crew.js";
import type { CaseFailure } from "./kills.js";

/** A mutant that fails a larger share of a role's cases says nothing about any one of them. */
const SHARE_MAX = 1 / 4;

/** Everything that {@link matrixFaults} looks at. */
export interface Matrix {
  readonly trials: readonly Trial[];
  readonly cases: readonly Case[];
  readonly clauses: ReadonlyMap<string, Clause>;
}

/** What breaks the rules; nothing for a complete matrix. */
export function matrixFaults(matrix: Matrix): readonly string[] {
  const { trials } = matrix;
  const byId = new Map(matrix.cases.map((item) => [item.id, item]));
  return [
    ...trials.flatMap((trial) => survivals(trial, byId, matrix.clauses)),
    ...idleCases(matrix, byId),
    ...clausesWithoutMutant(matrix),
  ];
}

/** The failures that are proof of the mutant's own clause. */
export function citing(
  { mutant, failures }: Trial,
  byId: ReadonlyMap<string, Case>,
): readonly CaseFailure[] {
  return failures.filter(({ case: id }) => byId.get(id)?.clauses.includes(mutant.clause));
}

function survivals(
  trial: Trial,
  byId: ReadonlyMap<string, Case>,
  clauses: ReadonlyMap<string, Clause>,
): string[] {
  const { mutant, failures, error } = trial;
  const { id, clause } = mutant;
  if (!clauses.has(clause)) return [`mutant ${id} is of ${clause}, which SPEC.md does not have`];
  if (error !== undefined) return [`mutant ${id} could not be tried: ${error}`];
  if (failures.length === 0) return [`mutant ${id} of ${clause} survives`];
  if (citing(trial, byId).length > 0) return [];
  const killers = failures.slice(0, 3).map((failure) => failure.case);
  return [`mutant ${id} is killed by no case that cites ${clause}, but by ${killers.join(", ")}`];
}

/** Cases that no mutant fails but such as fail nearly everything. */
function idleCases({ trials, cases }: Matrix, byId: ReadonlyMap<string, Case>): string[] {
  const sizes = new Map(
    ROLES.map((role) => [role, cases.filter((item) => item.role === role).length]),
  );
  const killing = new Set<string>();
  for (const { failures } of trials) {
    for (const role of ROLES) {
      const failed = failures.filter(({ case: id }) => byId.get(id)?.role === role);
      if (failed.length > (sizes.get(role) ?? 0) * SHARE_MAX) continue;
      for (const { case: id } of failed) killing.add(id);
    }
  }
  return cases.filter(({ id }) => !killing.has(id)).map(({ id }) => `case ${id} kills no mutant`);
}

function clausesWithoutMutant({ trials, clauses }: Matrix): string[] {
  const broken = new Set(trials.map(({ mutant }) => mutant.clause));
  return [...clauses.values()]
    .filter(({ id, text, untestable }) => {
      return untestable === undefined && /\bMUST\b/.test(text) && !broken.has(id);
    })
    .map(({ id }) => `${id} has no mutant`);
}

/** One line for each clause with mutants: how many were killed, by how many of the clause's cases. */
export function matrixLines({ trials, cases, clauses }: Matrix): readonly string[] {
  const byId = new Map(cases.map((item) => [item.id, item]));
  return [...clauses.keys()].flatMap((clause) => {
    const own = trials.filter(({ mutant }) => mutant.clause === clause);
    if (own.length === 0) return [];
    const kills = own.map((trial) => citing(trial, byId));
    const killed = kills.filter((failures) => failures.length > 0).length;
    const killers = new Set(kills.flat().map((failure) => failure.case));
    const share = `${killed} of ${own.length}`;
    return [`${clause.padEnd(8)}${share.padStart(9)}${String(killers.size).padStart(7)}`];
  });
}
