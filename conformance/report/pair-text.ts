// Pairs of ports for a terminal: a matrix with one cell for each pair and preset, and the first fault of
// each kind in full, with the datagram, the exchange around it and the command that replays it.

import { annotate } from "../pair/annotate.js";
import type { Hello } from "../driver/protocol.js";
import type { TraceEntry } from "../pair/path.js";
import type { SessionResult } from "../pair/session.js";
import type { Fault } from "../pair/fault.js";
import { shorten } from "../driver/schema.js";
import { describeDatagram } from "./describe-packet.js";
import { shellWord } from "./failure-text.js";
import { ladderLines } from "./ladder.js";
import type { Ladder, Rung } from "./rungs.js";
import { count, wrap, type Paint } from "./style.js";
import { visible } from "./visible.js";

/** A port in the matrix. */
export interface Player {
  /** A letter, or `ref` for the bundled reference. */
  readonly label: string;
  readonly hello: Hello;
  /** Empty for the bundled reference. */
  readonly command: readonly string[];
}

/** A pair in one weather: sessions up to the first fault. */
export interface Cell {
  readonly sender: Player;
  readonly receiver: Player;
  readonly preset: string;
  readonly sessions: readonly SessionResult[];
}

/** All that was played. */
export interface PairRecord {
  readonly players: readonly Player[];
  readonly cells: readonly Cell[];
  readonly seed: number;
  readonly tokens: number;
}

const CELL_WIDTH = 14;
const WIDTH = 84;
const INDENT = " ".repeat(12);
const RUNGS_MAX = 12;
const SHOWN_IN_FULL = 3;
const LISTED = 12;

/** The text of a matrix, faults first. */
export function pairText(record: PairRecord, paint: Paint): string {
  const { cells } = record;
  const folds = foldFaults(cells);
  const full = folds
    .slice(0, SHOWN_IN_FULL)
    .flatMap(({ cell, fault, others }) => [
      faultText(cell, fault, record, paint),
      ...(others.length === 0 ? [] : [`  and the same in ${someOf(others)}`]),
      "",
    ]);
  const rest = folds.slice(SHOWN_IN_FULL);
  const short = rest
    .slice(0, LISTED)
    .map(({ cell, fault }) => `  ${pairName(cell)}, ${cell.preset}: ${visible(fault.summary)}`);
  const more = rest.length > LISTED ? [`  … ${rest.length - LISTED} more`] : [];
  const folded = short.length === 0 ? [] : ["More faults:", ...short, ...more, ""];
  const failed = cells.filter((cell) => faultOf(cell) !== undefined).length;
  const verdict =
    failed === 0
      ? paint("green", `${count(cells.length, "cell")}: all pass.`)
      : paint("red", `${failed} of ${count(cells.length, "cell")} fail.`);
  return [...full, ...folded, ...matrix(record, paint), "", verdict].join("\n");
}

function someOf(names: readonly string[]): string {
  const more = names.length > LISTED ? `, and ${names.length - LISTED} more` : "";
  return wrap(`${names.slice(0, LISTED).join(", ")}${more}`, WIDTH, "  ");
}

function matrix({ players, cells, seed, tokens }: PairRecord, paint: Paint): string[] {
  const presets = [...new Set(cells.map(({ preset }) => preset))];
  const pairs = [...new Set(cells.map(pairName))];
  const labelWidth = Math.max(...pairs.map((name) => name.length)) + 2;
  const widest = Math.max(...players.map(({ label }) => label.length));
  return [
    ...players.map(({ label, hello }) => {
      const { name, version, roles } = hello;
      return visible(`${label.padEnd(widest)}  ${name} ${version} (${roles.join(", ")})`);
    }),
    "",
    `${" ".repeat(labelWidth)}${presets.map((name) => name.padEnd(CELL_WIDTH)).join("")}`.trimEnd(),
    ...pairs.flatMap((name) => {
      const row = cells.filter((cell) => pairName(cell) === name);
      const [first = "", second = ""] = rowLines(row, paint);
      return [`${name.padEnd(labelWidth)}${first}`, `${" ".repeat(labelWidth)}${second}`];
    }),
    "",
    `Each cell: virtual seconds to the End; datagrams, and how often each of ${count(tokens, "token")} was sent.`,
    `Seed ${seed}; each cell also plays an abort and a stop.`,
  ];
}

function rowLines(row: readonly Cell[], paint: Paint): string[] {
  const cells = row.map((cell): [string, string] => {
    const fault = faultOf(cell);
    const [main] = cell.sessions;
    const shown = fault === undefined ? main : cell.sessions.at(-1);
    const seconds = `${((shown?.atUs ?? 0) / 1_000_000).toFixed(2)} s`;
    if (fault !== undefined) {
      const what = shorten(fault.code ?? fault.kind, CELL_WIDTH - 1).slice(0, CELL_WIDTH - 1);
      return [paint("red", `FAIL ${seconds}`.padEnd(CELL_WIDTH)), what.padEnd(CELL_WIDTH)];
    }
    const { datagrams = 0, carried = 0, pushed = 0 } = main ?? {};
    const ratio = pushed === 0 ? "" : `  x${(carried / pushed).toFixed(2)}`;
    return [
      paint("green", "ok".padEnd(4)) + seconds.padEnd(CELL_WIDTH - 4),
      `${datagrams}${ratio}`.padEnd(CELL_WIDTH),
    ];
  });
  return [0, 1].map((line) =>
    cells
      .map((lines) => lines[line])
      .join("")
      .trimEnd(),
  );
}

function pairName({ sender, receiver }: Cell): string {
  return `${sender.label} to ${receiver.label}`;
}

function faultOf({ sessions }: Cell): Fault | undefined {
  return sessions.at(-1)?.fault;
}

/** Faults alike, of one port in one role, in the order of the matrix. */
function foldFaults(cells: readonly Cell[]) {
  const folds = new Map<string, { cell: Cell; fault: Fault; others: string[] }>();
  for (const cell of cells) {
    const fault = faultOf(cell);
    if (fault === undefined) continue;
    const { kind, side, code = "" } = fault;
    // A datagram that is discarded can be the fault of either.
    const whose =
      fault.datagram === undefined || kind === "untrue" ? cell[side].label : pairName(cell);
    const key = `${whose} ${side} ${kind} ${code}`;
    const fold = folds.get(key);
    if (fold === undefined) folds.set(key, { cell, fault, others: [] });
    else fold.others.push(`${pairName(cell)} ${cell.preset}`);
  }
  return [...folds.values()];
}

function faultText(cell: Cell, fault: Fault, record: PairRecord, paint: Paint): string {
  const row = (label: string, text: string, style?: "cyan"): string => {
    const body = wrap(visible(text), WIDTH, INDENT);
    return `  ${label.padEnd(10)}${style === undefined ? body : paint(style, body)}`;
  };
  const session = cell.sessions.at(-1);
  const { datagram, judgement, stderr } = fault;
  return [
    paint("red", `FAIL ${paint("bold", visible(fault.summary))}`),
    row(
      "where",
      `${pairName(cell)}, preset ${cell.preset}, ${session?.plot ?? ""}, ${at(session)}`,
    ),
    ...(judgement === undefined ? [] : [row("who", judgement)]),
    ...(stderr === undefined ? [] : [row("stderr", shorten(stderr.replace(/\n/g, " / "), 320))]),
    ...(datagram === undefined ? [] : annotate(datagram).map((line) => `  ${line}`)),
    ...ladderOf(cell, session?.trace ?? []).map((line) => `  ${visible(line)}`),
    row("replay", replay(cell, record), "cyan"),
  ].join("\n");
}

function at(session: SessionResult | undefined): string {
  return `at ${((session?.atUs ?? 0) / 1000).toFixed(3)} ms`;
}

function ladderOf({ sender, receiver }: Cell, trace: readonly TraceEntry[]): string[] {
  if (trace.length === 0) return [];
  const shown = trace.slice(-RUNGS_MAX);
  const rungs = shown.map(rung);
  const ladder: Ladder = { port: "sender", before: trace.length - shown.length, rungs };
  const [header = "", ...lines] = ladderLines(ladder, RUNGS_MAX);
  const left = `receiver (${receiver.label})`;
  const right = `sender (${sender.label})`;
  const margin = header.length - header.trimStart().length;
  const gap = " ".repeat(Math.max(1, header.length - margin - left.length - right.length));
  return [`${" ".repeat(margin)}${left}${gap}${right}`, ...lines.map((line) => line.trimEnd())];
}

function rung(entry: TraceEntry): Rung {
  const place = { step: 0, at_us: entry.atUs };
  if (entry.type === "note") return { ...place, what: `${entry.side} ${entry.text}` };
  const to = entry.side === "sender" ? "receiver" : "sender";
  const what = describeDatagram(entry.datagram);
  const { stopped } = entry;
  if (stopped === undefined) return { ...place, to, what };
  return stopped === "lost"
    ? { ...place, to, what, lost: true }
    : { ...place, to, what, refused: stopped };
}

function replay({ sender, receiver, preset }: Cell, { seed, tokens }: PairRecord): string {
  const commands = [...new Set([sender.command, receiver.command])]
    .filter((command) => command.length > 0)
    .map((command) => command.map(shellWord).join(" "));
  const options = `--preset ${preset} --seed ${seed} --tokens ${tokens}`;
  const base = `npx chatterbox-conformance pair ${options}`;
  return commands.length === 0 ? base : `${base} -- ${commands.join(" ---- ")}`;
}
