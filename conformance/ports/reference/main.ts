/**
 * The adapter of the bundled reference: the commands of conformance/ADAPTER.md on its front door. A
 * separate process like any port's; the kit never imports it.
 */
import {
  ContractError,
  decode,
  encode,
  Receiver,
  type ReceiverConfig,
  Sender,
} from "../../../reference/index.js";
import { type Outcome, type RequestLine, serve } from "../serve.js";
import { fromHex, type JsonFields, packetOf, toHex, tokenOf, toJson } from "./json.js";

/** Every member that a request can have; the kit sends those of its command. */
interface Line extends RequestLine {
  readonly datagram: string;
  readonly packet: JsonFields;
  readonly max_payload: number;
  readonly bucket: number;
  readonly endpoint: string;
  readonly role: "sender" | "receiver";
  readonly now: number;
  readonly config: Config;
  readonly inputs: readonly Input[];
}

interface Config {
  readonly stream_id: number;
  readonly max_payload: number;
  readonly bucket: number;
  readonly log_bytes: number;
  readonly log_tokens: number;
  readonly epoch: number;
  readonly next_index: string;
  readonly digest?: string;
  readonly window: string;
  readonly rtt_hint_us?: number;
}

interface Input {
  readonly type: string;
  readonly at: number;
  readonly datagram: string;
  readonly open: boolean;
  readonly tokens: readonly { channel?: number; data: string }[];
  readonly reason: number;
  readonly error_code: number;
}

const endpoints = new Map<string, Sender | Receiver>();

function answer(line: Line): Outcome {
  switch (line.cmd) {
    case "hello": {
      const roles = ["codec", "receiver", "sender-exact"];
      return { ok: { name: "chatterbox-reference", version: "0.1.0", spec: 1, roles } };
    }
    case "decode": {
      const decoded = decode(fromHex(line.datagram));
      if (decoded.type === "discard") return { reject: decoded.code };
      return { ok: { packet: toJson(decoded.packet) } };
    }
    case "encode": {
      const payload = { maxPayload: line.max_payload, bucket: line.bucket };
      const datagram = codeOr(() => encode(packetOf(line.packet), payload));
      return typeof datagram === "string"
        ? { reject: datagram }
        : { ok: { datagram: toHex(datagram) } };
    }
    case "new":
      endpoints.set(line.endpoint, make(line));
      return { ok: {} };
    case "step": {
      const endpoint = endpoints.get(line.endpoint);
      if (endpoint === undefined) return { unsupported: `endpoint ${line.endpoint}` };
      const results = line.inputs.map((input) => give(endpoint, input) ?? null);
      return { ok: { results, ...poll(endpoint, line.now), view: toJson(endpoint.view()) } };
    }
    default:
      return { unsupported: `cmd ${line.cmd}` };
  }
}

function make({ role, config, now }: Line): Sender | Receiver {
  const { stream_id: streamId, max_payload: maxPayload, bucket } = config;
  const common = { streamId, maxPayload, bucket };
  if (role === "sender") {
    return new Sender({ ...common, logBytes: config.log_bytes, logTokens: config.log_tokens });
  }
  const receiver: ReceiverConfig = {
    ...common,
    epoch: config.epoch,
    nextIndex: Number(config.next_index),
    window: Number(config.window),
    ...(config.digest === undefined ? {} : { digest: fromHex(config.digest) }),
    ...(config.rtt_hint_us === undefined ? {} : { rttHintUs: config.rtt_hint_us }),
  };
  return new Receiver(receiver, now);
}

function give(endpoint: Sender | Receiver, input: Input): string | undefined {
  const { type, at } = input;
  if (type === "receive") return endpoint.receive(fromHex(input.datagram), at);
  if (type === "gate") {
    endpoint.gate(input.open, at);
    return undefined;
  }
  if (endpoint instanceof Receiver) return endpoint.stop(input.reason, at);
  if (type === "push") return codeOr(() => endpoint.push(input.tokens.map(tokenOf), at), "invalid");
  if (type === "finish") return endpoint.finish(input.reason, at);
  return type === "abort" ? endpoint.abort(input.error_code, at) : endpoint.pause(at);
}

function poll(endpoint: Sender | Receiver, now: number): object {
  const outputs: object[] = [];
  for (;;) {
    const output = endpoint.poll(now);
    if (output.type === "wait") {
      return { outputs, deadline: output.until ?? null, timer: output.timer ?? null };
    }
    if (output.type === "transmit") {
      outputs.push({ type: "transmit", datagram: toHex(output.datagram) });
    } else {
      outputs.push(toJson({ ...output.event, epoch: undefined }));
    }
  }
}

/** The result, or the code of what the reference throws at a caller that asks for what it must refuse. */
function codeOr<Result>(ask: () => Result, code?: string): Result | string {
  try {
    return ask();
  } catch (error) {
    if (error instanceof ContractError) return code ?? error.code;
    throw error;
  }
}

serve((line) => answer(line as Line));
