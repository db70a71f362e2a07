// `list`, `show` and `explain`: what there is to run, what one case says, what one clause demands and
// what proves it. Nothing is started.

import { MUTANTS } from "../mutants/mutants.js";
import type { Case } from "../engine/case.js";
import { loadCases } from "../engine/load-cases.js";
import { select, selectsRole, type Selection } from "../engine/select.js";
import { ALL_PROPERTIES } from "../properties/properties.js";
import { clauses } from "../report/clauses.js";
import { describeDatagram, describePacket } from "../report/describe-packet.js";
import { ladderLines } from "../report/ladder.js";
import { sessionLadder } from "../report/rungs.js";
import { count, wrap, type Paint } from "../report/style.js";
import { EXIT, UsageError, type ExitCode } from "./exit-code.js";

const WIDTH = 88;

/** Every case in one line: id, role, clauses. */
export function list(selection: Selection): ExitCode {
  const cases = select(loadCases(), selection);
  const width = Math.max(0, ...cases.map((item) => item.id.length));
  for (const { id, role, clauses: cited } of cases) {
    print(`${id.padEnd(width)}  ${role.padEnd(12)}  ${cited.join(" ")}`);
  }
  const chosen = ALL_PROPERTIES.filter((property) => selectsRole(property, selection));
  for (const { id, role } of chosen)
    print(`${id.padEnd(width)}  ${role.padEnd(12)}  random schedules`);
  return EXIT.conformant;
}

/** One case: why it exists, what goes in, what must follow. */
export function show(id: string, isJson: boolean, paint: Paint): ExitCode {
  const cases = loadCases();
  const item = cases.find((candidate) => candidate.id === id);
  const property = ALL_PROPERTIES.find((candidate) => candidate.id === id);
  if (property !== undefined) {
    print(`${paint("bold", id)}  ${property.role}  random schedules`);
    print(`  ${wrap(property.why, WIDTH, "  ")}\n`);
    print(`  ${wrap(property.clauses.join(" "), WIDTH, "  ")}`);
    return EXIT.conformant;
  }
  if (item === undefined) {
    const near = cases.filter((candidate) => candidate.id.includes(id)).slice(0, 3);
    const hint =
      near.length === 0 ? "see `list`" : `did you mean ${near.map((c) => c.id).join(", ")}?`;
    throw new UsageError(`there is no case ${id}; ${hint}`);
  }
  if (isJson) {
    print(JSON.stringify(item, null, 2));
    return EXIT.conformant;
  }
  print(`${paint("bold", item.id)}  ${item.role}  ${item.type}`);
  print(`  ${wrap(item.why, WIDTH, "  ")}\n`);
  for (const cited of item.clauses) {
    print(`  ${cited}  ${wrap(clauses().get(cited)?.text ?? "?", WIDTH, "  ")}`);
  }
  print("");
  for (const line of contents(item)) print(`  ${line}`);
  return EXIT.conformant;
}

/** One clause: its sentence, the cases that are proof of it, the mutants that they kill. */
export function explain(id: string, paint: Paint): ExitCode {
  const clause = clauses().get(id.toUpperCase());
  if (clause === undefined) {
    throw new UsageError(`SPEC.md has no clause ${id}; a clause looks like SND-7 (see \`list\`)`);
  }
  print(`${paint("bold", clause.id)}  (${clause.section})`);
  print(`  ${wrap(clause.text, WIDTH, "  ")}`);
  if (clause.untestable !== undefined) print(`  Untestable because ${clause.untestable}`);
  const cases = loadCases().filter((item) => item.clauses.includes(clause.id));
  print(`\n${count(cases.length, "case")}`);
  for (const item of cases) print(`  ${item.id}\n    ${wrap(item.why, WIDTH, "    ")}`);
  const mutants = MUTANTS.filter((mutant) => mutant.clause === clause.id);
  print(`\n${count(mutants.length, "mutant")}`);
  for (const mutant of mutants) print(`  ${mutant.id}: ${mutant.does}`);
  return EXIT.conformant;
}

function contents(item: Case): string[] {
  switch (item.type) {
    case "valid":
      return [`datagram  ${item.datagram}`, `packet    ${describePacket(item.packet)}`];
    case "invalid":
      return [
        `datagram  ${item.datagram}`,
        `twin      ${item.twin}  ${describeDatagram(item.twin)}`,
        `must be discarded as ${item.code}`,
      ];
    case "refuse":
      return [
        `packet    ${JSON.stringify(item.packet)}`,
        `twin      ${JSON.stringify(item.twinPacket)}`,
        `must be refused as ${item.code}`,
      ];
    case "session":
      return ladderLines(sessionLadder(item, item.steps.length - 1, []), Number.MAX_SAFE_INTEGER);
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
