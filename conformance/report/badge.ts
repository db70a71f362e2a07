// A badge: two words in a small picture for a README. Self-made SVG in the usual size, without network;
// green only for a claim, grey for what supports none.

import type { Report } from "./report.js";
import { escapeMarkup } from "./escape.js";
import { count } from "./style.js";

const LABEL = "chatterbox 1";
const HEIGHT = 20;
const PADDING = 6;

/** Colours with enough contrast to white text. */
const COLOURS: Readonly<Record<Report["verdict"], string>> = {
  conformant: "#1f7a34",
  selection: "#5f6670",
  "expected-failures": "#5f6670",
  "stale-expectations": "#b3261e",
  "non-conformant": "#b3261e",
  "not-driven": "#5f6670",
};

/** The SVG of a badge. */
export function badge(report: Report): string {
  const message = badgeMessage(report);
  const left = textWidth(LABEL) + 2 * PADDING;
  const right = textWidth(message) + 2 * PADDING;
  const width = left + right;
  const title = escapeMarkup(`${LABEL}: ${message}`);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${HEIGHT}" role="img" aria-label="${title}">`,
    `<title>${title}</title>`,
    `<rect width="${width}" height="${HEIGHT}" rx="3" fill="${COLOURS[report.verdict]}"/>`,
    `<path fill="#3b4048" d="M3 0h${left - 3}v${HEIGHT}h${3 - left}a3 3 0 0 1-3-3v-14a3 3 0 0 1 3-3z"/>`,
    `<g fill="#fff" font-family="Verdana,DejaVu Sans,Geneva,sans-serif" font-size="11">`,
    text(LABEL, PADDING),
    text(message, left + PADDING),
    `</g></svg>\n`,
  ].join("");
}

/** What a badge says of a run. */
export function badgeMessage({ verdict, port, cases }: Report): string {
  switch (verdict) {
    case "conformant":
      return (port?.roles ?? []).join(" ");
    case "selection":
      return "selection passes";
    case "expected-failures":
      return count(cases.filter((item) => item.expected !== undefined).length, "expected failure");
    case "stale-expectations":
      return "stale expectations";
    case "non-conformant":
      return `non-conformant ${cases.filter((item) => item.verdict === "fail").length} failing`;
    case "not-driven":
      return "not driven";
  }
}

/** The width is given, so that a browser with another font changes the spaces and not the size. */
function text(words: string, x: number): string {
  return `<text x="${x}" y="14" textLength="${textWidth(words)}" lengthAdjust="spacingAndGlyphs">${escapeMarkup(words)}</text>`;
}

/** About the width of a text in 11 pixel Verdana. */
function textWidth(words: string): number {
  const widths = Array.from(words, (char) => {
    if ("fijlrt.,:;|'!I ".includes(char)) return 4.4;
    return "mwMW".includes(char) ? 10 : 6.9;
  });
  return Math.ceil(widths.reduce((sum, width) => sum + width, 0));
}
