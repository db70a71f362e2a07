// The exchange of a session as a ladder, receiver on the left and sender on the right as in SPEC.md. What
// is lost or discarded ends in an X: a lost message must never look like a delivered one.

import { decode, fromHex } from "../../vectors/generate/model/codec.js";
import type { InputJson, StepResponse } from "../../vectors/generate/model/lines.js";
import type { SessionCase, SessionStep } from "../engine/case.js";
import { describeDatagram } from "./describe-packet.js";

/** One line of a ladder. */
interface Rung {
  readonly atUs: number;
  readonly type: "from-port" | "to-port" | "note";
  readonly text: string;
  /** Why it does not arrive, or is not accepted. */
  readonly lost?: string;
}

const WIDTH = 62;
const TIME_WIDTH = 10;

/**
 * The ladder of a session up to a step.
 *
 * @param answers - what the port answered to each step so far; where there is none what must follow is
 * drawn.
 * @param rungsMax - how many lines at most, the latest kept.
 */
export function ladder(
  session: SessionCase,
  lastStep: number,
  answers: readonly (StepResponse | undefined)[],
  rungsMax: number,
): string[] {
  const isReceiver = session.role === "receiver";
  const steps = session.steps.slice(0, lastStep + 1);
  const lost = lostNumbers(session);
  const seen = new Map<number, number>();
  const rungs = steps.flatMap((step, index) => [
    ...step.inputs.flatMap((input, place) => [
      ...gapBefore(input, seen),
      inputRung(input, step.expect.results[place] ?? null),
    ]),
    ...outputRungs(step, answers[index] ?? step.expect, lost),
  ]);
  const shown = rungs.slice(-rungsMax);
  const [left, right] = isReceiver
    ? ["receiver (the port)", "sender (the kit)"]
    : ["receiver (the kit)", "sender (the port)"];
  const gap = " ".repeat(Math.max(1, WIDTH + 4 - left.length - right.length));
  return [
    `${" ".repeat(TIME_WIDTH)} ${left}${gap}${right}`,
    ...(shown.length < rungs.length
      ? [`${" ".repeat(TIME_WIDTH)} … ${rungs.length - shown.length} before`]
      : []),
    ...shown.map((rung) => draw(rung, isReceiver)),
  ];
}

function inputRung(input: InputJson, result: string | null): Rung {
  const refused = result === null ? {} : { lost: result };
  const { at: atUs } = input;
  switch (input.type) {
    case "receive":
      return { atUs, type: "to-port", text: describeDatagram(input.datagram), ...refused };
    case "push":
      return { atUs, type: "note", text: `push of ${input.tokens.length} tokens`, ...refused };
    case "gate":
      return {
        atUs,
        type: "note",
        text: `the gate ${input.open ? "opens" : "closes"}`,
        ...refused,
      };
    case "finish":
    case "stop":
      return { atUs, type: "note", text: `${input.type}, reason ${input.reason}`, ...refused };
    case "abort":
      return { atUs, type: "note", text: `abort, error ${input.error_code}`, ...refused };
    case "pause":
      return { atUs, type: "note", text: "pause", ...refused };
  }
}

/** Numbers that the kit's side skips were sent and lost: that is what the script plays. */
function gapBefore(input: InputJson, seen: Map<number, number>): Rung[] {
  if (input.type !== "receive") return [];
  const { ok } = decode(fromHex(input.datagram));
  if (ok?.packet_number === undefined) return [];
  const { epoch = 0 } = ok;
  const number = Number(ok.packet_number);
  const highest = seen.get(epoch) ?? 0;
  seen.set(epoch, Math.max(highest, number));
  if (number <= highest + 1 || (highest === 0 && number > 16)) return [];
  const text = number === highest + 2 ? `${highest + 1}` : `${highest + 1} to ${number - 1}`;
  return [{ atUs: input.at, type: "to-port", text, lost: "lost" }];
}

function outputRungs(step: SessionStep, answer: StepResponse, lost: ReadonlySet<string>): Rung[] {
  return answer.outputs.map((output): Rung => {
    const atUs = step.now;
    if (output.type === "transmit") {
      const text = describeDatagram(output.datagram);
      const rung = { atUs, type: "from-port", text } as const;
      return lost.has(numberIn(output.datagram)) ? { ...rung, lost: "lost" } : rung;
    }
    const text =
      output.type === "render"
        ? `renders ${output.tokens.length} from ${output.index}`
        : output.type === "phase"
          ? `is ${output.phase} (${output.cause})`
          : output.type === "end"
            ? `End of ${output.final_count}, reason ${output.reason}`
            : `Stop, reason ${output.reason}`;
    return { atUs, type: "note", text };
  });
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

function draw({ atUs, type, text, lost }: Rung, portIsLeft: boolean): string {
  const time = `${(atUs / 1000).toFixed(3)} ms`.padStart(TIME_WIDTH);
  if (type === "note") return `${time} |  · ${text}${lost === undefined ? "" : `  X ${lost}`}`;
  const goesRight = (type === "from-port") === portIsLeft;
  const label = ` ${text.length > WIDTH - 14 ? `${text.slice(0, WIDTH - 15)}…` : text} `;
  if (lost === undefined) {
    const line = label.padEnd(WIDTH - 5, "-");
    return goesRight ? `${time} | --${line}--> |` : `${time} | <--${line}-- |`;
  }
  const end = `X ${lost}`;
  const line = label.padEnd(Math.max(label.length + 2, WIDTH - 9 - end.length), "-");
  return goesRight
    ? `${time} | --${line}${end}`.padEnd(TIME_WIDTH + WIDTH + 3)
    : `${time} | ${end} ${line}-- |`;
}
