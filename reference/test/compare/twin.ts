/**
 * One machine twice: the reference's and the model's, given the same steps. The first difference between
 * their answers is thrown.
 */
import type {
  InputJson,
  OutputJson,
  ReceiverConfigJson,
  SenderConfigJson,
  StepRequest,
  StepResponse,
  Stepped,
} from "../../../vectors/generate/model/lines.js";
import { ModelReceiver } from "../../../vectors/generate/model/receiver.js";
import { ModelSender } from "../../../vectors/generate/model/sender.js";
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
export class Twin {
  /** What the last poll said; `undefined` for none. */
  deadline: number | undefined;
  timer: string | undefined;
  view: StepResponse["view"] | undefined;
  /** Inputs that wait for a poll. */
  readonly #pending: InputJson[] = [];

  private constructor(
    readonly who: string,
    readonly reference: Stepped,
    readonly model: Stepped,
  ) {}

  static sender(config: SenderConfigJson): Twin {
    return new Twin("sender", new ReferenceSender(config), new ModelSender(config));
  }

  static receiver(config: ReceiverConfigJson, now: number): Twin {
    const receiver = new ReferenceReceiver(config, now);
    return new Twin(`receiver ${config.epoch}`, receiver, new ModelReceiver(config, now));
  }

  /** Takes an input without polling. */
  give(input: InputJson): void {
    this.#pending.push(input);
  }

  get hasPending(): boolean {
    return this.#pending.length > 0;
  }

  /**
   * Steps both with what is pending.
   *
   * @throws Difference
   */
  step(now: number): { readonly inputs: readonly InputJson[]; readonly response: StepResponse } {
    const request = { now, inputs: this.#pending.splice(0) };
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
    if (model.deadline !== null && model.deadline <= now) {
      throw new Difference("deadlines in the past", details);
    }
    this.deadline = model.deadline ?? undefined;
    this.timer = model.timer ?? undefined;
    this.view = model.view;
    return { inputs: request.inputs, response: model };
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
