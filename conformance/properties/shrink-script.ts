// Smaller scripts of one endpoint than a given one: fewer steps, fewer inputs, fewer tokens. What the model
// answers is found anew, so that any stretch of a session is a session.

import type { InputJson } from "../../vectors/generate/model/lines.js";
import { ModelReceiver } from "../../vectors/generate/model/receiver.js";
import { ModelSender } from "../../vectors/generate/model/sender.js";
import type { Script, ScriptStep } from "./script.js";
import { shorter } from "./shrink.js";

/** Scripts that are smaller than this one by one change. */
export function* smallerScripts(script: Script): Generator<Script> {
  for (const steps of shorter(script.steps)) {
    if (steps.length > 0) yield answered(script, steps);
  }
  for (const [place, step] of script.steps.entries()) {
    const before = script.steps.slice(0, place);
    const after = script.steps.slice(place + 1);
    for (const inputs of shorter(step.inputs)) {
      yield answered(script, [...before, { ...step, inputs }, ...after]);
    }
    for (const inputs of plainer(step.inputs)) {
      yield answered(script, [...before, { ...step, inputs }, ...after]);
    }
  }
}

function* plainer(inputs: readonly InputJson[]): Generator<InputJson[]> {
  for (const [place, input] of inputs.entries()) {
    if (input.type !== "push") continue;
    for (const tokens of shorter(input.tokens)) {
      if (tokens.length > 0) yield inputs.with(place, { ...input, tokens });
    }
  }
}

/** The script with these steps and the model's answers to them, if it had answers. */
function answered(script: Script, steps: readonly ScriptStep[]): Script {
  if (script.steps.every(({ expect }) => expect === undefined)) return { ...script, steps };
  const model =
    script.role === "sender"
      ? new ModelSender(script.config)
      : new ModelReceiver(script.config, script.now);
  return {
    ...script,
    steps: steps.map(({ now, inputs }) => ({ now, inputs, expect: model.step({ now, inputs }) })),
  };
}
