// `doctor`: is this a port at all, before hundreds of cases say so in hundreds of ways. Shows what the
// examination finds, what to change, and what comes next.

import { ChildPort, greet } from "../driver/child-port.js";
import { examine, type Examined } from "../doctor/examine.js";
import { count, type Paint } from "../report/style.js";
import { visible } from "../report/visible.js";
import { referenceCommand } from "./bundled.js";
import { EXIT, UsageError, type ExitCode } from "./exit-code.js";

const LEAVE_MS = 2000;

/** Examines a command, or the bundled reference if it is empty. Rejects with CannotDrive. */
export async function doctor(
  command: readonly string[],
  timeoutMs: number | undefined,
  paint: Paint,
): Promise<ExitCode> {
  const [program, ...args] = command.length === 0 ? referenceCommand() : command;
  if (program === undefined) throw new UsageError("there is no command to start");
  const options = timeoutMs === undefined ? {} : { timeoutMs };
  const start = (): ChildPort => new ChildPort([program, ...args], options);
  const port = start();
  const all: Examined[] = [];
  try {
    const hello = await greet(port);
    const { name, version, roles } = hello;
    print(`${paint("bold", visible(`${name} ${version}`))} claims ${roles.join(", ")}`);
    for await (const examined of examine(hello, port, start, timeoutMs ?? LEAVE_MS)) {
      for (const line of linesOf(examined, all, paint)) print(line);
      all.push(examined);
    }
  } finally {
    await port.close();
  }
  return conclude(all);
}

function linesOf(
  { name, finding, missing }: Examined,
  before: readonly Examined[],
  paint: Paint,
): string[] {
  if (missing !== undefined) return [];
  if (finding === undefined) return [`  ${paint("green", "ok  ")}  ${name}`];
  const head = `  ${paint("red", "FAIL")}  ${name}`;
  const isKnown = before.some(
    ({ finding: other }) => other?.text === finding.text && other.change === finding.change,
  );
  if (isKnown) return [head, "        the same again"];
  return [head, `        ${visible(finding.text)}`, `        change: ${finding.change}`];
}

function conclude(all: readonly Examined[]): ExitCode {
  const findings = all.filter(({ finding }) => finding !== undefined).length;
  const [first, ...others] = all.flatMap(({ missing }) => missing ?? []);
  if (findings > 0) print(`${count(findings, "finding")}.`);
  if (first !== undefined) {
    const waiting = others.length === 0 ? "" : `; ${count(others.length + 1, "check")} wait for it`;
    print(`next: ${visible(first)}${waiting}`);
  }
  if (findings > 0 || first !== undefined) return EXIT.nonConformant;
  print("The adapter is sound. Now `run` the cases.");
  return EXIT.conformant;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
