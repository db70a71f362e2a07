// One failure that explains itself on one screen: the clause, why the case exists, what was expected and
// what came, the exchange, the likely next step and the command that replays it.

import type { StepResponse } from "../../vectors/generate/model/lines.js";
import type { PacketJson } from "../../vectors/generate/model/packet-json.js";
import type { Reply } from "../driver/protocol.js";
import { shorten } from "../driver/schema.js";
import { normalPacket } from "../engine/normal-form.js";
import { isObject, type Json } from "../json.js";
import type { CaseResult, Exchange, Failure } from "../engine/verdict.js";
import { clauses } from "./clauses.js";
import { describeDatagram, describePacket } from "./describe-packet.js";
import { hintFor } from "./hint.js";
import { ladder } from "./ladder.js";
import { wrap, type Paint } from "./style.js";

const WIDTH = 84;
const INDENT = " ".repeat(12);
const RUNGS_MAX = 9;

/** The screen of a failed case. */
export function failureText(
  result: CaseResult,
  command: readonly string[] | undefined,
  paint: Paint,
): string {
  const failure = result.failure;
  if (failure === undefined) return "";
  const row = (label: string, text: string, style?: "cyan" | "dim"): string => {
    const body = wrap(text, WIDTH, INDENT);
    return `  ${label.padEnd(10)}${style === undefined ? body : paint(style, body)}`;
  };
  const where = failure.step === undefined ? "" : `, step ${failure.step}`;
  const lines = [
    paint("red", `FAIL ${paint("bold", result.id)}  ${failure.kind}${where}`),
    ...result.clauses.slice(0, 1).map((id) => row(id, clauses().get(id)?.text ?? "?", "dim")),
    ...(result.case === undefined ? [] : [row("why", result.case.why)]),
    row("what", failure.summary),
    ...comparison(failure).map(([label, text]) => row(label, text)),
    ...(failure.line === undefined ? [] : [row("line", failure.line)]),
    ...(failure.stderr === undefined
      ? []
      : [row("stderr", shorten(failure.stderr.replace(/\n/g, " / "), 320))]),
    ...exchangeLines(result, failure).map((line) => `  ${line}`),
    ...[hintFor(failure)].flatMap((hint) => (hint === undefined ? [] : [row("next", hint)])),
    `  ${"replay".padEnd(10)}${paint("cyan", replayCommand(result.id, command))}`,
  ];
  return lines.join("\n");
}

/** The command that runs one case again. */
export function replayCommand(id: string, command: readonly string[] | undefined): string {
  const base = `npx chatterbox-conformance run --only ${id}`;
  return command === undefined ? base : `${base} -- ${command.map(shellWord).join(" ")}`;
}

function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replace(/'/g, `'\\''`)}'`;
}

function comparison({ expected, got, field }: Failure): (readonly [string, string])[] {
  if (expected === undefined && got === undefined) return [];
  return [
    ...(field === undefined ? [] : [["field", field] as const]),
    ["expected", describe(expected)],
    ["got", describe(got)],
  ];
}

/** A value for people: datagrams decoded, the rest as JSON, cut. */
function describe(value: Json | undefined): string {
  if (value === undefined || value === null) return "nothing";
  if (isObject(value)) {
    if (typeof value.datagram === "string") {
      return `${describeDatagram(value.datagram)}  (${shorten(value.datagram, 96)})`;
    }
    if (isObject(value.packet)) {
      const packet = normalPacket(value.packet) as PacketJson;
      return `${describePacket(packet)}  ${shorten(JSON.stringify(packet))}`;
    }
  }
  return shorten(JSON.stringify(value));
}

function exchangeLines(result: CaseResult, failure: Failure): string[] {
  const { case: item, exchange = [] } = result;
  if (item === undefined) return [];
  if (item.type === "session") {
    const answers = stepAnswers(exchange);
    const last = failure.step ?? answers.length;
    // What is kept of the exchange are its latest steps.
    const from = Math.max(0, last + 1 - answers.length);
    return ladder(
      item,
      last,
      [...Array.from({ length: from }, () => undefined), ...answers],
      RUNGS_MAX,
    );
  }
  return exchange.flatMap(({ request, reply }) => [
    `> ${shorten(request.cmd === "decode" ? `decode ${request.datagram}` : JSON.stringify(request), WIDTH)}`,
    `< ${replyText(reply)}`,
  ]);
}

function replyText(reply: Reply): string {
  switch (reply.type) {
    case "ok":
      return shorten(`ok ${describe(reply.value)}`, WIDTH);
    case "reject":
      return `reject ${reply.code}`;
    case "unsupported":
      return `unsupported ${reply.what}`;
    case "fault":
    case "broken":
      return reply.type;
  }
}

function stepAnswers(exchange: readonly Exchange[]): (StepResponse | undefined)[] {
  return exchange
    .filter(({ request }) => request.cmd === "step")
    .map(({ reply }) =>
      reply.type === "ok" ? (reply.value as unknown as StepResponse) : undefined,
    );
}
