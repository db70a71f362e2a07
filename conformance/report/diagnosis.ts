// Which mutant a port fails like (conformance/KILLS.md). The failures of the port are compared with those
// of each mutant, case by case: a fault that both fail weighs the more, the fewer mutants fail it. What
// one mutant explains is set aside, and the rest is compared again. A hint, never part of a verdict.

import type { CaseResult } from "../engine/verdict.js";
import type { CaseFailure, Kills } from "../mutants/kills.js";
import type { DiagnosedMutant, Diagnosis } from "./report.js";
import { count } from "./style.js";

/** Below this nothing is said: a guess that is wrong costs more than none. */
const FIT_MIN = 0.5;

/** Bugs that are told apart, and mutants that are named for each. */
const BUGS_MAX = 3;
const NAMED_MAX = 3;

/** What two failures of one case have in common when they are not of one kind at one step. */
const OTHER_FAILURE = 0.5;

/** Mutants that fit alike, and how well. */
interface Match {
  readonly mutants: readonly Kills[];
  readonly port: readonly CaseFailure[];
  /** Those of the first mutant, as far as their cases were run. */
  readonly failures: readonly CaseFailure[];
  readonly shared: number;
}

/**
 * The likely bugs; `undefined` where no mutant fits, and for a port that fails nothing. What was not run
 * and what no mutant was ever tried with (a random schedule) is not compared.
 */
export function diagnose(
  results: readonly CaseResult[],
  kills: readonly Kills[],
): Diagnosis | undefined {
  const run = new Set(results.filter(({ verdict }) => verdict !== "not-run").map(({ id }) => id));
  const known = kills.map((mutant) => ({
    ...mutant,
    failures: mutant.failures.filter((failure) => run.has(failure.case)),
  }));
  const tried = new Set(kills.flatMap(({ failures }) => failures.map((failure) => failure.case)));
  const failures = failuresOf(results).filter((failure) => tried.has(failure.case));
  const matches = findMatches(failures, known);
  if (matches.length === 0) return undefined;
  return {
    text: matches.map(sentence).join(" "),
    mutants: matches.flatMap(({ mutants }) => mutants.slice(0, NAMED_MAX).map(named)),
  };
}

function failuresOf(results: readonly CaseResult[]): readonly CaseFailure[] {
  return results.flatMap(({ id, failure }) => {
    if (failure === undefined) return [];
    const { kind, step } = failure;
    return [{ case: id, kind, ...(step === undefined ? {} : { step }) }];
  });
}

function findMatches(failures: readonly CaseFailure[], kills: readonly Kills[]): Match[] {
  const weigh = weights(kills);
  const matches: Match[] = [];
  let port = failures;
  let rest = kills;
  while (port.length > 0 && matches.length < BUGS_MAX) {
    const match = bestMatch(port, rest, weigh);
    if (match === undefined) break;
    matches.push(match);
    const explained = new Set(match.failures.map((failure) => failure.case));
    const isOpen = (failure: CaseFailure): boolean => !explained.has(failure.case);
    port = port.filter(isOpen);
    rest = rest.map((mutant) => ({ ...mutant, failures: mutant.failures.filter(isOpen) }));
  }
  return matches;
}

/** A case weighs more, the fewer mutants fail it. */
function weights(kills: readonly Kills[]): (id: string) => number {
  const killers = new Map<string, number>();
  for (const { failures } of kills) {
    for (const { case: id } of failures) killers.set(id, (killers.get(id) ?? 0) + 1);
  }
  return (id) => 1 / Math.log2(2 + (killers.get(id) ?? 0));
}

function bestMatch(
  port: readonly CaseFailure[],
  kills: readonly Kills[],
  weigh: (id: string) => number,
): Match | undefined {
  const fits = kills.map((mutant) => ({ mutant, fit: fitOf(port, mutant.failures, weigh) }));
  const best = Math.max(0, ...fits.map(({ fit }) => fit));
  if (best < FIT_MIN) return undefined;
  const mutants = fits.filter(({ fit }) => fit === best).map(({ mutant }) => mutant);
  const failures = mutants[0]?.failures ?? [];
  const own = new Set(port.map((failure) => failure.case));
  const shared = failures.filter((failure) => own.has(failure.case)).length;
  return { mutants, port, failures, shared };
}

/** The weight of what both fail alike, by the weight of what either fails: 0 to 1. */
function fitOf(
  port: readonly CaseFailure[],
  mutant: readonly CaseFailure[],
  weigh: (id: string) => number,
): number {
  const ofMutant = new Map(mutant.map((failure) => [failure.case, failure]));
  let shared = 0;
  let all = 0;
  for (const failure of port) {
    const other = ofMutant.get(failure.case);
    ofMutant.delete(failure.case);
    all += weigh(failure.case);
    if (other === undefined) continue;
    const isAlike = other.kind === failure.kind && other.step === failure.step;
    shared += weigh(failure.case) * (isAlike ? 1 : OTHER_FAILURE);
  }
  for (const id of ofMutant.keys()) all += weigh(id);
  return all === 0 ? 0 : shared / all;
}

function sentence({ mutants, port, failures, shared }: Match, place: number): string {
  const [first, ...others] = mutants;
  if (first === undefined) return "";
  const alike = others.slice(0, NAMED_MAX - 1).map(({ id }) => `\`${id}\``);
  const like =
    alike.length === 0 ? "" : ` So ${alike.length === 1 ? "does" : "do"} ${alike.join(" and ")}.`;
  const whose = place === 0 ? "Your port fails" : "Of what this leaves, your port fails";
  return (
    `${whose} ${count(port.length, "case")}; mutant \`${first.id}\` fails ` +
    `${extent(port.length, failures.length, shared)}: it ${first.does} (${first.clause}).${like}`
  );
}

/** How two sets of failures overlap, in words. */
function extent(port: number, mutant: number, shared: number): string {
  const same = shared === port ? (port === 1 ? "it too" : "the same") : `${shared} of them`;
  return mutant === shared ? same : `${same} and ${mutant - shared} more`;
}

function named({ id, clause, does }: Kills): DiagnosedMutant {
  return { id, clause, does };
}
