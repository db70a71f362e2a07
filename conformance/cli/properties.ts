// The properties of `run`, and `replay`: random schedules against a port, counterexamples into files and
// back. What a property is stands in conformance/properties.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { greet, type ChildPortOptions } from "../driver/child-port.js";
import type { Hello } from "../driver/protocol.js";
import { openPort } from "../engine/conform.js";
import { selectsRole, type Selection } from "../engine/select.js";
import type { CaseResult } from "../engine/verdict.js";
import { readCaseFile, scriptIn, type CaseFile } from "../properties/case-file.js";
import { sessionOf } from "../properties/finding.js";
import { playScript } from "../properties/player.js";
import { ALL_PROPERTIES, propertiesFor, type Property } from "../properties/properties.js";
import { runProperties, type PropertyResult } from "../properties/run-properties.js";
import { shellWord } from "../report/failure-text.js";
import { makeReport } from "../report/report.js";
import type { Paint } from "../report/style.js";
import { reportText } from "../report/terminal.js";
import { referenceCommand } from "./bundled.js";
import { EXIT, UsageError, type ExitCode } from "./exit-code.js";
import { Progress } from "./progress.js";

/** Options of `run` for properties. */
export interface PropertiesOptions {
  /** Schedules for each property. */
  readonly runs: number;
  readonly seed: number;
  /** Only this counterexample of the seed. */
  readonly path?: string;
  /** The folder for counterexamples. */
  readonly save: string;
  /** False with `--no-properties`. */
  readonly properties: boolean;
}

/** Whether any property is left by a selection, whatever the port's roles. */
export function hasProperties(selection: Selection, { properties }: PropertiesOptions): boolean {
  return properties && ALL_PROPERTIES.some((property) => selectsRole(property, selection));
}

/** What properties add to a run. */
export interface Tried {
  readonly results: readonly CaseResult[];
  /** Lines for a person: where counterexamples are. */
  readonly notes: readonly string[];
}

/** Tries the properties that are selected and that the port's roles ask for. */
export async function tryProperties(
  hello: Hello,
  command: readonly string[],
  options: PropertiesOptions,
  drive: ChildPortOptions & Selection,
): Promise<Tried> {
  if (!options.properties) return { results: [], notes: [] };
  const chosen = propertiesFor(hello.roles).filter((each) => selectsRole(each, drive));
  requireOne(chosen, options.path);
  const target = { command: command.length === 0 ? referenceCommand() : command };
  const progress = new Progress(options.runs * chosen.length);
  const onSchedule = ({ id }: Property): void => {
    progress.step(id);
  };
  const trying = runProperties(chosen, () => openPort(target, drive), { ...options, onSchedule });
  const found = await trying.finally(() => {
    progress.end();
  });
  return {
    results: found.map(({ result }) => result),
    notes: found.flatMap((each) => saved(each, command, options.save)),
  };
}

function requireOne(chosen: readonly Property[], path: string | undefined): void {
  if (path === undefined || chosen.length === 1) return;
  const ids = chosen.map(({ id }) => id).join(", ");
  throw new UsageError(`--path is of one property: choose one of ${ids} with --only`);
}

function saved(
  { result, file }: PropertyResult,
  command: readonly string[],
  folder: string,
): string[] {
  if (file === undefined) return [];
  const place = join(folder, `${result.id.split("/").at(-1) ?? ""}.json`);
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(place, `${JSON.stringify(file, null, 1)}\n`);
  } catch (error) {
    throw new UsageError(`cannot write ${place}: choose another folder with --save`, {
      cause: error,
    });
  }
  const port = command.length === 0 ? "" : ` -- ${command.map(shellWord).join(" ")}`;
  return [
    `${result.id}: seed ${file.seed}, path ${file.path}; saved, replay it with`,
    `  npx chatterbox-conformance replay ${shellWord(place)}${port}`,
  ];
}

/** Plays the session of a file on a port: does it still fail? */
export async function replay(
  path: string,
  command: readonly string[],
  options: ChildPortOptions,
  paint: Paint,
): Promise<ExitCode> {
  const file = readCaseFile(path);
  if (typeof file === "string") throw new UsageError(`cannot replay ${path}: ${file}`);
  const started = performance.now();
  const target = { command: command.length === 0 ? referenceCommand() : command };
  const port = openPort(target, options);
  try {
    const hello = await greet(port);
    const script = scriptIn(file);
    const { assertions, finding } = await playScript(script, port, file.case.role !== "sender");
    const { id, role, why } = file.case;
    const head = { id, role, assertions };
    const result: CaseResult =
      finding === undefined
        ? { ...head, clauses: file.case.clauses, verdict: "pass" }
        : {
            ...{ ...head, clauses: [finding.clause], verdict: "fail", failure: finding.failure },
            exchange: finding.exchange,
            case: sessionOf(finding.script, id, why, finding.clause),
          };
    const seconds = (performance.now() - started) / 1000;
    const report = makeReport({ hello, command, results: [result], seconds, isSelection: true });
    process.stdout.write(`${reportText(report, paint)}\n`);
    if (finding === undefined) process.stdout.write(`${held(file)}\n`);
    return finding === undefined ? EXIT.conformant : EXIT.nonConformant;
  } finally {
    await port.close();
  }
}

function held({ found }: CaseFile): string {
  return `The session holds now. It was saved because: ${found}`;
}
