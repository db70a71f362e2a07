// The exchange of a session as data, for every form of ladder: what was sent when, by whom, and what
// became of it. Lost are numbers that the script skips or never acknowledges; it knows no drawing.

import { decode, fromHex } from "../../vectors/generate/model/codec.js";
import type { InputJson, OutputJson, StepResponse } from "../../vectors/generate/model/lines.js";
import type { SessionCase, SessionStep } from "../engine/case.js";
import type { CaseResult, Exchange, Failure } from "../engine/verdict.js";
import { isObject } from "../json.js";
import { describeDatagram, tokenRange } from "./describe-packet.js";

/** One line of a ladder, as report.json has it. */
export interface Rung {
  /** The step of the script, from 0. */
  readonly step: number;
  readonly at_us: number;
  /** Where a datagram goes; absent for what happens at the port itself. */
  readonly to?: "receiver" | "sender";
  readonly what: string;
  /** The indexes of its tokens: `[1,3)`. */
  readonly tokens?: string;
  /** It does not arrive. */
  readonly lost?: true;
  /** The code with which it is discarded or refused on arrival. */
  readonly refused?: string;
  /** It must follow here, and did not. */
  readonly missing?: true;
}

/** The latest rungs of an exchange. The receiver stands left, the sender right, as in SPEC.md. */
export interface Ladder {
  /** Which of both is the port; the kit plays the other. */
  readonly port: "receiver" | "sender";
  /** How many earlier rungs are left out. */
  readonly before: number;
  readonly rungs: readonly Rung[];
}

/**
 * The ladder of a session up to a step.
 *
 * @param answers - what the port answered to each step so far; where there is none, what must follow is
 * taken.
 */
export function sessionLadder(
  session: SessionCase,
  lastStep: number,
  answers: readonly (StepResponse | undefined)[],
): Ladder {
  const lost = lostNumbers(session);
  const seen = new Map<number, number>();
  const port = portOf(session);
  const rungs = session.steps.slice(0, lastStep + 1).flatMap((step, index) => {
    const answer = answers[index] ?? step.expect;
    return [
      ...inputRungs(step, answer, index, port, seen),
      ...outputRungs(answer, { step: index, at_us: step.now }, port, lost),
    ];
  });
  return { port, before: 0, rungs };
}

/** The ladder of a failed session up to the step that failed; `undefined` for other cases. */
export function failedLadder(
  { case: item, exchange = [] }: CaseResult,
  failure: Failure,
): Ladder | undefined {
  if (item?.type !== "session") return undefined;
  const kept = stepAnswers(exchange);
  const last = failure.step ?? kept.length;
  const step = item.steps[last];
  // What is kept of the exchange are its latest steps.
  const answers = [...Array.from({ length: Math.max(0, last + 1 - kept.length) }), ...kept] as (
    StepResponse | undefined
  )[];
  const ladder = sessionLadder(item, last, answers);
  if (step === undefined || failure.step === undefined) return ladder;
  if (answers[last] !== undefined) {
    return { ...ladder, rungs: [...ladder.rungs, ...missingRung(failure, last, step.now, item)] };
  }
  // There is no answer: what must follow did not.
  const answered = ladder.rungs.length - step.expect.outputs.length;
  const rungs = ladder.rungs.map((rung, place) =>
    place < answered ? rung : ({ ...rung, missing: true } as const),
  );
  return { ...ladder, rungs };
}

/** A ladder with the latest rungs only. */
export function latestRungs(ladder: Ladder, most: number): Ladder {
  const left = Math.max(0, ladder.rungs.length - most);
  return { ...ladder, before: ladder.before + left, rungs: ladder.rungs.slice(left) };
}

function portOf({ role }: SessionCase): Ladder["port"] {
  return role === "receiver" ? "receiver" : "sender";
}

function otherEnd(port: Ladder["port"]): Ladder["port"] {
  return port === "receiver" ? "sender" : "receiver";
}

function stepAnswers(exchange: readonly Exchange[]): (StepResponse | undefined)[] {
  return exchange
    .filter(({ request }) => request.cmd === "step")
    .map(({ reply }) =>
      reply.type === "ok" ? (reply.value as unknown as StepResponse) : undefined,
    );
}

function missingRung(
  { kind, expected }: Failure,
  step: number,
  now: number,
  session: SessionCase,
): Rung[] {
  if (kind !== "missing-output" && kind !== "wrong-output") return [];
  if (!isObject(expected) || typeof expected.type !== "string") return [];
  const output = expected as unknown as OutputJson;
  const rung = outputRung(output, { step, at_us: now }, portOf(session), new Set());
  return [{ ...rung, missing: true }];
}

type Place = Pick<Rung, "step" | "at_us">;

function inputRungs(
  { inputs }: SessionStep,
  { results }: StepResponse,
  step: number,
  port: Ladder["port"],
  seen: Map<number, number>,
): Rung[] {
  return inputs.flatMap((input, place) => {
    const at = { step, at_us: input.at };
    const code = results[place] ?? null;
    const refused = code === null ? {} : { refused: code };
    if (input.type !== "receive") return [{ ...at, what: describeInput(input), ...refused }];
    const range = tokenRange(input.datagram);
    const tokens = range === undefined ? {} : { tokens: range };
    const what = describeDatagram(input.datagram);
    return [...gapBefore(input, at, port, seen), { ...at, to: port, what, ...tokens, ...refused }];
  });
}

function describeInput(input: Exclude<InputJson, { type: "receive" }>): string {
  switch (input.type) {
    case "push":
      return `push of ${input.tokens.length} tokens`;
    case "gate":
      return `the gate ${input.open ? "opens" : "closes"}`;
    case "finish":
    case "stop":
      return `${input.type}, reason ${input.reason}`;
    case "abort":
      return `abort, error ${input.error_code}`;
    case "pause":
      return "pause";
  }
}

/** Numbers that the kit's side skips were sent and lost: that is what the script plays. */
function gapBefore(
  input: Extract<InputJson, { type: "receive" }>,
  at: Place,
  to: Ladder["port"],
  seen: Map<number, number>,
): Rung[] {
  const { ok } = decode(fromHex(input.datagram));
  if (ok?.packet_number === undefined) return [];
  const { epoch = 0 } = ok;
  const number = Number(ok.packet_number);
  const highest = seen.get(epoch) ?? 0;
  seen.set(epoch, Math.max(highest, number));
  if (number <= highest + 1 || (highest === 0 && number > 16)) return [];
  const what = number === highest + 2 ? `${highest + 1}` : `${highest + 1} to ${number - 1}`;
  return [{ ...at, to, what, lost: true }];
}

function outputRungs(
  { outputs }: StepResponse,
  at: Place,
  port: Ladder["port"],
  lost: ReadonlySet<string>,
): Rung[] {
  return outputs.map((output) => outputRung(output, at, port, lost));
}

function outputRung(
  output: OutputJson,
  at: Place,
  port: Ladder["port"],
  lost: ReadonlySet<string>,
): Rung {
  switch (output.type) {
    case "transmit": {
      const { datagram } = output;
      const range = tokenRange(datagram);
      const tokens = range === undefined ? {} : { tokens: range };
      const rung = { ...at, to: otherEnd(port), what: describeDatagram(datagram), ...tokens };
      return lost.has(numberIn(datagram)) ? { ...rung, lost: true } : rung;
    }
    case "render":
      return { ...at, what: `renders ${output.tokens.length} from ${output.index}` };
    case "phase":
      return { ...at, what: `is ${output.phase} (${output.cause})` };
    case "end":
      return { ...at, what: `End of ${output.final_count}, reason ${output.reason}` };
    case "stop":
      return { ...at, what: `Stop, reason ${output.reason}` };
  }
}

/** Numbers below an acknowledged one that no ack of the script contains. */
function lostNumbers(session: SessionCase): ReadonlySet<string> {
  const lost = new Set<string>();
  const arrived = new Set<string>();
  for (const input of session.steps.flatMap((step) => step.inputs)) {
    if (input.type !== "receive") continue;
    const { ok } = decode(fromHex(input.datagram));
    if (ok?.ack?.largest === undefined) continue;
    let number = Number(ok.ack.largest);
    for (const [place, length] of (ok.ack.ranges ?? [1]).slice(0, 31).entries()) {
      for (let i = 0; i < Math.min(length, 1024); i += 1) {
        (place % 2 === 0 ? arrived : lost).add(`${ok.epoch ?? 0}/${number - i}`);
      }
      number -= length;
    }
  }
  return new Set([...lost].filter((number) => !arrived.has(number)));
}

function numberIn(datagram: string): string {
  const { ok } = decode(fromHex(datagram));
  return `${ok?.epoch ?? 0}/${ok?.packet_number ?? 0}`;
}
