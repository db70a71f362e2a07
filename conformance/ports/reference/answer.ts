/**
 * The commands of conformance/ADAPTER.md on the front door of the bundled reference: what its adapter
 * answers, whoever carries the lines. The kit never imports it.
 */
import { ContractError, decode, encode, Receiver, Sender } from "../../../reference/index.js";
import type {
  InputJson,
  ReceiverConfigJson,
  SenderConfigJson,
} from "../../../vectors/generate/model/lines.js";
import { kitVersion } from "../../package-root.js";
import type { Outcome, RequestLine } from "../serve.js";
import { fromHex, type JsonFields, packetOf, toHex, toJson, tokenOf } from "./json.js";

/** Every member that a request can have; the kit sends those of its command. */
interface Line extends RequestLine {
  readonly datagram: string;
  readonly packet: JsonFields;
  readonly max_payload: number;
  readonly bucket: number;
  readonly endpoint: string;
  readonly role: "sender" | "receiver";
  readonly now: number;
  readonly config: SenderConfigJson & ReceiverConfigJson;
  readonly inputs: readonly InputJson[];
}

/** More than any poll can have; a port that never waits would be polled for ever. */
const OUTPUTS_MAX = 10_000;

const endpoints = new Map<string, Sender | Receiver>();

const COMMANDS: Readonly<Record<string, (line: Line) => Outcome>> = {
  hello: () => {
    const roles = ["codec", "receiver", "sender-exact"];
    return { ok: { name: "chatterbox-reference", version: kitVersion(), spec: 1, roles } };
  },
  decode: ({ datagram }) => {
    const decoded = decode(fromHex(datagram));
    if (decoded.type === "discard") return { reject: decoded.code };
    return { ok: { packet: toJson(decoded.packet) } };
  },
  encode: ({ packet, max_payload: maxPayload, bucket }) => {
    const datagram = orCode(() => encode(packetOf(packet), { maxPayload, bucket }));
    if (typeof datagram === "string") return { reject: datagram };
    return { ok: { datagram: toHex(datagram) } };
  },
  new: ({ endpoint, role, config, now }) => {
    endpoints.set(endpoint, role === "sender" ? makeSender(config) : makeReceiver(config, now));
    return { ok: {} };
  },
  step: ({ endpoint, inputs, now }) => {
    const machine = endpoints.get(endpoint);
    if (machine === undefined) return { unsupported: `endpoint ${endpoint}` };
    const results = inputs.map((input) => give(machine, input) ?? null);
    return { ok: { results, ...poll(machine, now), view: toJson(machine.view()) } };
  },
};

/** The outcome of a request. Throws what the reference throws, which is a fault. */
export function answer(line: RequestLine): Outcome {
  const command = Object.hasOwn(COMMANDS, line.cmd) ? COMMANDS[line.cmd] : undefined;
  return command?.(line as Line) ?? { unsupported: `cmd ${line.cmd}` };
}

function makeSender({ stream_id, max_payload, bucket, log_bytes, log_tokens }: SenderConfigJson) {
  const log = { logBytes: log_bytes, logTokens: log_tokens };
  return new Sender({ streamId: stream_id, maxPayload: max_payload, bucket, ...log });
}

function makeReceiver(config: ReceiverConfigJson, now: number): Receiver {
  const { stream_id, epoch, next_index, digest, window, max_payload, bucket } = config;
  const numbers = { streamId: stream_id, epoch, nextIndex: Number(next_index), bucket };
  const sizes = {
    window: Number(window),
    maxPayload: max_payload,
    rttHintUs: config.rtt_hint_us ?? 0,
  };
  const prefix = digest === undefined ? {} : { digest: fromHex(digest) };
  return new Receiver({ ...numbers, ...sizes, ...prefix }, now);
}

function give(machine: Sender | Receiver, input: InputJson): string | undefined {
  const { at } = input;
  if (input.type === "receive") return machine.receive(fromHex(input.datagram), at);
  if (input.type === "gate") {
    machine.gate(input.open, at);
    return undefined;
  }
  if (machine instanceof Receiver) return machine.stop("reason" in input ? input.reason : 0, at);
  switch (input.type) {
    case "push":
      return orCode(() => machine.push(input.tokens.map(tokenOf), at), "invalid"); // STR-3
    case "abort":
      return machine.abort(input.error_code, at);
    case "pause":
      return machine.pause(at);
    case "finish":
    case "stop":
      return machine.finish(input.reason, at);
  }
}

function poll(machine: Sender | Receiver, now: number): object {
  const outputs: object[] = [];
  for (let output = machine.poll(now); ; output = machine.poll(now)) {
    if (output.type === "wait") {
      return { outputs, deadline: output.until ?? null, timer: output.timer ?? null };
    }
    if (output.type === "event") outputs.push(toJson({ ...output.event, epoch: undefined }));
    else outputs.push({ type: "transmit", datagram: toHex(output.datagram) });
    if (outputs.length > OUTPUTS_MAX) throw new Error("polled without end");
  }
}

/** The result, or the code of what is thrown at a caller who asks for what must be refused. */
function orCode<Result>(ask: () => Result, code?: string): Result | string {
  try {
    return ask();
  } catch (error) {
    if (error instanceof ContractError) return code ?? error.code;
    throw error;
  }
}
