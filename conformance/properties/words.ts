// A difference in words: what SPEC does at a time, and what the port did.

import type { OutputJson, StepResponse } from "../../vectors/generate/model/lines.js";
import { normalOutputs } from "../engine/normal-form.js";
import type { Failure } from "../engine/verdict.js";
import { describeDatagram } from "../report/describe-packet.js";
import { isSameOutput, ms } from "./invariant.js";

/** One sentence: `at 120.000 ms SPEC sends 3: [3,7), your port sent nothing`. */
export function inWords(
  failure: Failure,
  now: number,
  expected: StepResponse,
  got: StepResponse,
): string {
  const at = `at ${ms(now)} SPEC`;
  switch (failure.kind) {
    case "result": {
      const place = expected.results.findIndex((result, i) => result !== got.results[i]);
      const [must, has] = [expected.results[place], got.results[place]];
      return `${at} ${taken(must)} this input, your port ${has === undefined ? "said nothing of" : taken(has)} it`;
    }
    case "deadline":
    case "timer":
      return `after the step at ${ms(now)} SPEC's deadline is ${deadline(expected)}, your port's is ${deadline(got)}`;
    case "view":
      return `at ${ms(now)} ${failure.summary}`;
    default: {
      const [want, have] = firstDifferent(expected, got);
      const detail =
        want?.type === "transmit" && have?.type === "transmit" ? `: ${failure.summary}` : "";
      return `${at} ${does(want)}, your port ${did(have, want)}${detail}`;
    }
  }
}

function taken(result: string | null | undefined): string {
  return result === null || result === undefined ? "accepts" : `refuses (${result})`;
}

function deadline({ deadline: at, timer }: StepResponse): string {
  return at === null ? "none" : `${timer ?? "?"} at ${ms(at)}`;
}

type Pair = readonly [want: OutputJson | undefined, have: OutputJson | undefined];

function firstDifferent(expected: StepResponse, got: StepResponse): Pair {
  const wanted = normalOutputs(expected.outputs);
  const given = normalOutputs(got.outputs);
  for (let i = 0; i < Math.max(wanted.length, given.length); i += 1) {
    const [want, have] = [wanted[i], given[i]];
    if (!isSameOutput(want, have)) return [want, have];
  }
  return [undefined, undefined];
}

function does(output: OutputJson | undefined): string {
  return output === undefined ? "does nothing" : verb(output, "sends");
}

function did(output: OutputJson | undefined, wanted: OutputJson | undefined): string {
  if (output !== undefined) return verb(output, "sent");
  return wanted?.type === "transmit" ? "sent nothing" : "did nothing";
}

function verb(output: OutputJson, send: string): string {
  switch (output.type) {
    case "transmit":
      return `${send} ${describeDatagram(output.datagram)}`;
    case "render":
      return `renders ${output.tokens.length} from ${output.index}`;
    case "end":
      return `delivers the End of ${output.final_count}`;
    case "phase":
      return `is ${output.phase} (${output.cause})`;
    case "stop":
      return `reports Stop ${output.reason}`;
  }
}
