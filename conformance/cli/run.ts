// `run`: the cases against a port, a report, an exit code.

import { closeSync, openSync } from "node:fs";
import { CannotDrive } from "../driver/cannot-drive.js";
import type { Hello } from "../driver/protocol.js";
import { conform, type ConformOptions } from "../engine/conform.js";
import { loadCases } from "../engine/load-cases.js";
import { isSelective, select, type Selection } from "../engine/select.js";
import type { CaseResult } from "../engine/verdict.js";
import { makeReport, writeReport, type Report } from "../report/report.js";
import { paintFor } from "../report/style.js";
import { reportText } from "../report/terminal.js";
import { referenceCommand } from "./bundled.js";
import { EXIT, UsageError, type ExitCode } from "./exit-code.js";
import { Progress } from "./progress.js";

/** Options of `run`. */
export interface RunOptions {
  readonly only?: string[];
  readonly skip?: string[];
  readonly report?: string;
  readonly timeout?: number;
  readonly trace?: true;
}

/** Runs the cases against the command, or the bundled reference if it is empty. */
export async function run(command: readonly string[], options: RunOptions): Promise<ExitCode> {
  const selection = selectionOf(options);
  const cases = select(loadCases(), selection);
  if (cases.length === 0) throw new UsageError(nothingSelected(selection));
  if (options.report !== undefined) requireWritable(options.report);
  const started = performance.now();
  const progress = new Progress(cases.length);
  const results: CaseResult[] = [];
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
  } catch (error) {
    if (!(error instanceof CannotDrive)) throw error;
    givenUp = error.message;
  } finally {
    progress.end();
  }
  const report = makeReport({
    ...{ hello, command, results },
    seconds: (performance.now() - started) / 1000,
    isSelection: isSelective(selection),
    ...(givenUp === undefined ? {} : { givenUp }),
  });
  if (options.report !== undefined) writeReport(report, options.report);
  return tell(report, results);
}

function tell(report: Report, results: readonly CaseResult[]): ExitCode {
  if (report.verdict === "not-driven" && results.length === 0) {
    throw new CannotDrive(report.reason ?? "");
  }
  const paint = paintFor(process.stdout, process.env);
  process.stdout.write(`${reportText(report, results, paint)}\n`);
  if (report.verdict === "not-driven") return EXIT.notDriven;
  if (report.verdict === "non-conformant") return EXIT.nonConformant;
  if (results.some((result) => result.verdict === "pass")) return EXIT.conformant;
  throw new UsageError(
    "nothing was run: the port claims no role of the selected cases; see `list` and the port's hello",
  );
}

/** Found out before the run, not after it. */
function requireWritable(file: string): void {
  try {
    closeSync(openSync(file, "a"));
  } catch (error) {
    throw new UsageError(`cannot write the report to ${file}: choose another place`, {
      cause: error,
    });
  }
}

function selectionOf({ only, skip }: RunOptions): Selection {
  return { ...(only === undefined ? {} : { only }), ...(skip === undefined ? {} : { skip }) };
}

function conformOptions(options: RunOptions): ConformOptions {
  const { timeout, trace } = options;
  const print = (direction: ">" | "<", line: string): void => {
    process.stderr.write(`${direction} ${line}\n`);
  };
  return {
    ...selectionOf(options),
    ...(timeout === undefined ? {} : { timeoutMs: timeout }),
    ...(trace === undefined ? {} : { trace: print }),
  };
}

function nothingSelected({ only, skip }: Selection): string {
  const words = [...(only ?? []), ...(skip ?? [])].join(" ");
  if (words === "") return "this package has no vectors: build it with `npm run vectors:generate`";
  return `no case is left by ${words}; give a role, a clause or how an id begins (see \`list\`)`;
}
