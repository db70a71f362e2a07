// The judge of session vectors: a new endpoint, then each step, compared with all that must follow. The
// comparison is exhaustive both ways: what is missing fails, and what is not listed fails.

import type { InputJson, OutputJson, StepResponse } from "../../vectors/generate/model/lines.js";
import type { Json, JsonObject } from "../json.js";
import type { SessionCase, SessionStep } from "./case.js";
import { firstDifference } from "./difference.js";
import { normalOutputs } from "./normal-form.js";
import { datagramDifference } from "./datagram-difference.js";
import type { Trial } from "./trial.js";
import type { Failure } from "./verdict.js";

const ENDPOINT = "e";

/** Plays the script and compares every answer; the first difference is the failure. */
export async function judgeSession(
  vector: SessionCase,
  trial: Trial,
): Promise<Failure | undefined> {
  const role = vector.role === "receiver" ? "receiver" : "sender";
  const { now, config } = vector;
  const made = await trial.ask({ cmd: "new", endpoint: ENDPOINT, role, now, config });
  if ("failure" in made) return made.failure;
  if (made.answer.type === "reject") {
    const summary = `the port refuses to make a ${role}: ${made.answer.code}`;
    return trial.assert({ kind: "refused-endpoint", summary });
  }
  for (const [index, step] of vector.steps.entries()) {
    const failure = await judgeStep(step, trial);
    if (failure !== undefined) return { ...failure, step: index };
  }
  return undefined;
}

async function judgeStep(step: SessionStep, trial: Trial): Promise<Failure | undefined> {
  const { now, inputs } = step;
  const asked = await trial.ask({ cmd: "step", endpoint: ENDPOINT, now, inputs });
  if ("failure" in asked) return asked.failure;
  if (asked.answer.type === "reject") {
    const summary = `the port rejects the whole step (${asked.answer.code}); what an input was refused for belongs into results`;
    return trial.assert({ kind: "result", summary });
  }
  // The schema has been checked: this is the shape.
  const got = asked.answer.value as unknown as StepResponse;
  return compareStep(step.inputs, step.expect, got, trial);
}

/** The first difference between two answers to a step, told in the order of a reader's interest. */
export function compareStep(
  inputs: readonly InputJson[],
  expected: StepResponse,
  got: StepResponse,
  trial: Trial,
): Failure | undefined {
  return (
    trial.assert(compareResults(inputs, expected, got), expected.results.length) ??
    trial.assert(compareOutputs(expected, got), expected.outputs.length + 1) ??
    trial.assert(compareMember("view", expected, got)) ??
    trial.assert(compareMember("deadline", expected, got)) ??
    trial.assert(compareMember("timer", expected, got))
  );
}

function compareResults(
  inputs: readonly InputJson[],
  expected: StepResponse,
  got: StepResponse,
): Failure | undefined {
  const difference = firstDifference(expected.results, got.results);
  if (difference === undefined) return undefined;
  const place = expected.results.findIndex((result, at) => result !== got.results[at]);
  const input = inputs[place]?.type ?? "input";
  return {
    kind: "result",
    summary: `this ${input} must be ${say(difference.expected)}, the port says ${say(difference.got)}`,
    field: `results${difference.path}`,
    expected: expected.results,
    got: got.results,
  };
}

/** A result in words. */
function say(result: Json | undefined): string {
  if (result === undefined) return "nothing";
  return result === null ? "accepted" : `refused as ${JSON.stringify(result).slice(1, -1)}`;
}

function compareMember(
  member: "view" | "deadline" | "timer",
  expected: StepResponse,
  got: StepResponse,
): Failure | undefined {
  const difference = firstDifference(json(expected[member]), json(got[member]), member);
  if (difference === undefined) return undefined;
  return {
    kind: member,
    summary: `${difference.path} must be ${show(difference.expected)}, the port has ${show(difference.got)}`,
    field: difference.path,
    expected: json(expected[member]),
    got: json(got[member]),
  };
}

function compareOutputs(expected: StepResponse, got: StepResponse): Failure | undefined {
  const wanted = normalOutputs(expected.outputs);
  const given = normalOutputs(got.outputs);
  for (let place = 0; place < Math.max(wanted.length, given.length); place += 1) {
    const failure = compareOutput(wanted[place], given[place], place);
    if (failure !== undefined) return failure;
  }
  return undefined;
}

function compareOutput(
  expected: OutputJson | undefined,
  got: OutputJson | undefined,
  place: number,
): Failure | undefined {
  const field = `outputs[${place}]`;
  if (expected === undefined && got !== undefined) {
    const summary = `the port emits ${article(got)} that must not come`;
    return { kind: "unlisted-output", summary, field, expected: null, got: json(got) };
  }
  if (expected !== undefined && got === undefined) {
    const summary = `the port does not emit ${article(expected)} that must come`;
    return { kind: "missing-output", summary, field, expected: json(expected), got: null };
  }
  const difference = firstDifference(json(expected ?? null), json(got ?? null), field);
  if (difference === undefined || expected === undefined || got === undefined) return undefined;
  const inside =
    expected.type === "transmit" && got.type === "transmit"
      ? datagramDifference(expected.datagram, got.datagram)
      : undefined;
  const path = inside === undefined ? difference.path : `${field}: ${inside.path}`;
  const plain = `${path} must be ${show(difference.expected)}, the port has ${show(difference.got)}`;
  const other = `${article(expected)} must come here, the port emits ${article(got)}`;
  return {
    kind: "wrong-output",
    summary: inside?.summary ?? (expected.type === got.type ? plain : other),
    field: path,
    expected: json(expected),
    got: json(got),
  };
}

function article(output: OutputJson): string {
  const noun = output.type === "transmit" ? "datagram" : `${output.type} event`;
  return output.type === "end" ? `an ${noun}` : `a ${noun}`;
}

function show(value: Json | undefined): string {
  return value === undefined ? "absent" : JSON.stringify(value);
}

function json(value: OutputJson | StepResponse["view"] | number | string | null): Json {
  return value as JsonObject | number | string | null;
}
