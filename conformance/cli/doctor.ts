// `doctor`: is this a port at all, before hundreds of cases say so in hundreds of ways. A few canaries
// tell a broken adapter from a buggy implementation; each finding says what to change.

import { encode, toHex } from "../../vectors/generate/model/codec.js";
import type {
  InputJson,
  ReceiverConfigJson,
  SenderConfigJson,
} from "../../vectors/generate/model/lines.js";
import type { PacketJson } from "../../vectors/generate/model/packet-json.js";
import { greet } from "../driver/child-port.js";
import type { Port, Reply } from "../driver/protocol.js";
import { shorten } from "../driver/schema.js";
import { firstDifference } from "../engine/difference.js";
import { openPort } from "../engine/conform.js";
import { normalPacket } from "../engine/normal-form.js";
import { isObject, type Json } from "../json.js";
import { count, type Paint } from "../report/style.js";
import { referenceCommand } from "./bundled.js";
import { EXIT, type ExitCode } from "./exit-code.js";

/** A canary: what is tried, and what to change if it dies. */
interface Canary {
  readonly name: string;
  /** The roles of which one must be claimed; empty for all ports. */
  readonly roles: readonly string[];
  readonly change: string;
  /** What is wrong; `undefined` if all is well. */
  readonly sing: (port: Port, roles: readonly string[]) => Promise<string | undefined>;
}

const WITHOUT_MARK = "1001180120";
const INDEX_MAX = "9007199254740991";

/** Tries the canaries against a command, or the bundled reference if it is empty. */
export async function doctor(
  command: readonly string[],
  timeoutMs: number | undefined,
  paint: Paint,
): Promise<ExitCode> {
  const target = { command: command.length === 0 ? referenceCommand() : command };
  const port = openPort(target, timeoutMs === undefined ? {} : { timeoutMs });
  try {
    const { name, version, roles } = await greet(port);
    print(`${paint("bold", `${name} ${version}`)} claims ${roles.join(", ")}`);
    let findings = 0;
    for (const canary of CANARIES) {
      if (canary.roles.length > 0 && !canary.roles.some((role) => roles.includes(role))) continue;
      const finding = await canary.sing(port, roles);
      print(
        `  ${finding === undefined ? paint("green", "ok  ") : paint("red", "FAIL")}  ${canary.name}`,
      );
      if (finding === undefined) continue;
      findings += 1;
      print(`        ${finding}\n        change: ${canary.change}`);
    }
    print(findings === 0 ? "It is a port. Now `run` the cases." : `${count(findings, "finding")}.`);
    return findings === 0 ? EXIT.conformant : EXIT.nonConformant;
  } finally {
    await port.close();
  }
}

const CANARIES: readonly Canary[] = [
  {
    name: "a command that nobody has is answered `unsupported`",
    roles: [],
    change: 'answer {"id":…,"unsupported":"cmd …"} to every command that the adapter does not know',
    sing: async (port) => expectType("unsupported", await port.ask({ cmd: "canary" })),
  },
  {
    name: "a datagram without a mark is rejected",
    roles: ["codec"],
    change: "map the codec's discard to `reject` with its code; `fault` is for exceptions only",
    sing: async (port) => {
      const reply = await port.ask({ cmd: "decode", datagram: WITHOUT_MARK });
      return reply.type === "reject" && reply.code === "padding"
        ? undefined
        : `expected reject padding, got ${describe(reply)}`;
    },
  },
  {
    name: "a golden datagram decodes to its packet",
    roles: ["codec"],
    change: "write the packet with the names of the proto, bytes as lower-case hex",
    sing: async (port) =>
      expectPacket(port, "080710011805200a2a0b120548656c6c6f1a02020380", {
        ...{ stream_id: 7, epoch: 1, packet_number: "5", first_index: "10" },
        runs: [{ data: "48656c6c6f", lengths: [2, 3] }],
      }),
  },
  {
    name: "the largest index survives, and one more is over the limit",
    roles: ["codec"],
    change: "keep 64-bit numbers out of floating point: strings on the line, 64 bits inside",
    sing: largestNumbers,
  },
  {
    name: "an endpoint speaks",
    roles: ["receiver", "sender-exact"],
    change: "poll until nothing is left, and write what was emitted into `outputs`",
    sing: async (port, roles) => {
      const answers = JSON.stringify(await makeAndPlay(port, "first", scheduleFor(roles)));
      return answers.includes('"type":"transmit"')
        ? undefined
        : `no datagram in ${shorten(answers)}`;
    },
  },
  {
    name: "two endpoints share no state",
    roles: ["receiver", "sender-exact"],
    change: "keep endpoints in a table by name; keep nothing in globals",
    sing: async (port, roles) => {
      const schedule = scheduleFor(roles);
      const alone = await makeAndPlay(port, "alone", schedule);
      await make(port, "left", schedule);
      await make(port, "right", schedule);
      await play(port, "left", schedule);
      const beside = await play(port, "right", schedule);
      return firstDifference(alone, beside) === undefined
        ? undefined
        : "an endpoint answers differently when another one was stepped before";
    },
  },
  {
    name: "the same schedule twice gives the same bytes",
    roles: ["receiver", "sender-exact"],
    change: "take time from `now` and `at` only, and randomness from nowhere (STR-4)",
    sing: async (port, roles) => {
      const schedule = scheduleFor(roles);
      const once = await makeAndPlay(port, "twin", schedule);
      const difference = firstDifference(once, await makeAndPlay(port, "twin", schedule));
      return difference === undefined ? undefined : `the answers differ in ${difference.path}`;
    },
  },
];

async function largestNumbers(port: Port): Promise<string | undefined> {
  const packet = { epoch: 1, packet_number: INDEX_MAX };
  const golden = toHex(encode(packet, 1200, 1));
  const finding = await expectPacket(port, golden, packet);
  if (finding !== undefined) return finding;
  const beyond = await port.ask({ cmd: "decode", datagram: "1001188180808080808010" + "80" });
  return beyond.type === "reject" && beyond.code === "over-limit"
    ? undefined
    : `2^53 + 1 as packet_number: expected reject over-limit, got ${describe(beyond)}`;
}

async function expectPacket(
  port: Port,
  datagram: string,
  packet: object,
): Promise<string | undefined> {
  const reply = await port.ask({ cmd: "decode", datagram });
  if (reply.type !== "ok") return `expected a packet, got ${describe(reply)}`;
  const got = isObject(reply.value.packet) ? normalPacket(reply.value.packet) : {};
  const difference = firstDifference(normalPacket(packet), got);
  return difference === undefined
    ? undefined
    : `${difference.path}: expected ${JSON.stringify(difference.expected)}, got ${JSON.stringify(difference.got)}`;
}

/** What an endpoint of the first role that the port has is made of and given. */
interface Schedule {
  readonly role: "receiver" | "sender";
  readonly config: ReceiverConfigJson | SenderConfigJson;
  readonly inputs: readonly InputJson[];
}

const RECEIVER: Schedule = {
  role: "receiver",
  config: {
    ...{ stream_id: 7, epoch: 1, next_index: "0", window: "262144" },
    ...{ max_payload: 1200, bucket: 64 },
  },
  inputs: [
    receive({
      ...{ stream_id: 7, epoch: 1, packet_number: "1", accept: { version: 1 } },
      runs: [{ data: "4869" }],
    }),
  ],
};

const SENDER: Schedule = {
  role: "sender",
  config: { stream_id: 7, max_payload: 1200, bucket: 1, log_bytes: 4096, log_tokens: 64 },
  inputs: [
    { at: 100000, type: "push", tokens: [{ data: "4869" }] },
    receive({
      ...{ stream_id: 7, epoch: 1, packet_number: "1" },
      open: { version: 1, window: "262144" },
    }),
  ],
};

function scheduleFor(roles: readonly string[]): Schedule {
  return roles.includes("receiver") ? RECEIVER : SENDER;
}

function receive(packet: PacketJson): InputJson {
  return { at: 100000, type: "receive", datagram: toHex(encode(packet, 1200, 1)) };
}

async function make(port: Port, endpoint: string, { role, config }: Schedule): Promise<Reply> {
  return port.ask({ cmd: "new", endpoint, role, now: 0, config });
}

async function play(port: Port, endpoint: string, { inputs }: Schedule): Promise<Json> {
  const answers: Reply[] = [];
  for (const now of [0, 100000, 500000, 1300000, 5000000]) {
    const given = inputs.filter((input) => input.at === now);
    answers.push(await port.ask({ cmd: "step", endpoint, now, inputs: given }));
  }
  return JSON.parse(JSON.stringify(answers)) as Json;
}

async function makeAndPlay(port: Port, endpoint: string, schedule: Schedule): Promise<Json> {
  await make(port, endpoint, schedule);
  return play(port, endpoint, schedule);
}

function expectType(type: Reply["type"], reply: Reply): string | undefined {
  return reply.type === type ? undefined : `expected ${type}, got ${describe(reply)}`;
}

function describe(reply: Reply): string {
  return reply.type === "broken" ? reply.text : shorten(JSON.stringify(reply));
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
