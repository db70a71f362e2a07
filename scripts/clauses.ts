/**
 * The command `npm run clauses`: fails on a clause that is badly numbered, cited but absent, or without
 * proof; prints what is covered.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { scanCitations } from "./citations.js";
import { count, countByArea, coverage, type AreaCount, type Coverage } from "./clause-coverage.js";
import { parseClauses } from "./spec-clauses.js";

const USAGE = `npm run clauses -- [options]
  --missing    print only the clauses without proof, one id a line
  --warnings   print matters of style too
  --json       print everything as JSON
  --root DIR   the repository, if not the present folder`;

const { values } = parseArgs({
  options: {
    missing: { type: "boolean", default: false },
    warnings: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    root: { type: "string", default: process.cwd() },
    help: { type: "boolean", default: false },
  },
});

if (values.help) {
  console.log(USAGE);
} else {
  const markdown = readFileSync(join(values.root, "SPEC.md"), "utf8");
  const result = coverage(parseClauses(markdown), scanCitations(values.root));
  if (values.json) console.log(JSON.stringify(result, undefined, 2));
  else if (values.missing) printMissing(result);
  else print(result);
  process.exitCode = result.failures.length > 0 ? 1 : 0;
}

function printMissing({ clauses }: Coverage): void {
  for (const { id } of clauses.filter(({ status }) => status === "missing")) console.log(id);
}

function print({ clauses, failures, warnings }: Coverage): void {
  console.log(row(["area", "clauses", "proved", "by vector", "untestable", "missing", "mutants"]));
  for (const line of countByArea(clauses)) console.log(tableRow(line));
  console.log(tableRow(count("total", clauses)));
  if (values.warnings) for (const warning of warnings) console.log(`warning: ${warning}`);
  for (const failure of failures) console.log(`failure: ${failure}`);
  console.log(`${failures.length} failures, ${warnings.length} warnings (--warnings shows them)`);
}

function tableRow(line: AreaCount): string {
  const { area, clauses, proved, byVector, untestable, missing, mutants } = line;
  return row([area, ...[clauses, proved, byVector, untestable, missing, mutants].map(String)]);
}

function row(cells: readonly string[]): string {
  return cells.map((cell, i) => (i === 0 ? cell.padEnd(6) : cell.padStart(11))).join("");
}
