// `selftest`: the kit tried against ports that are known to be wrong. Every mutant of the reference must
// be killed by a case that cites the mutant's clause, and an adapter that implements nothing must pass
// no case. A check that was never seen to fail is no check.

import { spawnSync } from "node:child_process";
import { availableParallelism } from "node:os";
import { CannotDrive } from "../driver/cannot-drive.js";
import type { Case } from "../engine/case.js";
import { conform } from "../engine/conform.js";
import { loadCases } from "../engine/load-cases.js";
import type { CaseResult } from "../engine/verdict.js";
import type { Mutant } from "../mutants/mutant.js";
import { MUTANTS } from "../mutants/mutants.js";
import { count, type Paint } from "../report/style.js";
import { mutantCommand, nullCommand, referenceCommand } from "./bundled.js";
import { EXIT, type ExitCode } from "./exit-code.js";
import { Progress } from "./progress.js";

const TIMEOUT_MS = 1000;
const NULL_TIMEOUT_MS = 100;
const AT_ONCE = availableParallelism();

/** What became of one faulty port. */
interface Trial {
  readonly name: string;
  readonly results: readonly CaseResult[];
  readonly broke: string | undefined;
}

/** Runs the reference, the nulls and the mutants and prints the matrix. */
export async function selftest(isJson: boolean, paint: Paint): Promise<ExitCode> {
  const cases = loadCases();
  const reference = await tryPort("reference", referenceCommand(), cases, TIMEOUT_MS);
  const nulls = await inTurns(nullNames(), (name) =>
    tryPort(name, nullCommand(name), cases, NULL_TIMEOUT_MS),
  );
  const progress = new Progress(MUTANTS.length);
  const mutants = await inTurns(MUTANTS, async (mutant) => {
    const trial = await tryPort(
      mutant.id,
      mutantCommand(mutant.id),
      casesFor(mutant, cases),
      TIMEOUT_MS,
    );
    progress.step(mutant.id);
    return { mutant, trial };
  });
  progress.end();
  const faults = [
    ...referenceFaults(reference),
    ...nulls.flatMap(nullFaults),
    ...mutants.flatMap(({ mutant, trial }) => mutantFaults(mutant, trial)),
  ];
  if (isJson) {
    print(JSON.stringify(matrixJson(mutants), null, 1));
  } else {
    print(paint("bold", "mutant".padEnd(36) + "clause".padEnd(9) + "killed by (citing it)"));
    for (const { mutant, trial } of mutants) print(matrixLine(mutant, trial));
    print(
      `\n${count(nulls.length, "null adapter")} pass ${passes(nulls)} of ${cases.length} cases`,
    );
  }
  for (const fault of faults) process.stderr.write(`${paint("red", fault)}\n`);
  return faults.length === 0 ? EXIT.conformant : EXIT.nonConformant;
}

/** A mutant of the codec breaks every session too; the codec's own cases must find it. */
function casesFor(mutant: Mutant, cases: readonly Case[]): readonly Case[] {
  const isCodec = mutant.file.startsWith("wire/");
  return cases.filter((item) => (item.role === "codec") === isCodec);
}

/** Names of the adapters that implement nothing, asked of their program. */
function nullNames(): string[] {
  const [program = "", ...args] = nullCommand("--list");
  return spawnSync(program, args, { encoding: "utf8" }).stdout.trim().split("\n");
}

async function tryPort(
  name: string,
  command: readonly string[],
  cases: readonly Case[],
  timeoutMs: number,
): Promise<Trial> {
  const results: CaseResult[] = [];
  try {
    for await (const result of conform({ command }, { cases, timeoutMs })) results.push(result);
    return { name, results, broke: undefined };
  } catch (error) {
    if (!(error instanceof CannotDrive)) throw error;
    return { name, results, broke: error.message };
  }
}

/** Maps with a few under way at once; the order of results is that of the items. */
async function inTurns<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let at = next++; at < items.length; at = next++) {
      const item = items[at];
      if (item !== undefined) results[at] = await work(item);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return results;
}

function referenceFaults({ results, broke }: Trial): string[] {
  const failed = results.filter((result) => result.verdict === "fail");
  if (broke !== undefined) return [`the reference could not be driven: ${broke}`];
  return failed.map((result) => `the reference fails ${result.id}`);
}

function nullFaults({ name, results }: Trial): string[] {
  const passed = results.filter((result) => result.verdict === "pass");
  return passed.map((result) => `the null adapter ${name} passes ${result.id}`);
}

function mutantFaults(mutant: Mutant, trial: Trial): string[] {
  const { all, citing } = killers(mutant, trial);
  if (all.length === 0) return [`mutant ${mutant.id} survives${reason(trial)}`];
  if (citing.length > 0) return [];
  return [`mutant ${mutant.id} is killed by no case that cites ${mutant.clause}${reason(trial)}`];
}

function reason({ broke }: Trial): string {
  return broke === undefined ? "" : `: ${broke}`;
}

function killers(
  mutant: Mutant,
  { results }: Trial,
): { all: readonly CaseResult[]; citing: readonly CaseResult[] } {
  // A role without cases fails by itself: that is no kill.
  const all = results.filter((result) => result.verdict === "fail" && result.case !== undefined);
  return { all, citing: all.filter((result) => result.clauses.includes(mutant.clause)) };
}

function matrixLine(mutant: Mutant, trial: Trial): string {
  const { all, citing } = killers(mutant, trial);
  const share = `${all.length} of ${trial.results.length} (${citing.length})`.padEnd(17);
  const examples = citing.slice(0, 2).map((result) => result.id);
  return `${mutant.id.padEnd(36)}${mutant.clause.padEnd(9)}${share} ${examples.join(", ")}`;
}

function matrixJson(mutants: readonly { mutant: Mutant; trial: Trial }[]): object {
  return mutants.map(({ mutant, trial }) => ({
    id: mutant.id,
    clause: mutant.clause,
    does: mutant.does,
    killed_by: killers(mutant, trial).all.map((result) => result.id),
  }));
}

function passes(trials: readonly Trial[]): number {
  const passed = trials.flatMap(({ results }) => results.filter((r) => r.verdict === "pass"));
  return passed.length;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
