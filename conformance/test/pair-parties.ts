// Parties for tests of sessions: the model's endpoints in this process, and ways to spoil what they answer.

import type {
  OutputJson,
  ReceiverConfigJson,
  SenderConfigJson,
  StepResponse,
  Stepped,
} from "../../vectors/generate/model/lines.js";
import { ModelReceiver } from "../../vectors/generate/model/receiver.js";
import { ModelSender } from "../../vectors/generate/model/sender.js";
import type { Party, PartyReply, PartyRequest } from "../pair/party.js";

/** A port that does what the model does. */
export function modelParty(): Party {
  const endpoints = new Map<string, Stepped>();
  return {
    ask: (request) => {
      if (request.cmd === "new") {
        const { config, now, endpoint, role } = request;
        const made =
          role === "sender"
            ? new ModelSender(config as SenderConfigJson)
            : new ModelReceiver(config as ReceiverConfigJson, now);
        endpoints.set(endpoint, made);
        return Promise.resolve({ type: "ok", value: {} });
      }
      const value = endpoints.get(request.endpoint)?.step(request);
      return Promise.resolve(
        value === undefined ? { type: "unsupported", what: "endpoint" } : { type: "ok", value },
      );
    },
  };
}

/** The answer to a step, changed. */
export type Change = (answer: StepResponse, request: Step) => StepResponse;

type Step = Extract<PartyRequest, { cmd: "step" }>;

/** A port that answers steps as `change` says. */
export function changed(party: Party, change: Change): Party {
  return replied(party, (reply, request) =>
    reply.type === "ok" ? { ...reply, value: change(reply.value as StepResponse, request) } : reply,
  );
}

/** A port that replies to steps as `change` says. */
export function replied(
  party: Party,
  change: (reply: PartyReply, request: Step) => PartyReply,
): Party {
  return {
    ask: async (request) => {
      const reply = await party.ask(request);
      return request.cmd === "step" ? change(reply, request) : reply;
    },
  };
}

/** A change of each output; `undefined` leaves it out. */
export function eachOutput(
  change: (output: OutputJson, now: number) => OutputJson | undefined,
): Change {
  return (answer, { now }) => ({
    ...answer,
    outputs: answer.outputs.flatMap((output) => change(output, now) ?? []),
  });
}
