// A ladder as SVG, receiver left and sender right. What is lost or discarded ends in an X half-way with
// its reason and has no arrowhead: a lost message must never look like a delivered one. Widths are
// percentages, so the text keeps its size from a phone to paper; colours are the page's.

import { escapeMarkup } from "./escape.js";
import type { Ladder, Rung } from "./rungs.js";

const HEAD_HEIGHT = 24;
const RUNG_HEIGHT = 36;
const NOTE_HEIGHT = 20;
const LABEL_CHARS = 42;

/** The shapes that ladders use, once for a page. */
export const LADDER_SHAPES =
  `<svg class="shapes" width="0" height="0" aria-hidden="true"><defs>` +
  `<path id="to-sender" d="M0 0l-9-4v8z"/><path id="to-receiver" d="M0 0l9-4v8z"/>` +
  `<path id="stopped" d="M-5-5l10 10M-5 5l10-10"/></defs></svg>`;

/**
 * The SVG of a ladder. It needs {@link LADDER_SHAPES} on the page, and room on its left for times.
 *
 * @param failedStep - the step whose rungs are marked.
 */
export function svgLadder(ladder: Ladder, failedStep: number | undefined): string {
  let y = HEAD_HEIGHT;
  let time = "";
  const rungs = ladder.rungs.map((rung) => {
    const top = y;
    const height = isNote(rung) ? NOTE_HEIGHT : RUNG_HEIGHT;
    y += height;
    const at = timeOf(rung);
    const stamp = at === time ? "" : at;
    time = at;
    const isFailed = rung.step === failedStep;
    const band = isFailed ? `<rect class="band" y="${top}" width="100%" height="${height}"/>` : "";
    return `${band}${draw(rung, ladder.port, top, stamp)}`;
  });
  const bottom = y + 6;
  const [left, right] =
    ladder.port === "receiver" ? ["(the port)", "(the kit)"] : ["(the kit)", "(the port)"];
  return (
    `<svg class="ladder" height="${bottom}" role="group" aria-label="Exchange between receiver and sender">` +
    `<text class="end" x="0" y="13">receiver ${left}</text>` +
    `<text class="end r" x="100%" y="13">sender ${right}</text>` +
    `<path class="rail" d="M0 ${HEAD_HEIGHT - 4}V${bottom}"/>` +
    `<line class="rail" x1="100%" x2="100%" y1="${HEAD_HEIGHT - 4}" y2="${bottom}"/>` +
    `${rungs.join("")}</svg>`
  );
}

/** What is never sent is drawn as a note: it has no way to go. */
function isNote({ to, missing }: Rung): boolean {
  return to === undefined || missing === true;
}

function timeOf({ at_us }: Rung): string {
  return `${Number((at_us / 1000).toFixed(3))} ms`;
}

function draw(rung: Rung, port: Ladder["port"], top: number, stamp: string): string {
  const body = isNote(rung) ? note(rung, port, top) : datagram(rung, port, top);
  const line = top + (isNote(rung) ? 14 : 30);
  const time = stamp === "" ? "" : `<text class="time" x="-10" y="${line}">${stamp}</text>`;
  return `<g>${time}${body}</g>`;
}

function note({ what, missing, lost, refused }: Rung, port: Ladder["port"], top: number): string {
  const isLeft = port === "receiver";
  const x = isLeft ? "0" : "100%";
  const stopped = lost === true ? "lost" : refused;
  const said = missing === true ? `must come: ${what}` : what;
  const text = label(stopped === undefined ? said : `${said} ✗ ${stopped}`);
  const kind = missing === true ? " missing" : stopped === undefined ? "" : " stopped";
  return (
    `<circle class="dot${kind}" cx="${x}" cy="${top + 10}" r="3.5"/>` +
    `<text class="note${kind}${isLeft ? "" : " r"}" x="${x}" dx="${isLeft ? 10 : -10}" y="${top + 14}">${text.full}${text.markup}</text>`
  );
}

function datagram(rung: Rung, port: Ladder["port"], top: number): string {
  const { to, what, tokens, lost, refused } = rung;
  const y = top + 26;
  const toSender = to === "sender";
  const [from, target] = toSender ? ["0", "100%"] : ["100%", "0"];
  const stopped = lost === true ? "lost" : refused;
  const by = to === port ? "kit" : "port";
  const text = label(what, tokens);
  const head = `<text class="what" x="50%" y="${top + 15}">${text.full}${text.markup}</text>`;
  if (stopped === undefined) {
    return (
      `${head}<line class="${by}" x1="${from}" x2="${target}" y1="${y}" y2="${y}"/>` +
      `<use class="${by}" href="#to-${toSender ? "sender" : "receiver"}" x="${target}" y="${y}"/>`
    );
  }
  const reason = escapeMarkup(stopped);
  const way = lost === true ? "stopped lost" : "stopped";
  return (
    `${head}<line class="${way}" x1="${from}" x2="50%" y1="${y}" y2="${y}"/>` +
    `<use class="stopped" href="#stopped" x="50%" y="${y}"/>` +
    `<text class="reason${toSender ? "" : " r"}" x="50%" dx="${toSender ? 10 : -10}" y="${y + 4}">${reason}</text>`
  );
}

/** A label cut to what a phone shows, token indexes marked; `full` shows all of it on hover. */
function label(what: string, tokens?: string): { readonly full: string; readonly markup: string } {
  const chars = Array.from(what);
  const isLong = chars.length > LABEL_CHARS;
  const shown = isLong ? `${chars.slice(0, LABEL_CHARS - 1).join("")}…` : what;
  const full = isLong ? `<title>${escapeMarkup(what)}</title>` : "";
  const at = tokens === undefined ? -1 : shown.indexOf(tokens);
  if (tokens === undefined || at < 0) return { full, markup: escapeMarkup(shown) };
  const before = escapeMarkup(shown.slice(0, at));
  const after = escapeMarkup(shown.slice(at + tokens.length));
  return { full, markup: `${before}<tspan class="tokens">${escapeMarkup(tokens)}</tspan>${after}` };
}
