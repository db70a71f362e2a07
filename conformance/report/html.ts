// The report as one HTML page that needs nothing else: style and script are inside and named by hash in
// its content security policy, and no address leads out of it. Made from the report alone.

import { createHash } from "node:crypto";
import { shorten } from "../driver/schema.js";
import { escapeMarkup } from "./escape.js";
import { casesSection } from "./html-cases.js";
import { clausesSection } from "./html-clauses.js";
import { headSections } from "./html-head.js";
import { SCRIPT } from "./html-script.js";
import { STYLE } from "./html-style.js";
import type { Report } from "./report.js";
import { LADDER_SHAPES } from "./svg-ladder.js";

/** The page of a report. */
export function html(report: Report): string {
  const policy = [
    "default-src 'none'",
    `style-src '${hashOf(STYLE)}'`,
    `script-src '${hashOf(SCRIPT)}'`,
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const port = report.port === undefined ? "a port" : `${report.port.name} ${report.port.version}`;
  return [
    `<!doctype html>`,
    `<html lang="en">`,
    `<head>`,
    `<meta charset="utf-8">`,
    `<meta http-equiv="Content-Security-Policy" content="${escapeMarkup(policy)}">`,
    `<meta name="viewport" content="width=device-width, initial-scale=1">`,
    `<meta name="color-scheme" content="light dark">`,
    `<title>${escapeMarkup(shorten(port, 120))}: ${report.verdict} — Chatterbox</title>`,
    `<link rel="icon" href="data:,">`,
    `<style>${STYLE}</style>`,
    `</head>`,
    `<body>`,
    `<a class="skip" href="#cases">To the cases</a>`,
    LADDER_SHAPES,
    headSections(report),
    `<main>`,
    clausesSection(report),
    casesSection(report),
    `</main>`,
    `<footer>Made by chatterbox-conformance ${escapeMarkup(report.kit)} from report.json. SPEC.md is the only authority.</footer>`,
    `<script>${SCRIPT}</script>`,
    `</body>`,
    `</html>`,
    ``,
  ].join("\n");
}

function hashOf(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}
