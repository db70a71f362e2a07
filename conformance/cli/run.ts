// `run`: the cases against a port, a report, an exit code.

import { closeSync, openSync, writeFileSync } from "node:fs";
import { CannotDrive } from "../driver/cannot-drive.js";
import type { Hello } from "../driver/protocol.js";
import { conform, type ConformOptions } from "../engine/conform.js";
import { loadCases } from "../engine/load-cases.js";
import { isSelective, select, type Selection } from "../engine/select.js";
import type { CaseResult } from "../engine/verdict.js";
import { knownKills } from "../mutants/kills.js";
import { diagnose } from "../report/diagnosis.js";
import { FORMS, formText, type FormName } from "../report/forms.js";
import { makeReport, type Report } from "../report/report.js";
import { paintFor } from "../report/style.js";
import { reportText } from "../report/terminal.js";
import { referenceCommand } from "./bundled.js";
import { EXIT, UsageError, type ExitCode } from "./exit-code.js";
import { compare, expectingOf } from "./expect.js";
import { partialSummary, sayOnInterrupt } from "./interrupt.js";
import { Progress } from "./progress.js";
import { hasProperties, tryProperties, type PropertiesOptions } from "./properties.js";

/** Options of `run`. */
export interface RunOptions extends PropertiesOptions {
  readonly only?: string[];
  readonly skip?: string[];
  readonly report?: string;
  readonly junit?: string;
  readonly html?: string;
  readonly badge?: string;
  readonly expect?: string;
  readonly writeExpect?: string;
  readonly jobs: number;
  readonly timeout?: number;
  readonly trace?: true;
}

/** Runs the cases against the command, or the bundled reference if it is empty. */
export async function run(command: readonly string[], options: RunOptions): Promise<ExitCode> {
  const selection = selectionOf(options);
  const cases = select(loadCases(), selection);
  if (cases.length === 0 && !hasProperties(selection, options))
    throw new UsageError(nothingSelected(selection));
  const files = filesOf(options);
  for (const [, file] of files) requireWritable(file);
  const expecting = expectingOf(command, options);
  const started = performance.now();
  const progress = new Progress(cases.length);
  const results: CaseResult[] = [];
  const notes: string[] = [];
  sayOnInterrupt(() => partialSummary(results, cases.length));
  let schedules = 0;
  let hello: Hello | undefined;
  let givenUp: string | undefined;
  try {
    const target = { command: command.length === 0 ? referenceCommand() : command };
    const onHello = (said: Hello): void => {
      hello = said;
    };
    for await (const result of conform(target, { ...conformOptions(options), onHello })) {
      results.push(result);
      progress.step(result.id);
    }
    if (hello !== undefined) {
      const drive = conformOptions(options);
      const tried = await tryProperties(hello, command, options, drive);
      addTried(results, tried.results);
      schedules = tried.results.length * options.runs;
      notes.push(...tried.notes);
    }
  } catch (error) {
    if (!(error instanceof CannotDrive)) throw error;
    givenUp = error.message;
  } finally {
    progress.end();
  }
  const isPart = isSelective(selection) || !options.properties;
  const diagnosis = diagnose(results, knownKills());
  const report = makeReport({
    ...{ hello, command, results, seed: options.seed, schedules },
    ...(diagnosis === undefined ? {} : { diagnosis }),
    seconds: (performance.now() - started) / 1000,
    isSelection: isPart,
    ...(givenUp === undefined ? compare(results, expecting, isPart) : { givenUp }),
  });
  for (const [form, file] of files) writeForm(formText(form, report), file);
  const exit = tell(report);
  if (notes.length > 0) process.stdout.write(`\n${notes.join("\n")}\n`);
  return exit;
}

/** Adds what properties came to; a role that they exercise is no longer without cases. */
function addTried(results: CaseResult[], tried: readonly CaseResult[]): void {
  const isExercised = ({ id, role }: CaseResult): boolean =>
    id === `role/${role}` && tried.some((each) => each.role === role);
  results.splice(0, results.length, ...results.filter((each) => !isExercised(each)), ...tried);
}

function tell(report: Report): ExitCode {
  if (report.verdict === "not-driven" && report.cases.length === 0) {
    throw new CannotDrive(report.reason ?? "");
  }
  const paint = paintFor(process.stdout, process.env);
  process.stdout.write(`${reportText(report, paint)}\n`);
  if (report.verdict === "not-driven") return EXIT.notDriven;
  if (report.verdict === "non-conformant") return EXIT.nonConformant;
  if (report.verdict === "stale-expectations") return EXIT.nonConformant;
  if (report.cases.some((item) => item.verdict !== "not-run")) return EXIT.conformant;
  throw new UsageError(
    "nothing was run: the port claims no role of the selected cases; see `list` and the port's hello",
  );
}

function filesOf(options: RunOptions): (readonly [FormName, string])[] {
  return FORMS.flatMap((form) => {
    const file = options[form];
    return file === undefined ? [] : [[form, file] as const];
  });
}

/** Found out before the run, not after it. */
function requireWritable(file: string): void {
  try {
    closeSync(openSync(file, "a"));
  } catch (error) {
    throw cannotWrite(file, error);
  }
}

function writeForm(text: string, file: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw cannotWrite(file, error);
  }
}

function cannotWrite(file: string, cause: unknown): UsageError {
  return new UsageError(`cannot write the report to ${file}: choose another place`, { cause });
}

function selectionOf({ only, skip }: RunOptions): Selection {
  return { ...(only === undefined ? {} : { only }), ...(skip === undefined ? {} : { skip }) };
}

function conformOptions(options: RunOptions): ConformOptions {
  const { jobs, timeout, trace } = options;
  const print = (direction: ">" | "<", line: string): void => {
    process.stderr.write(`${direction} ${line}\n`);
  };
  return {
    ...selectionOf(options),
    jobs,
    ...(timeout === undefined ? {} : { timeoutMs: timeout }),
    ...(trace === undefined ? {} : { trace: print }),
  };
}

function nothingSelected({ only, skip }: Selection): string {
  const words = [...(only ?? []), ...(skip ?? [])].join(" ");
  if (words === "") return "this package has no vectors: build it with `npm run vectors:generate`";
  return `no case is left by ${words}; give a role, a clause or how an id begins (see \`list\`)`;
}
