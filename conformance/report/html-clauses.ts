// The matrix of clauses: every clause of SPEC.md as a cell that says what became of it, shows its
// sentence and selects its cases.

import type { Clause } from "./clauses.js";
import { escapeMarkup, withoutStress } from "./escape.js";
import type { Report } from "./report.js";

/** What became of a clause, with the words for it. */
const STATES = {
  failed: "failed",
  exercised: "exercised",
  idle: "not exercised",
  untestable: "not testable",
} as const;

type State = keyof typeof STATES;

/** The matrix. */
export function clausesSection(report: Report): string {
  const failed = new Set(report.clauses.failed);
  const exercised = new Set(report.clauses.exercised);
  const stateOf = ({ id, untestable }: Clause): State => {
    if (failed.has(id)) return "failed";
    if (exercised.has(id)) return "exercised";
    return untestable === undefined ? "idle" : "untestable";
  };
  const cells = report.clauses.sentences.map((clause) => ({ clause, state: stateOf(clause) }));
  const areas = [...new Set(cells.map(({ clause }) => areaOf(clause.id)))];
  const rows = areas.map((area) => {
    const mine = cells.filter(({ clause }) => areaOf(clause.id) === area);
    return `<div class="area"><h3>${area}</h3><div class="cells">${mine.map(cell).join("")}</div></div>`;
  });
  const legend = (Object.keys(STATES) as State[]).map((state) => {
    const number = cells.filter((item) => item.state === state).length;
    return `<li><span class="cell ${state}" aria-hidden="true"></span>${number} ${STATES[state]}</li>`;
  });
  return [
    `<section id="clauses"><h2>Clauses</h2>`,
    `<ul class="legend">${legend.join("")}</ul>`,
    `<p class="sentence"><span id="sentence" aria-live="polite">Point at a clause to read it; press it to see its cases.</span> <a id="jump" href="#cases" hidden></a></p>`,
    `<div class="matrix">${rows.join("\n")}</div>`,
    `</section>`,
  ].join("\n");
}

function areaOf(id: string): string {
  return id.slice(0, id.indexOf("-"));
}

function cell({ clause, state }: { readonly clause: Clause; readonly state: State }): string {
  const { id, text, untestable } = clause;
  const reason = untestable === undefined ? "" : ` Not testable because ${untestable}`;
  const sentence = escapeMarkup(`${plainSentence(text)}${reason}`);
  const number = id.slice(id.indexOf("-") + 1);
  return `<button type="button" class="cell ${state}" id="${id}" aria-pressed="false" aria-label="${id}, ${STATES[state]}" title="${sentence}">${number}</button>`;
}

/** A sentence of SPEC.md without the marks of Markdown. */
function plainSentence(markdown: string): string {
  return withoutStress(markdown).replace(/`/g, "");
}
