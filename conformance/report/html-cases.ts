// The list of cases: failures first and folded, each opening to all that is known of it; what passed or
// was not run as folded rows. The page stays small when everything fails: the first failure of each kind
// is shown in full, others as long as there is room.

import { shorten } from "../driver/schema.js";
import { escapeMarkup, escapeSentence } from "./escape.js";
import { comparison, replayCommand } from "./failure-text.js";
import { foldFailures, type FailedCase, type Fold } from "./folds.js";
import { hintFor } from "./hint.js";
import type { Report, ReportCase } from "./report.js";
import { count } from "./style.js";
import { svgLadder } from "./svg-ladder.js";

/** About how many characters failures may take in full. */
const ROOM = 500_000;
const TEXT_MAX = 600;

/** The section of cases with its filters. */
export function casesSection(report: Report): string {
  const { cases } = report;
  const passed = cases.filter((item) => item.verdict === "pass");
  const notRun = cases.filter((item) => item.verdict === "not-run");
  const folds = foldFailures(report);
  return [
    `<section id="cases" tabindex="-1"><h2>Cases</h2>`,
    filters(report),
    `<p id="shown" role="status">${count(cases.length, "case")}</p>`,
    failures(folds, expectedOf(cases), report),
    group("passed", passed),
    group("not run", notRun),
    `</section>`,
  ].join("\n");
}

function filters({ cases, roles }: Report): string {
  const number = (verdict: ReportCase["verdict"]): number =>
    cases.filter((item) => item.verdict === verdict).length;
  const verdicts = [
    ["fail", "failed"],
    ["pass", "passed"],
    ["not-run", "not run"],
  ] as const;
  const buttons = verdicts.map(
    ([verdict, word]) =>
      `<button type="button" data-show="${verdict}" aria-pressed="false">${number(verdict)} ${word}</button>`,
  );
  const options = roles.map(({ role }) => {
    const name = escapeMarkup(shorten(role, 60));
    return `<option value="${escapeMarkup(role)}">${name}</option>`;
  });
  return [
    `<div class="filters" role="search">`,
    `<label class="grow"><span>Search</span><input id="search" type="search" placeholder="id, clause, word (press /)" autocomplete="off"></label>`,
    `<label><span>Role</span><select id="role"><option value="">all roles</option>${options.join("")}</select></label>`,
    `<div class="buttons">${buttons.join("")}<button type="button" id="clause" hidden></button><button type="button" id="clear" hidden>Show all</button></div>`,
    `</div>`,
  ].join("");
}

function expectedOf(cases: readonly ReportCase[]): readonly FailedCase[] {
  return cases.flatMap((item) => {
    const { failure, expected } = item;
    return failure === undefined || expected === undefined ? [] : [{ ...item, failure }];
  });
}

function failures(folds: readonly Fold[], expected: readonly FailedCase[], report: Report): string {
  // The first of each kind come before all others when there is not room for all.
  let room = ROOM;
  const bodies = new Map<FailedCase, string>();
  const firsts = folds.map(({ first }) => first);
  for (const item of [...firsts, ...folds.flatMap(({ others }) => others), ...expected]) {
    const full = room > 0 ? failedBody(item, report) : undefined;
    room -= full?.length ?? 0;
    bodies.set(item, full ?? briefBody(item));
  }
  const rowOf = (item: FailedCase): string => row(item, item.failure.kind, bodies.get(item) ?? "");
  const shown = folds.map(({ first, others }) => {
    if (others.length === 0) return `<div class="fold">${rowOf(first)}</div>`;
    const more = `${count(others.length, "more case")} of this kind`;
    return `<div class="fold">${rowOf(first)}${folded("more", more, others.map(rowOf))}</div>`;
  });
  const known = `${count(expected.length, "case")} failed as expected`;
  return [...shown, folded("group", known, expected.map(rowOf))].join("\n");
}

function group(word: string, cases: readonly ReportCase[]): string {
  const rows = cases.map((item) => row(item, "", plainBody(item)));
  return folded("group", `${count(cases.length, "case")} ${word}`, rows);
}

function folded(style: "more" | "group", summary: string, rows: readonly string[]): string {
  if (rows.length === 0) return "";
  return `<details class="${style}"><summary>${summary}</summary>${rows.join("\n")}</details>`;
}

const MARKS: Readonly<Record<ReportCase["verdict"], readonly [mark: string, word: string]>> = {
  fail: ["✗", "failed"],
  pass: ["✓", "passed"],
  "not-run": ["–", "not run"],
};

function row(item: ReportCase, kind: string, body: string): string {
  const { id, role, clauses, verdict } = item;
  const [mark, word] = MARKS[verdict];
  const tail = [kind, clauses[0] ?? ""].filter((part) => part !== "").join(" · ");
  return (
    `<details class="case ${verdict}" id="${anchorOf(id)}" data-role="${escapeMarkup(role)}" data-verdict="${verdict}" data-clauses="${clauses.join(" ")}">` +
    `<summary><span class="mark" role="img" aria-label="${word}">${mark}</span> <span class="id">${escapeMarkup(id)}</span> <span class="kind">${escapeMarkup(tail)}</span></summary>` +
    `<div class="body">${body}</div></details>`
  );
}

/** The place of a case in the page; ids of cases have none of the other characters. */
function anchorOf(id: string): string {
  return id.replace(/[^\w/.-]/g, "_");
}

function plainBody({ why, clauses, reason, assertions, role }: ReportCase): string {
  const outcome = reason ?? count(assertions, "assertion");
  return [
    why === undefined ? "" : `<p>${escapeSentence(why)}</p>`,
    `<p class="small">${escapeMarkup(role)}, ${escapeMarkup(outcome)} ${clauseLinks(clauses)}</p>`,
  ].join("");
}

/** What is left of a failure when there is no room for more. */
function briefBody(item: FailedCase): string {
  return `<p>${said(item.failure.summary)}</p>${expectedNote(item)}${plainBody(item)}<p class="small">Its evidence is left out to keep this page small; replay it with <code>--only ${escapeMarkup(item.id)}</code>.</p>`;
}

function failedBody(item: FailedCase, report: Report): string {
  const { failure, ladder, clauses } = item;
  const [main] = clauses;
  const sentence = report.clauses.sentences.find((clause) => clause.id === main)?.text;
  const where = failure.step === undefined ? "" : ` (step ${failure.step})`;
  const rows: readonly (readonly [string, string])[] = [
    ...comparison(failure),
    ...(failure.line === undefined ? [] : [["line", failure.line] as const]),
    ...(failure.stderr === undefined ? [] : [["stderr", failure.stderr] as const]),
  ];
  const hint = hintFor(failure);
  return [
    `<p class="summary">${said(failure.summary)}${where}</p>`,
    expectedNote(item),
    sentence === undefined
      ? ""
      : `<blockquote><a href="#${main}">${main}</a> ${escapeSentence(sentence)}</blockquote>`,
    item.why === undefined ? "" : `<p><b>Why</b> ${escapeSentence(item.why)}</p>`,
    rows.length === 0 ? "" : `<dl class="compare">${rows.map(compareRow).join("")}</dl>`,
    ladder === undefined ? "" : figure(ladder, failure.step),
    fieldTable(item),
    exchangeList(item),
    hint === undefined ? "" : `<p><b>Next</b> ${escapeSentence(hint)}</p>`,
    `<p class="replay"><b>Replay</b> <code>${escapeMarkup(shorten(replayCommand(item.id, report.command, report.seed), TEXT_MAX))}</code></p>`,
    `<p class="small">${escapeMarkup(item.role)}, ${count(item.assertions, "assertion")} ${clauseLinks(clauses)} <a href="#${anchorOf(item.id)}">link to this case</a></p>`,
  ].join("");
}

function expectedNote({ expected }: ReportCase): string {
  if (expected === undefined) return "";
  const { kind, reason, issue } = expected;
  const where = issue === undefined ? "" : ` (${said(issue)})`;
  return `<p><b>Expected</b> ${kind}: ${said(reason)}${where}</p>`;
}

function compareRow([name, text]: readonly [string, string]): string {
  const style = name === "expected" || name === "got" ? ` class="${name}"` : "";
  return `<div${style}><dt>${name}</dt><dd>${said(text)}</dd></div>`;
}

function figure(ladder: NonNullable<ReportCase["ladder"]>, step: number | undefined): string {
  const before = ladder.before === 0 ? "" : `<figcaption>${ladder.before} before</figcaption>`;
  return `<figure>${before}${svgLadder(ladder, step)}</figure>`;
}

function fieldTable({ fields = [] }: ReportCase): string {
  if (fields.length === 0) return "";
  const rows = fields.map(({ hex, bytes, note }) => {
    const size = hex.endsWith("…") ? ` <span class="small">${count(bytes, "byte")}</span>` : "";
    const depth = note.startsWith(" ") ? ` class="inner"` : "";
    return `<tr><td><code>${escapeMarkup(hex)}</code>${size}</td><td${depth}>${escapeMarkup(note.trim())}</td></tr>`;
  });
  return `<table class="fields"><caption>The datagram</caption><tbody>${rows.join("")}</tbody></table>`;
}

function exchangeList({ exchange = [] }: ReportCase): string {
  if (exchange.length === 0) return "";
  const lines = exchange.map(
    ({ request, reply }) =>
      `<li><code>&gt; ${escapeMarkup(request)}</code><code>&lt; ${escapeMarkup(reply)}</code></li>`,
  );
  return `<ul class="exchange">${lines.join("")}</ul>`;
}

function clauseLinks(clauses: readonly string[]): string {
  return clauses.map((id) => `<a href="#${id}">${id}</a>`).join(" ");
}

function said(text: string): string {
  return escapeMarkup(shorten(text, TEXT_MAX));
}
