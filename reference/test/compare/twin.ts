/**
 * One machine twice: the reference's and the model's, given the same steps. The first difference between
 * their answers is thrown.
 */
import type {
  OutputJson,
  StepRequest,
  StepResponse,
  Stepped,
} from "../../../vectors/generate/model/lines.js";
import { ModelReceiver } from "../../../vectors/generate/model/receiver.js";
import { ModelSender } from "../../../vectors/generate/model/sender.js";
import type { Seat } from "../../../conformance/properties/world/world.js";
import { ReferenceReceiver, ReferenceSender } from "./step.js";

/** Two answers to one step, or an answer that no machine may give. */
export class Difference extends Error {
  constructor(
    readonly member: string,
    readonly details: {
      readonly who: string;
      readonly request: StepRequest;
      readonly reference: unknown;
      readonly model: unknown;
    },
  ) {
    super(`${details.who} at ${details.request.now}: ${member} differ`);
  }
}

/** Both machines of one role. */
export class Twin implements Stepped {
  private constructor(
    readonly who: string,
    readonly reference: Stepped,
    readonly model: Stepped,
  ) {}

  /** Makes what a schedule asks for. */
  static of(seat: Seat): Twin {
    if (seat.role === "sender") {
      const { config } = seat;
      return new Twin("sender", new ReferenceSender(config), new ModelSender(config));
    }
    const { config, start } = seat;
    const receiver = new ReferenceReceiver(config, start);
    return new Twin(`receiver ${config.epoch}`, receiver, new ModelReceiver(config, start));
  }

  /**
   * Steps both.
   *
   * @throws Difference
   */
  step(request: StepRequest): StepResponse {
    const reference = answer(this.reference, request);
    const model = answer(this.model, request);
    const details = { who: this.who, request, reference, model };
    if (typeof reference === "string" || typeof model === "string") {
      throw new Difference("faults", details);
    }
    for (const member of ["results", "outputs", "deadline", "timer", "view"] as const) {
      if (JSON.stringify(reference[member]) !== JSON.stringify(model[member])) {
        throw new Difference(member, details);
      }
    }
    if (model.deadline !== null && model.deadline <= request.now) {
      throw new Difference("deadlines in the past", details);
    }
    return model;
  }
}

/** The answer in one form, or the text of an exception. */
function answer(machine: Stepped, request: StepRequest): StepResponse | string {
  try {
    const { results, outputs, deadline, timer, view } = machine.step(request);
    return { results, outputs: joined(outputs), deadline, timer, view: sorted(view) };
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}

/** Adjacent renders that continue each other as one: machines may join them or not. */
function joined(outputs: readonly OutputJson[]): OutputJson[] {
  const result: OutputJson[] = [];
  for (const output of outputs) {
    const previous = result.at(-1);
    if (
      output.type === "render" &&
      previous?.type === "render" &&
      Number(previous.index) + previous.tokens.length === Number(output.index)
    ) {
      result[result.length - 1] = { ...previous, tokens: [...previous.tokens, ...output.tokens] };
    } else {
      result.push(sorted(output));
    }
  }
  return result;
}

function sorted<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) as T;
}
