/**
 * The reference's machines behind the words of the model: JSON in, JSON out. Nothing is decided here.
 */
import type {
  InputJson,
  OutputJson,
  ReceiverConfigJson,
  ReceiverViewJson,
  SenderConfigJson,
  SenderViewJson,
  StepRequest,
  StepResponse,
  Stepped,
  TokenJson,
} from "../../../vectors/generate/model/lines.js";
import type { Output, Token } from "../../core/output.js";
import { Receiver, type ReceiverEvent } from "../../core/receiver.js";
import { Sender, type SenderEvent } from "../../core/sender.js";
import { ContractError } from "../../wire/index.js";

const fromHex = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, "hex"));
const toHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const fromTokens = (tokens: readonly TokenJson[]): Token[] =>
  tokens.map(({ channel = 0, data }) => ({ channel, bytes: fromHex(data) }));
const toTokens = (tokens: readonly Token[]): TokenJson[] =>
  tokens.map(({ channel, bytes }) => ({ ...(channel && { channel }), data: toHex(bytes) }));

/** A reference sender, driven by steps. */
export class ReferenceSender implements Stepped {
  readonly #sender: Sender;

  constructor(config: SenderConfigJson) {
    this.#sender = new Sender({
      streamId: config.stream_id,
      maxPayload: config.max_payload,
      bucket: config.bucket,
      logBytes: config.log_bytes,
      logTokens: config.log_tokens,
    });
  }

  step({ now, inputs }: StepRequest): StepResponse<SenderViewJson> {
    const results = inputs.map((input) => this.#input(input) ?? null);
    const polled = poll(() => this.#sender.poll(now), senderEvent);
    const { phase, epoch, una, hi, n } = this.#sender.view();
    const view = { phase, epoch, una: String(una), hi: String(hi), n: String(n) };
    return { results, ...polled, view };
  }

  #input(input: InputJson): string | undefined {
    const sender = this.#sender;
    switch (input.type) {
      case "receive":
        return sender.receive(fromHex(input.datagram), input.at);
      case "gate":
        sender.gate(input.open, input.at);
        return undefined;
      case "push":
        return orCode(() => sender.push(fromTokens(input.tokens), input.at), "invalid"); // STR-3
      case "finish":
        return sender.finish(input.reason, input.at);
      case "abort":
        return sender.abort(input.error_code, input.at);
      case "pause":
        return sender.pause(input.at);
      case "stop":
        throw new Error("a sender has no stop");
    }
  }
}

/** A reference receiver, driven by steps. */
export class ReferenceReceiver implements Stepped {
  readonly #receiver: Receiver;

  constructor(config: ReceiverConfigJson, now: number) {
    this.#receiver = new Receiver(
      {
        streamId: config.stream_id,
        epoch: config.epoch,
        nextIndex: Number(config.next_index),
        ...(config.digest !== undefined && { digest: fromHex(config.digest) }),
        window: Number(config.window),
        rttHintUs: config.rtt_hint_us ?? 0,
        maxPayload: config.max_payload,
        bucket: config.bucket,
      },
      now,
    );
  }

  step({ now, inputs }: StepRequest): StepResponse<ReceiverViewJson> {
    const results = inputs.map((input) => this.#input(input) ?? null);
    const polled = poll(() => this.#receiver.poll(now), receiverEvent);
    const { phase, nextIndex, largest } = this.#receiver.view();
    const view = { phase, next_index: String(nextIndex), largest: String(largest) };
    return { results, ...polled, view };
  }

  #input(input: InputJson): string | undefined {
    const receiver = this.#receiver;
    switch (input.type) {
      case "receive":
        return receiver.receive(fromHex(input.datagram), input.at);
      case "gate":
        receiver.gate(input.open, input.at);
        return undefined;
      case "stop":
        return receiver.stop(input.reason, input.at);
      default:
        throw new Error(`a receiver has no ${input.type}`);
    }
  }
}

/** What breaks the contract of an application's command is refused with this code. */
function orCode(command: () => string | undefined, code: string): string | undefined {
  try {
    return command();
  } catch (error) {
    if (error instanceof ContractError) return code;
    throw error;
  }
}

type Polled = Pick<StepResponse, "outputs" | "deadline" | "timer">;

/** Far more outputs than any poll may have (SPEC 3: a bounded number). */
const OUTPUTS_MAX = 10_000;

function poll<Event, Timer extends string>(
  next: () => Output<Event, Timer>,
  toJson: (event: Event) => OutputJson,
): Polled {
  const outputs: OutputJson[] = [];
  while (outputs.length < OUTPUTS_MAX) {
    const output = next();
    if (output.type === "wait") {
      return { outputs, deadline: output.until ?? null, timer: output.timer ?? null };
    }
    if (output.type === "event") outputs.push(toJson(output.event));
    else outputs.push({ type: "transmit", datagram: toHex(output.datagram) });
  }
  throw new Error("poll never says wait");
}

function senderEvent(event: SenderEvent): OutputJson {
  return event.type === "phase" ? phaseEvent(event) : { type: "stop", reason: event.reason };
}

function receiverEvent(event: ReceiverEvent): OutputJson {
  switch (event.type) {
    case "phase":
      return phaseEvent(event);
    case "render":
      return { type: "render", index: String(event.index), tokens: toTokens(event.tokens) };
    case "end": {
      const code = event.errorCode === 0 ? {} : { error_code: event.errorCode };
      return { type: "end", final_count: String(event.finalCount), reason: event.reason, ...code };
    }
  }
}

function phaseEvent({ phase, cause, code }: { phase: string; cause: string; code?: number }) {
  return { type: "phase", phase, cause, ...(code !== undefined && { code }) } as const;
}
