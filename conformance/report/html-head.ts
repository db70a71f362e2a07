// The top of the page: what may be said of the port, of which bug its failures look like, and what was
// run for each role.

import { shorten } from "../driver/schema.js";
import { escapeMarkup } from "./escape.js";
import type { Report, RoleSummary } from "./report.js";
import { count } from "./style.js";

const WORDS_MAX = 120;

/** Headline, diagnosis and roles. */
export function headSections(report: Report): string {
  const { port, verdict } = report;
  const name = port === undefined ? "No port" : `${port.name} ${port.version}`;
  return [
    `<header class="${verdict}">`,
    `<p class="verdict">${VERDICTS[verdict]}</p>`,
    `<h1>${escapeMarkup(shorten(name, WORDS_MAX))}</h1>`,
    `<p class="claim">${escapeMarkup(shorten(claimOf(report), 4 * WORDS_MAX))}</p>`,
    facts(report),
    `</header>`,
    diagnosis(report),
    expectations(report),
    roles(report),
  ].join("\n");
}

const VERDICTS: Readonly<Record<Report["verdict"], string>> = {
  conformant: "Conformant",
  selection: "Selection passes",
  "expected-failures": "Fails as expected",
  "stale-expectations": "Stale expectations",
  "non-conformant": "Not conformant",
  "not-driven": "Could not be driven",
};

function claimOf(report: Report): string {
  const failed = report.cases.filter((item) => item.verdict === "fail").length;
  switch (report.verdict) {
    case "conformant":
      return `${report.claim ?? ""}.`;
    case "selection":
      return "The selected cases pass. A selection supports no claim.";
    case "expected-failures":
      return `${count(failed, "case")} failed, all as expected. That supports no claim.`;
    case "stale-expectations":
      return "The list of expected failures does not hold: mend it.";
    case "non-conformant":
      return `${count(failed, "case")} failed; ${count(report.clauses.failed.length, "clause")} broken.`;
    case "not-driven":
      return report.reason ?? "";
  }
}

function facts({ kit, spec, seconds, seed, command }: Report): string {
  const shown: readonly (readonly [string, string])[] = [
    ["Specification", `Chatterbox ${spec}`],
    ["Kit", kit],
    ["Time", `${seconds.toFixed(1)} s`],
    ...(seed === undefined ? [] : [["Seed", String(seed)] as const]),
    ["Command", command.length === 0 ? "the bundled reference" : command.join(" ")],
  ];
  const items = shown.map(
    ([name, value]) =>
      `<div><dt>${name}</dt><dd>${escapeMarkup(shorten(value, 2 * WORDS_MAX))}</dd></div>`,
  );
  return `<dl class="facts">${items.join("")}</dl>`;
}

function diagnosis(report: Report): string {
  const found = report.diagnosis;
  if (found === undefined) return "";
  const mutants = found.mutants
    .slice(0, 5)
    .map(
      ({ id, clause, does }) =>
        `<li><code>${escapeMarkup(id)}</code> (<a href="#${escapeMarkup(clause)}">${escapeMarkup(clause)}</a>): ${escapeMarkup(does)}</li>`,
    );
  return `<section class="diagnosis"><h2>Likely bug</h2><p>${escapeMarkup(found.text)}</p><ul>${mutants.join("")}</ul></section>`;
}

function expectations({ expectations: found }: Report): string {
  if (found === undefined) return "";
  const problems = found.problems.map((problem) => `<li>${escapeMarkup(problem)}</li>`);
  const list = problems.length === 0 ? "" : `<ul class="problems">${problems.join("")}</ul>`;
  return `<section><h2>Expected failures</h2><p>${count(found.matched, "failure")} expected by <code>${escapeMarkup(found.file)}</code>.</p>${list}</section>`;
}

function roles(report: Report): string {
  return [
    `<section class="roles"><h2>Roles</h2><div class="scroll" tabindex="0" role="group" aria-label="Roles"><table>`,
    `<thead><tr><th scope="col">Role</th><th scope="col">Result</th><th scope="col">Passed</th>`,
    `<th scope="col">Failed</th><th scope="col">Not run</th><th scope="col">Assertions</th></tr></thead>`,
    `<tbody>${report.roles.map((role) => roleRow(role, report)).join("")}</tbody></table></div></section>`,
  ].join("");
}

function roleRow(role: RoleSummary, report: Report): string {
  const { passed, failed, not_run, assertions } = role;
  const [style, result] = resultOf(role, report);
  const numbers = [passed, failed, not_run, assertions].map(
    (number) => `<td class="number${number === 0 ? " zero" : ""}">${number}</td>`,
  );
  const name = escapeMarkup(shorten(role.role, WORDS_MAX));
  return `<tr><th scope="row">${name}</th><td><span class="state ${style}">${result}</span></td>${numbers.join("")}</tr>`;
}

function resultOf(
  { claimed, passed, failed, expected }: RoleSummary,
  { verdict }: Report,
): readonly [style: "pass" | "fail" | "none", result: string] {
  if (!claimed) return ["none", "not claimed"];
  if (failed > expected) return ["fail", "failed"];
  if (failed > 0) return ["none", "failed as expected"];
  if (passed > 0) return ["pass", "passed"];
  return ["none", verdict === "not-driven" ? "not reached" : "nothing selected"];
}
