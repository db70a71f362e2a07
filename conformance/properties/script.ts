// What one endpoint goes through in a schedule: its steps in order, with the answers of the model where
// these are known. A script is a session case without proof of its own; it is what a counterexample saves.

import type {
  ReceiverConfigJson,
  SenderConfigJson,
  StepRequest,
  StepResponse,
  Stepped,
} from "../../vectors/generate/model/lines.js";
import { ModelReceiver } from "../../vectors/generate/model/receiver.js";
import { ModelSender } from "../../vectors/generate/model/sender.js";
import type { Schedule } from "./world/schedule.js";
import { play, type Outcome, type PlayOptions, type Seat } from "./world/world.js";

/** A step; `expect` is the answer of the model, where the script has one. */
export interface ScriptStep extends StepRequest {
  readonly expect?: StepResponse;
}

/** Where an endpoint must be after the last step, by a clause. */
export interface ScriptEnd {
  readonly clause: string;
  readonly phases: readonly string[];
}

/** All steps of one endpoint. */
export type Script = {
  readonly now: number;
  readonly steps: readonly ScriptStep[];
  readonly ends?: ScriptEnd;
} & (
  | { readonly role: "sender"; readonly config: SenderConfigJson }
  | { readonly role: "receiver"; readonly config: ReceiverConfigJson }
);

/** The script of a seat. */
export function scriptOf(seat: Seat, steps: readonly ScriptStep[]): Script {
  const { start: now } = seat;
  return seat.role === "sender"
    ? { role: seat.role, now, config: seat.config, steps }
    : { role: seat.role, now, config: seat.config, steps };
}

/** The model for a seat. */
export function modelOf(seat: Seat): Stepped {
  return seat.role === "sender"
    ? new ModelSender(seat.config)
    : new ModelReceiver(seat.config, seat.start);
}

/** Plays a schedule with the model in every seat: a script for each seat, the sender's first. */
export function modelScripts(
  schedule: Schedule,
  options: PlayOptions = {},
): { readonly scripts: readonly Script[]; readonly outcome: Outcome } {
  const seats = new Map<Seat, { readonly model: Stepped; readonly steps: ScriptStep[] }>();
  const playing = play(schedule, options);
  let next = playing.next();
  while (next.done !== true) {
    const { seat, request } = next.value;
    const made = seats.get(seat) ?? { model: modelOf(seat), steps: [] };
    seats.set(seat, made);
    const expect = made.model.step(request);
    made.steps.push({ ...request, expect });
    next = playing.next(expect);
  }
  const scripts = [...seats].map(([seat, { steps }]) => scriptOf(seat, steps));
  return { scripts, outcome: next.value };
}
