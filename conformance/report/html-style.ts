// The page's style. Colours are variables, so that dark mode is another set of them; meaning is never in
// colour alone. No font, picture or address from elsewhere.

/** The style sheet, without any data of a report. */
export const STYLE = String.raw`
:root {
  color-scheme: light dark;
  --bg: #fff; --fg: #1b2026; --muted: #596370; --line: #d5dbe2; --surface: #f5f7f9;
  --red: #b3261e; --red-bg: #fdeeec; --green: #1a6e30; --green-bg: #e6f4ea;
  --blue: #0b57a4; --blue-bg: #e6f0fb; --grey-bg: #e9edf1;
  --mono: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --bg: #0f1317; --fg: #e4e8ec; --muted: #9aa5b1; --line: #2c343d; --surface: #171c22;
    --red: #ff938a; --red-bg: #3b1c1a; --green: #7fd396; --green-bg: #15301d;
    --blue: #84bdff; --blue-bg: #14283f; --grey-bg: #242b33;
  }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 6rem; -webkit-text-size-adjust: 100%; }
body { margin: 0 auto; max-width: 66rem; padding: 1.25rem 1rem 3rem; background: var(--bg); color: var(--fg);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif; }
h1 { margin: .25rem 0; font-size: 1.6rem; line-height: 1.2; overflow-wrap: anywhere; }
h2 { margin: 2.25rem 0 .75rem; font-size: 1.15rem; }
h3 { margin: 0; font-size: .8rem; }
p { margin: .5rem 0; overflow-wrap: anywhere; }
a { color: var(--blue); }
code, .id { font-family: var(--mono); font-size: .875em; overflow-wrap: anywhere; }
.small { color: var(--muted); font-size: .85rem; }
.shapes { position: absolute; }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: .5rem; background: var(--bg); padding: .25rem .5rem; z-index: 3; }
:focus-visible { outline: 2px solid var(--blue); outline-offset: 2px; }
[hidden] { display: none !important; }

header { padding: 1.1rem 1.25rem; border: 1px solid var(--line); border-left: 6px solid var(--muted);
  border-radius: 8px; background: var(--surface); }
header.conformant { border-left-color: var(--green); }
header.non-conformant, header.stale-expectations { border-left-color: var(--red); }
.verdict { margin: 0; font-weight: 700; color: var(--muted); }
.conformant .verdict { color: var(--green); }
.non-conformant .verdict, .stale-expectations .verdict, .problems { color: var(--red); }
.claim { margin: .25rem 0 .75rem; font-size: 1.05rem; }
.facts { display: flex; flex-wrap: wrap; gap: .35rem 1.5rem; margin: 0; font-size: .85rem; }
.facts div { display: flex; gap: .4rem; min-width: 0; }
.facts dt { color: var(--muted); }
.facts dd { margin: 0; overflow-wrap: anywhere; min-width: 0; }
.diagnosis { border-left: 4px solid var(--blue); padding-left: 1rem; }
.diagnosis ul { padding-left: 1.2rem; }

.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: .9rem; }
.roles table { width: 100%; }
th, td { padding: .4rem .6rem; border-bottom: 1px solid var(--line); text-align: left; }
thead th { color: var(--muted); font-weight: 500; font-size: .8rem; }
thead th:nth-child(n+3), .number { text-align: right; font-variant-numeric: tabular-nums; }
.zero { color: var(--muted); }
.state { display: inline-block; padding: 0 .5rem; border-radius: 99px; background: var(--grey-bg); white-space: nowrap; }
.state.pass { background: var(--green-bg); color: var(--green); }
.state.fail { background: var(--red-bg); color: var(--red); font-weight: 600; }
.state.none { color: var(--muted); }

.legend { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: 0 0 1rem; padding: 0; list-style: none; font-size: .85rem; color: var(--muted); }
.legend .cell { width: 1rem; height: 1rem; min-width: 0; margin-right: .4rem; vertical-align: -.15rem; cursor: auto; }
.matrix { display: grid; grid-template-columns: repeat(auto-fill, minmax(19rem, 1fr)); gap: .6rem 1.5rem; }
.area { display: flex; gap: .5rem; align-items: baseline; min-width: 0; }
.area h3 { width: 2.4rem; flex: none; font-family: var(--mono); color: var(--muted); font-weight: 500; }
.cells { display: flex; flex-wrap: wrap; gap: .25rem; }
.cell { display: inline-block; min-width: 2rem; height: 1.75rem; padding: 0 .2rem; border: 1px solid var(--line); border-radius: 4px;
  background: var(--bg); color: var(--muted); font: .8rem/1 var(--mono); cursor: pointer; }
.cell.exercised { background: var(--green-bg); color: var(--green); border-color: transparent; }
.cell.failed { background: var(--red); color: var(--bg); border-color: var(--red); font-weight: 700; }
.cell.untestable { border-style: dotted; font-style: italic; }
.cell[aria-pressed="true"] { outline: 3px solid var(--blue); outline-offset: 1px; }
.sentence { position: sticky; top: 0; margin: 0 0 1rem; padding: .6rem .8rem; border: 1px solid var(--line); border-radius: 6px;
  background: var(--surface); min-height: 4.4rem; max-height: 33vh; overflow: auto; font-size: .9rem; z-index: 1; }

.filters { position: sticky; top: 0; z-index: 2; display: flex; flex-wrap: wrap; gap: .5rem; align-items: end;
  padding: .5rem 0; background: var(--bg); border-bottom: 1px solid var(--line); }
.filters label { display: flex; flex-direction: column; font-size: .75rem; color: var(--muted); }
.filters .grow { flex: 1 1 14rem; }
.buttons { display: flex; flex-wrap: wrap; gap: .35rem; }
input, select, .filters button { font: inherit; font-size: .9rem; height: 2.25rem; padding: 0 .6rem; border: 1px solid var(--line);
  border-radius: 6px; background: var(--bg); color: var(--fg); }
.filters button { cursor: pointer; }
.filters button[aria-pressed="true"], #clause { background: var(--blue-bg); border-color: var(--blue); color: var(--blue); }
#shown { font-size: .85rem; color: var(--muted); }

.fold { margin-bottom: .5rem; }
.case { border: 1px solid var(--line); border-radius: 6px; margin: .25rem 0; background: var(--bg); }
.case.fail { border-left: 4px solid var(--red); }
summary { cursor: pointer; padding: .4rem .7rem; border-radius: 6px; }
summary:hover { background: var(--surface); }
.case > summary { display: flex; flex-wrap: wrap; gap: 0 .6rem; align-items: baseline; list-style: none; }
.case > summary::-webkit-details-marker { display: none; }
.case > summary .id { flex: 1 1 12rem; min-width: 0; }
.fail > summary .id { font-weight: 600; }
.mark { width: 1rem; font-weight: 700; color: var(--muted); }
.fail .mark { color: var(--red); }
.pass .mark { color: var(--green); }
.kind { color: var(--muted); font-size: .8rem; }
.more { margin-left: 1rem; }
summary[data-shown]::after { content: attr(data-shown); font-weight: 400; }
.more > summary, .group > summary { color: var(--muted); font-size: .9rem; }
.group { margin-top: 1rem; }
.group > summary { border: 1px solid var(--line); font-weight: 600; }
.group .case { border-width: 0 0 1px; border-radius: 0; margin: 0; }
.body { padding: .25rem .9rem .6rem; border-top: 1px solid var(--line); }
.summary { font-weight: 600; color: var(--red); }
.body b { display: inline-block; min-width: 3.6rem; font-weight: 600; color: var(--muted); }
blockquote { margin: .5rem 0; padding: .1rem .8rem; border-left: 3px solid var(--line); font-size: .92rem; overflow-wrap: anywhere; }
.compare { margin: .75rem 0; font-size: .9rem; }
.compare div { display: grid; grid-template-columns: 5rem 1fr; padding: .3rem .6rem; border-radius: 4px; }
.compare dt { color: var(--muted); }
.compare dd { margin: 0; font-family: var(--mono); font-size: .85rem; white-space: pre-wrap; overflow-wrap: anywhere; min-width: 0; }
.compare .expected { background: var(--green-bg); }
.compare .got { background: var(--red-bg); }
.compare .expected, .compare .got { margin: .15rem 0; }
.fields { width: 100%; max-width: 52rem; margin: .75rem 0; }
.fields caption, figcaption { text-align: left; color: var(--muted); font-size: .8rem; padding-bottom: .25rem; }
.fields td { padding: .15rem .6rem .15rem 0; vertical-align: top; font-size: .85rem; overflow-wrap: anywhere; }
.fields td:first-child { width: 45%; }
.fields .inner { padding-left: 1.2rem; }
.exchange { margin: .75rem 0; padding: .4rem .7rem; list-style: none; background: var(--surface); border-radius: 6px; }
.exchange code { display: block; font-size: .8rem; white-space: pre-wrap; }
.replay code { padding: .1rem .35rem; background: var(--surface); border-radius: 4px; user-select: all; }

figure { max-width: 52rem; margin: .75rem 0; padding: .6rem 1rem .4rem .25rem; background: var(--surface); border-radius: 6px; overflow: hidden; }
figcaption { padding-left: .6rem; }
.ladder { display: block; width: 100%; padding-left: 5.4rem; overflow: visible; font: 11px var(--mono); }
.ladder text { fill: var(--fg); }
.ladder .r { text-anchor: end; }
.ladder .end { fill: var(--muted); }
.ladder .time { text-anchor: end; fill: var(--muted); font-size: 10px; }
.ladder .what { text-anchor: middle; }
.ladder .tokens { font-weight: 700; }
.ladder line, .rail { stroke-width: 1.5; fill: none; }
.rail { stroke: var(--line); }
.ladder .port { stroke: var(--blue); fill: var(--blue); }
.ladder .kit { stroke: var(--muted); fill: var(--muted); }
.ladder .stopped { stroke: var(--red); fill: none; }
.ladder use.stopped { stroke-width: 2; }
.ladder .lost { stroke-dasharray: 5 4; }
.ladder text.stopped, .ladder text.missing, .ladder .reason { fill: var(--red); stroke: none; }
.ladder .dot { fill: var(--muted); }
.ladder .dot.stopped { fill: var(--red); }
.ladder .dot.missing { fill: var(--bg); stroke: var(--red); stroke-dasharray: 2 1.5; }
.band { fill: var(--red-bg); }
footer { margin-top: 3rem; color: var(--muted); font-size: .8rem; }

@media (max-width: 40rem) {
  body { padding: .75rem .75rem 2rem; }
  header { padding: .9rem 1rem; }
  th, td { padding: .35rem .4rem; font-size: .82rem; }
  thead th { font-size: .7rem; }
  .filters { position: static; }
  html { scroll-padding-top: 1rem; }
  .cell { min-width: 2.25rem; height: 2.1rem; }
  .legend .cell { min-width: 0; height: 1rem; }
  .body { padding: .25rem .6rem .5rem; }
  .compare div { grid-template-columns: 1fr; }
  .more { margin-left: .5rem; }
  .ladder { padding-left: 4.6rem; font-size: 10px; }
  .ladder .time { font-size: 9px; }
}
@media (prefers-reduced-motion: no-preference) {
  html { scroll-behavior: smooth; }
}
@media (forced-colors: active) {
  .cell.failed { outline: 2px solid; }
  .cell.idle { border-style: dashed; }
}
@media print {
  * { print-color-adjust: exact; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  .filters, .skip, .sentence, #shown { display: none; }
  .case, .area, figure { break-inside: avoid; }
  .group:not([open]) { display: block; }
}
`;
