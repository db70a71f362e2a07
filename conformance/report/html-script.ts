// The page's script: search, filters, sentences of clauses, links that open what they lead to. The page
// can be read without it. It is plain text here because it runs in browsers and its hash is in the policy.

/** The script, without any data of a report. */
export const SCRIPT = String.raw`
"use strict";
const $ = (id) => document.getElementById(id);
const all = (selector) => [...document.querySelectorAll(selector)];
const cases = all(".case");
const cells = all("button.cell");
const shows = all("[data-show]");
const words = new Map(cases.map((item) => [item, item.textContent.toLowerCase() + " " + item.dataset.clauses.toLowerCase()]));
const state = { text: "", role: "", verdict: "", clause: "" };
const idle = $("sentence").textContent;

const matches = (item) =>
  (state.role === "" || item.dataset.role === state.role) &&
  (state.verdict === "" || item.dataset.verdict === state.verdict) &&
  (state.clause === "" || item.dataset.clauses.split(" ").includes(state.clause)) &&
  state.text.split(/\s+/).every((word) => words.get(item).includes(word));

function apply() {
  const isFiltered = Object.values(state).some((value) => value !== "");
  let shown = 0;
  for (const item of cases) {
    item.hidden = !matches(item);
    if (!item.hidden) shown += 1;
  }
  for (const box of all(".more, .group, .fold")) {
    const number = box.querySelectorAll(".case:not([hidden])").length;
    box.hidden = number === 0;
    if (box.tagName !== "DETAILS") continue;
    box.open = isFiltered && number > 0;
    box.firstElementChild.dataset.shown = isFiltered ? ", " + number + " shown" : "";
  }
  for (const cell of cells) cell.setAttribute("aria-pressed", String(cell.id === state.clause));
  for (const show of shows) show.setAttribute("aria-pressed", String(show.dataset.show === state.verdict));
  $("clause").hidden = state.clause === "";
  $("clause").textContent = state.clause + " \u00d7";
  $("clause").setAttribute("aria-label", "Stop filtering by " + state.clause);
  $("jump").hidden = state.clause === "";
  $("jump").textContent = "See " + shown + (shown === 1 ? " case" : " cases");
  $("clear").hidden = !isFiltered;
  $("shown").textContent = isFiltered
    ? (shown === 0 ? "No case matches." : shown + " of " + cases.length + " cases")
    : cases.length + (cases.length === 1 ? " case" : " cases");
}

function tell(cell) {
  $("sentence").textContent = cell === undefined ? idle : cell.getAttribute("aria-label") + ": " + cell.dataset.sentence;
}

for (const cell of cells) {
  // Shown below the matrix instead of beside the pointer.
  cell.dataset.sentence = cell.title;
  cell.removeAttribute("title");
  cell.addEventListener("mouseenter", () => tell(cell));
  cell.addEventListener("focus", () => tell(cell));
  cell.addEventListener("click", () => {
    state.clause = state.clause === cell.id ? "" : cell.id;
    tell(cell);
    apply();
  });
}
for (const show of shows) {
  show.addEventListener("click", () => {
    state.verdict = state.verdict === show.dataset.show ? "" : show.dataset.show;
    apply();
  });
}
$("search").addEventListener("input", () => {
  state.text = $("search").value.trim().toLowerCase();
  apply();
});
$("role").addEventListener("change", () => {
  state.role = $("role").value;
  apply();
});
$("clause").addEventListener("click", () => {
  state.clause = "";
  apply();
  $("search").focus();
});

function clear() {
  Object.assign(state, { text: "", role: "", verdict: "", clause: "" });
  $("search").value = "";
  $("role").value = "";
  apply();
}
$("clear").addEventListener("click", () => {
  clear();
  $("search").focus();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !/^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName)) {
    event.preventDefault();
    $("search").focus();
  } else if (event.key === "Escape" && document.activeElement === $("search")) {
    clear();
  }
});

function reveal() {
  let id = location.hash.slice(1);
  try {
    id = decodeURIComponent(id);
  } catch {
    return;
  }
  const target = $(id);
  if (target === null) return;
  if (target.closest("[hidden]") !== null) clear();
  for (let at = target; at !== null; at = at.parentElement) {
    if (at.tagName === "DETAILS") at.open = true;
  }
  target.scrollIntoView({ block: "center" });
  if (target.matches("button.cell")) target.focus();
}
addEventListener("hashchange", reveal);
reveal();

// Paper has no buttons: failures are printed open.
let opened = [];
addEventListener("beforeprint", () => {
  opened = all(".case.fail:not([open]), .more:not([open])");
  for (const item of opened) item.open = true;
});
addEventListener("afterprint", () => {
  for (const item of opened) item.open = false;
});
`;
