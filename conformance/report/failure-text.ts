// One failure that explains itself on one screen: the clause, why the case exists, what was expected and
// what came, the exchange, the likely next step and the command that replays it.

import { shorten } from "../driver/schema.js";
import type { Failure } from "../engine/verdict.js";
import { describeValue } from "./describe-packet.js";
import type { FailedCase } from "./folds.js";
import { hintFor } from "./hint.js";
import { ladderLines } from "./ladder.js";
import type { Report } from "./report.js";
import { wrap, type Paint } from "./style.js";
import { visible } from "./visible.js";

const WIDTH = 84;
const INDENT = " ".repeat(12);
const RUNGS_MAX = 9;

/** The screen of a failed case. */
export function failureText(item: FailedCase, report: Report, paint: Paint): string {
  const { failure } = item;
  const sentence = (id: string): string =>
    report.clauses.sentences.find((clause) => clause.id === id)?.text ?? "?";
  const row = (label: string, text: string, style?: "cyan" | "dim"): string => {
    const body = wrap(visible(text), WIDTH, INDENT);
    return `  ${label.padEnd(10)}${style === undefined ? body : paint(style, body)}`;
  };
  const where = failure.step === undefined ? "" : `, step ${failure.step}`;
  const lines = [
    paint("red", `FAIL ${paint("bold", visible(item.id))}  ${failure.kind}${where}`),
    ...item.clauses.slice(0, 1).map((id) => row(id, sentence(id), "dim")),
    ...(item.why === undefined ? [] : [row("why", item.why)]),
    row("what", failure.summary),
    ...comparison(failure).map(([label, text]) => row(label, text)),
    ...(failure.line === undefined ? [] : [row("line", failure.line)]),
    ...(failure.stderr === undefined
      ? []
      : [row("stderr", shorten(failure.stderr.replace(/\n/g, " / "), 320))]),
    ...exchangeLines(item).map((line) => `  ${visible(line)}`),
    ...[hintFor(failure)].flatMap((hint) => (hint === undefined ? [] : [row("next", hint)])),
    `  ${"replay".padEnd(10)}${paint("cyan", visible(replayCommand(item.id, report.command, report.seed)))}`,
  ];
  return lines.join("\n");
}

/** The command that runs one case again. */
export function replayCommand(id: string, command: readonly string[], seed?: number): string {
  const drawn = id.startsWith("properties/") && seed !== undefined ? ` --seed ${seed}` : "";
  const base = `npx chatterbox-conformance run --only ${shellWord(id)}${drawn}`;
  return command.length === 0 ? base : `${base} -- ${command.map(shellWord).join(" ")}`;
}

/** A word as a shell takes it. */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replace(/'/g, `'\\''`)}'`;
}

/** What was expected and what came, by label; empty where a failure is no comparison. */
export function comparison({
  expected,
  got,
  field,
}: Failure): readonly (readonly [label: string, text: string])[] {
  if (expected === undefined && got === undefined) return [];
  return [
    ...(field === undefined ? [] : [["field", field] as const]),
    ["expected", describeValue(expected)],
    ["got", describeValue(got)],
  ];
}

function exchangeLines({ ladder, exchange = [] }: FailedCase): string[] {
  if (ladder !== undefined) return ladderLines(ladder, RUNGS_MAX);
  return exchange.flatMap(({ request, reply }) => [
    `> ${shorten(request, WIDTH)}`,
    `< ${shorten(reply, WIDTH)}`,
  ]);
}
