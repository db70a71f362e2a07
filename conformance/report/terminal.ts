// A report for a terminal: quiet when all is well, and otherwise the first failure of each kind in full
// and the rest as counts, so that one rounding bug does not bury its author in two hundred failures.

import { failureText } from "./failure-text.js";
import { foldFailures, type FailedCase } from "./folds.js";
import type { Report, RoleSummary } from "./report.js";
import { count, wrap, type Paint } from "./style.js";
import { visible } from "./visible.js";

const SHOWN_IN_FULL = 3;
const LISTED = 12;
const WIDTH = 84;

/** The text of a report. */
export function reportText(report: Report, paint: Paint): string {
  const folds = foldFailures(report);
  const full = folds
    .slice(0, SHOWN_IN_FULL)
    .flatMap(({ first, others }) => [
      failureText(first, report, paint),
      ...(others.length === 0
        ? []
        : [`  and ${count(others.length, "case")} of the same kind: ${ids(others)}`]),
      "",
    ]);
  const rest = folds.slice(SHOWN_IN_FULL);
  const short = rest
    .slice(0, LISTED)
    .map(
      ({ first, others }) =>
        `  ${first.failure.kind}  ${first.clauses[0] ?? ""}  ${visible(first.id)}${others.length === 0 ? "" : ` and ${others.length} more`}`,
    );
  const folded =
    rest.length === 0
      ? []
      : [
          `${count(rest.length, "more kind")} of failure:`,
          ...short,
          ...(rest.length > LISTED ? ["  …"] : []),
          "",
        ];
  return [
    ...[...full, ...folded, ...diagnosisLines(report, paint)],
    ...[...expectationLines(report), ...summaryLines(report, paint)],
  ].join("\n");
}

function diagnosisLines({ diagnosis }: Report, paint: Paint): string[] {
  if (diagnosis === undefined) return [];
  const label = "likely bug  ";
  return [
    paint("bold", label) + wrap(visible(diagnosis.text), WIDTH, " ".repeat(label.length)),
    "",
  ];
}

/** What was expected, each in a line, and what of the list does not hold. */
function expectationLines({ expectations, cases }: Report): string[] {
  if (expectations === undefined) return [];
  const { file, matched, problems } = expectations;
  const listed = cases.flatMap(({ id, expected }) =>
    expected === undefined
      ? []
      : [
          `  ${expected.kind}  ${id}: ${expected.reason}${expected.issue === undefined ? "" : ` (${expected.issue})`}`,
        ],
  );
  const more = listed.length > LISTED ? [`  … ${listed.length - LISTED} more`] : [];
  const lines = [
    `${count(matched, "failure")} expected by ${file}${listed.length === 0 ? "" : ":"}`,
    ...listed.slice(0, LISTED),
    ...more,
    ...problems.map((problem) => `  ${problem}`),
  ];
  return [...lines.map(visible), ""];
}

function ids(cases: readonly FailedCase[]): string {
  const shown = cases.slice(0, 3).map((item) => visible(item.id));
  return `${shown.join(", ")}${cases.length > 3 ? ", …" : ""}`;
}

function summaryLines(report: Report, paint: Paint): string[] {
  const { port, seconds, roles } = report;
  const testable = report.clauses.sentences.filter((clause) => clause.untestable === undefined);
  const exercised = testable.filter(({ id }) => report.clauses.exercised.includes(id)).length;
  return [
    ...(port === undefined ? [] : [paint("bold", visible(`${port.name} ${port.version}`))]),
    ...roles.filter(isWorthALine).map((role) => roleLine(role, paint)),
    `  ${exercised} of ${testable.length} testable clauses exercised, ${seconds.toFixed(1)} s`,
    verdictLine(report, paint),
  ];
}

/** A selection may leave a role without cases: then there is nothing to say of it. */
function isWorthALine({ passed, failed, not_run }: RoleSummary): boolean {
  return passed + failed + not_run > 0;
}

function roleLine(
  { role, claimed, passed, failed, expected, not_run, assertions }: RoleSummary,
  paint: Paint,
): string {
  const name = `  ${visible(role).padEnd(13)}`;
  if (!claimed) return paint("dim", `${name}not claimed, ${count(not_run, "case")} not run`);
  const cases = count(passed + failed, "case");
  const detail = `${cases.padStart(10)}  ${count(assertions, "assertion").padStart(16)}  `;
  if (failed > 0 && failed === expected) {
    return `${name}${detail}${paint("yellow", `${failed} failed as expected`)}`;
  }
  const known = expected === 0 ? "" : `, ${expected} of them expected`;
  if (failed > 0) return `${name}${detail}${paint("red", `${failed} failed${known}`)}`;
  return `${name}${detail}${paint("green", "passed")}`;
}

function verdictLine(report: Report, paint: Paint): string {
  switch (report.verdict) {
    case "conformant":
      return paint("green", visible(report.claim ?? ""));
    case "selection":
      return paint("yellow", "The selected cases pass. A selection supports no claim.");
    case "expected-failures":
      return paint("yellow", "All that failed was expected to. That supports no claim.");
    case "stale-expectations":
      return paint("red", "The list of expected failures does not hold: mend it.");
    case "non-conformant":
      return paint(
        "red",
        `Not conformant: ${count(report.clauses.failed.length, "clause")} broken.`,
      );
    case "not-driven":
      return paint("red", `The port could not be driven: ${visible(report.reason ?? "")}`);
  }
}
