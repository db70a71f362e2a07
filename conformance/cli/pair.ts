// `pair`: every sender with every receiver, in every weather. Who plays is decided by what the ports claim;
// what a session is, is known in conformance/pair.

import { CannotDrive } from "../driver/cannot-drive.js";
import { greet } from "../driver/child-port.js";
import type { Hello, Port } from "../driver/protocol.js";
import { openPort } from "../engine/conform.js";
import { PRESETS, type Preset } from "../pair/presets.js";
import { PLOTS } from "../pair/script.js";
import { playSession, type SessionResult } from "../pair/session.js";
import type { Side } from "../pair/party.js";
import { pairText, type Cell, type Player } from "../report/pair-text.js";
import { paintFor } from "../report/style.js";
import { referenceCommand } from "./bundled.js";
import { EXIT, UsageError, type ExitCode } from "./exit-code.js";
import { Progress } from "./progress.js";

/** Options of `pair`. */
export interface PairOptions {
  readonly preset?: readonly string[];
  readonly seed: number;
  readonly tokens: number;
  readonly timeout?: number;
}

/** Stands between the commands of two ports. */
const SEPARATOR = "----";

const ROLES: Readonly<Record<Side, readonly string[]>> = {
  sender: ["sender", "sender-exact"],
  receiver: ["receiver"],
};
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
/** Sessions for the plots that are over soon anyway. */
const TOKENS_SHORT = 40;
const BREAKDOWNS_MAX = 5;

/** A port in the matrix, started. */
interface Entrant extends Player {
  readonly port: Port;
  /** Cells in a row in which it broke. */
  breakdowns: number;
}

/** Pairs the commands, which {@link SEPARATOR} parts; one or none is paired with the reference. */
export async function pair(words: readonly string[], options: PairOptions): Promise<ExitCode> {
  const presets = presetsOf(options.preset);
  const commands = split(words);
  const entrants: Entrant[] = [];
  try {
    for (const [place, command] of commands.entries()) {
      entrants.push(await enter(LETTERS[place] ?? "?", command, options));
    }
    if (commands.length < 2) entrants.push(await enter("ref", [], options));
    const pairs = pairsOf(entrants);
    const cells = await playAll(pairs, presets, options);
    const paint = paintFor(process.stdout, process.env);
    process.stdout.write(`${pairText({ players: entrants, cells, ...options }, paint)}\n`);
    const isRight = cells.every(({ sessions }) => sessions.every(({ fault }) => !fault));
    return isRight ? EXIT.conformant : EXIT.nonConformant;
  } finally {
    await Promise.all(entrants.map(({ port }) => port.close()));
  }
}

function presetsOf(names: readonly string[] | undefined): readonly Preset[] {
  const unknown = (names ?? []).find((name) => !PRESETS.some((preset) => preset.name === name));
  if (unknown !== undefined) {
    const known = PRESETS.map(({ name, does }) => `${name} (${does})`).join(", ");
    throw new UsageError(`there is no preset ${unknown}; there are ${known}`);
  }
  return PRESETS.filter(({ name }) => names?.includes(name) ?? true);
}

function split(words: readonly string[]): readonly (readonly string[])[] {
  if (words.length === 0) return [];
  const commands: string[][] = [[]];
  for (const word of words) {
    if (word === SEPARATOR) commands.push([]);
    else commands.at(-1)?.push(word);
  }
  if (commands.some((command) => command.length === 0)) {
    throw new UsageError(`a command is missing before or after ${SEPARATOR}`);
  }
  if (commands.length > LETTERS.length) {
    throw new UsageError(`at most ${LETTERS.length} ports can be paired at once`);
  }
  return commands;
}

async function enter(
  label: string,
  command: readonly string[],
  { timeout }: PairOptions,
): Promise<Entrant> {
  const target = { command: command.length === 0 ? referenceCommand() : command };
  const port = openPort(target, timeout === undefined ? {} : { timeoutMs: timeout });
  try {
    const hello = await greet(port);
    if (!canPlay(hello, "sender") && !canPlay(hello, "receiver")) {
      throw new UsageError(
        `port ${label} (${hello.name}) claims ${hello.roles.join(", ")}: to be paired it must claim receiver or sender-exact`,
      );
    }
    return { label, hello, command, port, breakdowns: 0 };
  } catch (error) {
    await port.close();
    if (error instanceof CannotDrive) throw new CannotDrive(`port ${label}: ${error.message}`);
    throw error;
  }
}

function canPlay({ roles }: Hello, side: Side): boolean {
  return ROLES[side].some((role) => roles.includes(role));
}

type Pair = Readonly<Record<Side, Entrant>>;

/** Every sender with every receiver; the reference with itself only if nobody else is there. */
function pairsOf(entrants: readonly Entrant[]): readonly Pair[] {
  const isAlone = entrants.length === 1;
  const pairs = entrants
    .filter(({ hello }) => canPlay(hello, "sender"))
    .flatMap((sender) =>
      entrants
        .filter(({ hello }) => canPlay(hello, "receiver"))
        .map((receiver) => ({ sender, receiver })),
    )
    .filter((both) => isAlone || both.sender !== both.receiver || both.sender.label !== "ref");
  if (pairs.length > 0) return pairs;
  const lacking = entrants.some(({ hello }) => canPlay(hello, "sender")) ? "receiver" : "sender";
  throw new UsageError(`none of the ports claims to be a ${lacking}: add one after ${SEPARATOR}`);
}

async function playAll(
  pairs: readonly Pair[],
  presets: readonly Preset[],
  options: PairOptions,
): Promise<readonly Cell[]> {
  const cells: Cell[] = [];
  const progress = new Progress(pairs.length * presets.length);
  try {
    for (const both of pairs) {
      for (const preset of presets) {
        const cell = await playCell(both, preset, options);
        cells.push(cell);
        progress.step(`${both.sender.label} to ${both.receiver.label}  ${preset.name}`);
        countBreakdowns(both, cell);
      }
    }
  } finally {
    progress.end();
  }
  return cells;
}

/** All plots, up to the first fault. */
async function playCell(both: Pair, preset: Preset, options: PairOptions): Promise<Cell> {
  const { sender, receiver } = both;
  const name = ({ label }: Player, side: Side): string =>
    sender === receiver ? `${label}-${side}` : label;
  const sessions: SessionResult[] = [];
  for (const plot of PLOTS) {
    const { seed, tokens } = options;
    const result = await playSession({
      parties: { sender: sender.port, receiver: receiver.port },
      names: { sender: name(sender, "sender"), receiver: name(receiver, "receiver") },
      ...{ preset, plot, seed },
      tokens: plot === "finish" ? tokens : Math.min(tokens, TOKENS_SHORT),
    });
    sessions.push(result);
    if (result.fault !== undefined) break;
  }
  return { sender, receiver, preset: preset.name, sessions };
}

/** Gives up on a port that does nothing but break. */
function countBreakdowns(both: Pair, { sessions }: Cell): void {
  const fault = sessions.at(-1)?.fault;
  const broken = fault?.kind === "broken" ? both[fault.side] : undefined;
  for (const entrant of new Set([both.sender, both.receiver])) {
    entrant.breakdowns = entrant === broken ? entrant.breakdowns + 1 : 0;
  }
  if (broken === undefined || broken.breakdowns < BREAKDOWNS_MAX) return;
  const stderr = fault?.stderr === undefined ? "" : `\n  stderr: ${fault.stderr}`;
  throw new CannotDrive(
    `port ${broken.label} broke in ${BREAKDOWNS_MAX} successive cells, at last: ${fault?.summary ?? ""}${stderr}`,
  );
}
