// The report as JUnit XML, for CI systems: a suite for each role, a test case for each case, the
// terminal's explanation as the text of a failure. What was not claimed, or was expected to fail, is
// skipped, never passed; an expectation that does not hold is a failure of its own.

import { escapeMarkup } from "./escape.js";
import { failureText } from "./failure-text.js";
import type { Report, ReportCase, RoleSummary } from "./report.js";
import { plain } from "./style.js";

/** The XML of a report. */
export function junit(report: Report): string {
  const { roles, seconds, cases, verdict } = report;
  const suites = roles.map((role) => suite(role, report));
  const broke = verdict === "not-driven" ? [notDriven(report)] : [];
  const stale = report.expectations?.problems ?? [];
  const expected = cases.filter((item) => item.expected !== undefined).length;
  const failed = cases.filter((item) => item.verdict === "fail").length - expected;
  const skipped = cases.filter((item) => item.verdict === "not-run").length + expected;
  const counts = {
    tests: cases.length + broke.length + stale.length,
    failures: failed + stale.length,
    errors: broke.length,
    skipped,
    time: seconds.toFixed(3),
  };
  return [
    `<?xml version="1.0" encoding="UTF-8"?>`,
    `<testsuites${attributes({ name: "chatterbox", ...counts })}>`,
    ...broke,
    ...suites,
    ...(stale.length === 0 ? [] : [staleSuite(stale)]),
    `</testsuites>`,
    "",
  ].join("\n");
}

function notDriven({ reason = "" }: Report): string {
  const suiteOpen = `<testsuite${attributes({ name: "port", tests: 1, failures: 0, errors: 1, skipped: 0 })}>`;
  const head = attributes({ name: "can be driven", classname: "chatterbox.port" });
  const error = `<error${attributes({ message: firstLine(reason), type: "not-driven" })}>${escapeMarkup(reason)}</error>`;
  return `${suiteOpen}\n<testcase${head}>${error}</testcase>\n</testsuite>`;
}

function staleSuite(problems: readonly string[]): string {
  const counts = { tests: problems.length, failures: problems.length, errors: 0, skipped: 0 };
  const tests = problems.map((problem) => {
    const head = attributes({ name: problem, classname: "chatterbox.expectations" });
    return `<testcase${head}><failure${attributes({ message: problem, type: "stale" })}/></testcase>`;
  });
  return `<testsuite${attributes({ name: "expectations", ...counts })}>\n${tests.join("\n")}\n</testsuite>`;
}

function suite({ role, passed, failed, expected, not_run }: RoleSummary, report: Report): string {
  const head = attributes({
    name: role,
    tests: passed + failed + not_run,
    failures: failed - expected,
    errors: 0,
    skipped: not_run + expected,
  });
  const mine = report.cases.filter((item) => item.role === role);
  return [
    `<testsuite${head}>`,
    properties(report),
    ...mine.map((item) => testCase(item, report)),
    `</testsuite>`,
  ].join("\n");
}

function properties({ kit, port, verdict, command, seed }: Report): string {
  const named: readonly (readonly [string, string])[] = [
    ["kit", kit],
    ["verdict", verdict],
    ["command", command.join(" ")],
    ...(port === undefined ? [] : [["port", `${port.name} ${port.version}`] as const]),
    ...(seed === undefined ? [] : [["seed", String(seed)] as const]),
  ];
  const lines = named.map(([name, value]) => `<property${attributes({ name, value })}/>`);
  return `<properties>${lines.join("")}</properties>`;
}

function testCase(item: ReportCase, report: Report): string {
  const { id, role, assertions, reason = "" } = item;
  const head = `<testcase${attributes({ name: id, classname: `chatterbox.${role}`, assertions })}`;
  const body = outcome(item, report, reason);
  return body === "" ? `${head}/>` : `${head}>${body}</testcase>`;
}

function outcome(item: ReportCase, report: Report, reason: string): string {
  if (item.verdict === "not-run") return `<skipped${attributes({ message: reason })}/>`;
  const { failure, expected } = item;
  if (failure === undefined) return "";
  if (expected !== undefined) {
    return `<skipped${attributes({ message: `expected ${expected.kind}: ${expected.reason}` })}/>`;
  }
  const head = attributes({ message: firstLine(failure.summary), type: failure.kind });
  return `<failure${head}>${escapeMarkup(failureText({ ...item, failure }, report, plain))}</failure>`;
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? "";
}

/** Tab and line feed would become spaces in an attribute, so they are written as numbers. */
function attributes(members: Readonly<Record<string, string | number>>): string {
  return Object.entries(members)
    .map(([name, value]) => {
      const text = escapeMarkup(String(value)).replace(/[\t\n]/g, (c) => `&#${c.charCodeAt(0)};`);
      return ` ${name}="${text}"`;
    })
    .join("");
}
