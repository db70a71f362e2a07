// `selftest`: the kit tried against ports that are known to be wrong. Mutants of the reference must be
// killed by cases that cite what they break, and an adapter that implements nothing must pass no case. A
// check that was never seen to fail is no check.

import { spawnSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { CannotDrive } from "../driver/cannot-drive.js";
import type { Case } from "../engine/case.js";
import { conform } from "../engine/conform.js";
import { loadCases } from "../engine/load-cases.js";
import type { CaseResult } from "../engine/verdict.js";
import { tryMutants, type Trial } from "../mutants/crew.js";
import { KILLS_PAGE, killsPage } from "../mutants/kills-page.js";
import { KILLS_FILE, killsText, type Kills } from "../mutants/kills.js";
import { citing, matrixFaults, matrixLines, type Matrix } from "../mutants/matrix.js";
import { MUTANTS } from "../mutants/mutants.js";
import { packagePath, packageText } from "../package-root.js";
import { clauses } from "../report/clauses.js";
import { count, type Paint } from "../report/style.js";
import { nullCommand, referenceCommand } from "./bundled.js";
import { EXIT, UsageError, type ExitCode } from "./exit-code.js";
import { Progress } from "./progress.js";

const TIMEOUT_MS = 5000;
const NULL_TIMEOUT_MS = 100;

/** Options of `selftest`. */
export interface SelftestOptions {
  /** One mutant instead of all; no rule about the whole is held. */
  readonly only?: string;
  /** Writes kills.json and KILLS.md instead of holding them to be up to date. */
  readonly write?: true;
  readonly json?: true;
}

/** Tries the reference, the nulls and the mutants and prints what came of it. */
export async function selftest(options: SelftestOptions, paint: Paint): Promise<ExitCode> {
  if (options.only !== undefined) return selftestOne(options.only, paint);
  const started = performance.now();
  const cases = loadCases();
  const reference = await passesOf(referenceCommand(), cases, TIMEOUT_MS);
  const names = nullNames();
  const progress = new Progress(names.length + MUTANTS.length);
  const [nulls, trials] = await Promise.all([
    nullPasses(names, cases, progress),
    tryMutants(MUTANTS, ({ id }) => {
      progress.step(id);
    }),
  ]);
  progress.end();
  const matrix = { trials, cases, clauses: clauses() };
  const faults = [
    ...cases.filter(({ id }) => !reference.has(id)).map(({ id }) => `the reference fails ${id}`),
    ...nulls,
    ...matrixFaults(matrix),
    ...writeOrCompare(matrix, options.write === true),
  ];
  if (options.json === true) print(killsText(killsOf(trials)));
  else {
    print(paint("bold", "clause     killed  cases"));
    for (const line of matrixLines(matrix)) print(line);
    const seconds = Math.round((performance.now() - started) / 1000);
    print(
      `\n${count(trials.length, "mutant")}, ${count(cases.length, "case")}, ` +
        `${count(names.length, "null adapter")}, ${count(faults.length, "fault")}, ${seconds} s`,
    );
  }
  return tell(faults, paint);
}

/** One mutant, with every case that fails it. */
async function selftestOne(id: string, paint: Paint): Promise<ExitCode> {
  const mutant = MUTANTS.find((candidate) => candidate.id === id);
  if (mutant === undefined) throw new UsageError(`there is no mutant ${id}; see ${KILLS_PAGE}`);
  const byId = new Map(loadCases().map((item) => [item.id, item]));
  const [trial] = await tryMutants([mutant], () => undefined);
  if (trial === undefined) return EXIT.kitFault;
  const { clause, does } = mutant;
  print(`${paint("bold", id)}  ${clause}\n  ${does}\n`);
  for (const { case: name, kind, step } of trial.failures) {
    const where = step === undefined ? "" : `, step ${step}`;
    const isOwn = byId.get(name)?.clauses.includes(clause) === true;
    print(`  ${isOwn ? clause.padEnd(8) : " ".repeat(8)}${name}  ${kind}${where}`);
  }
  const problem = trial.error ?? `no case that cites ${clause} kills it`;
  return tell(citing(trial, byId).length > 0 ? [] : [`mutant ${id}: ${problem}`], paint);
}

function tell(faults: readonly string[], paint: Paint): ExitCode {
  for (const fault of faults) process.stderr.write(`${paint("red", fault)}\n`);
  return faults.length === 0 ? EXIT.conformant : EXIT.nonConformant;
}

/** Names of the adapters that implement nothing, asked of their program. */
function nullNames(): string[] {
  const [program = "", ...args] = nullCommand("--list");
  return spawnSync(program, args, { encoding: "utf8" }).stdout.trim().split("\n");
}

/** One line for each case that a null passes. */
async function nullPasses(
  names: readonly string[],
  cases: readonly Case[],
  progress: Progress,
): Promise<string[]> {
  const faults: string[] = [];
  for (const name of names) {
    const passed = await passesOf(nullCommand(name), cases, NULL_TIMEOUT_MS);
    faults.push(...[...passed].map((id) => `the null adapter ${name} passes ${id}`));
    progress.step(name);
  }
  return faults;
}

/** The cases that a port passes, as far as it can be driven. */
async function passesOf(
  command: readonly string[],
  cases: readonly Case[],
  timeoutMs: number,
): Promise<ReadonlySet<string>> {
  const results: CaseResult[] = [];
  try {
    for await (const result of conform({ command }, { cases, timeoutMs })) results.push(result);
  } catch (error) {
    if (!(error instanceof CannotDrive)) throw error;
  }
  return new Set(results.filter(({ verdict }) => verdict === "pass").map(({ id }) => id));
}

function killsOf(trials: readonly Trial[]): readonly Kills[] {
  return trials.map(({ mutant: { id, clause, does }, failures }) => {
    return { id, clause, does, failures };
  });
}

function writeOrCompare({ trials, cases, clauses }: Matrix, isWriting: boolean): string[] {
  const kills = killsOf(trials);
  const citers = (clause: string): ReadonlySet<string> =>
    new Set(cases.filter((item) => item.clauses.includes(clause)).map(({ id }) => id));
  const texts = [
    [KILLS_FILE, killsText(kills)],
    [KILLS_PAGE, killsPage(kills, clauses, citers)],
  ] as const;
  return texts.flatMap(([path, text]) => {
    if (isWriting) writeFileSync(packagePath(path), text);
    if (existsSync(packagePath(path)) && packageText(path) === text) return [];
    return [`${path} is out of date: run \`selftest --write\``];
  });
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
