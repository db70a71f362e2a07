// Canaries for ports that claim a receiver or a sender: what goes wrong between a machine and its adapter
// (state that is shared, clocks, randomness, output that is not polled), not what a machine gets wrong.

import { encode, toHex } from "../../vectors/generate/model/codec.js";
import type {
  InputJson,
  ReceiverConfigJson,
  SenderConfigJson,
} from "../../vectors/generate/model/lines.js";
import type { PacketJson } from "../../vectors/generate/model/packet-json.js";
import type { Port } from "../driver/protocol.js";
import { firstDifference } from "../engine/difference.js";
import type { Json, JsonObject } from "../json.js";
import { askOk, CanaryDied, type Cage, type Canary } from "./canary.js";

/** Two tokens that are no text: a character beyond the basic plane, and bytes of none. */
const TOKENS = ["f09f9880", "fffe00"] as const;

const TIMES = [0, 100000, 500000, 1300000, 5000000];

/** What an endpoint is made of and given. */
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
      runs: [{ data: TOKENS.join(""), lengths: [4, 3] }],
    }),
  ],
};

const SENDER: Schedule = {
  role: "sender",
  config: { stream_id: 7, max_payload: 1200, bucket: 1, log_bytes: 4096, log_tokens: 64 },
  inputs: [
    { at: 100000, type: "push", tokens: TOKENS.map((data) => ({ data })) },
    receive({
      ...{ stream_id: 7, epoch: 1, packet_number: "1" },
      open: { version: 1, window: "262144" },
    }),
  ],
};

/** What is tried of a receiver. */
export const RECEIVER_CANARIES: readonly Canary[] = [
  ...canariesOf(RECEIVER),
  {
    name: "a receiver renders bytes that are no text",
    change: "hand tokens out as bytes and write hex; never pass them through a string type",
    sing: async ({ port }: Cage): Promise<void> => {
      const answers = JSON.stringify(await makeAndPlay(port, "bytes", RECEIVER));
      for (const data of TOKENS) {
        if (!answers.includes(`"data":"${data}"`)) {
          throw new CanaryDied(`the token ${data} is not rendered as it was received`);
        }
      }
    },
  },
  {
    name: "a receiver starts at the largest index",
    change: "read `next_index` into a 64-bit integer, not by way of floating point",
    sing: async ({ port }: Cage): Promise<void> => {
      const next_index = "9007199254740991";
      const config = { ...RECEIVER.config, next_index, digest: "11".repeat(32) };
      await make(port, "last", { ...RECEIVER, config });
      const { view } = await step(port, "last", 0, []);
      const got = (view as JsonObject | undefined)?.next_index ?? null;
      if (got !== next_index) {
        throw new CanaryDied(`view.next_index must be "${next_index}", it is ${said(got)}`);
      }
    },
  },
];

/** What is tried of a sender. */
export const SENDER_CANARIES: readonly Canary[] = [
  ...canariesOf(SENDER),
  {
    name: "a sender sends bytes that are no text",
    change: "read tokens from hex into bytes; never pass them through a string type",
    sing: async ({ port }: Cage): Promise<void> => {
      const answers = JSON.stringify(await makeAndPlay(port, "bytes", SENDER));
      if (answers.includes(TOKENS.join(""))) return;
      throw new CanaryDied(`the tokens ${TOKENS.join(" ")} are in no datagram as they were pushed`);
    },
  },
];

function canariesOf(schedule: Schedule): readonly Canary[] {
  const { role } = schedule;
  return [
    {
      name: `a ${role} speaks`,
      change:
        "give each input to the machine, poll until nothing is left, and write it to `outputs`",
      sing: async ({ port }: Cage): Promise<void> => {
        const answers = JSON.stringify(await makeAndPlay(port, "first", schedule));
        if (!answers.includes('"type":"transmit"')) {
          throw new CanaryDied(`no datagram comes from it in ${TIMES.length} steps`);
        }
      },
    },
    {
      name: `two ${role}s share no state`,
      change: "keep endpoints in a table by name; keep nothing in globals",
      sing: async ({ port }: Cage): Promise<void> => sharesNothing(port, schedule),
    },
    {
      name: `the same schedule twice gives the same bytes (${role})`,
      change: "take time from `now` and `at` only, randomness from nowhere; `new` forgets (STR-4)",
      sing: async ({ port }: Cage): Promise<void> => {
        const once = await makeAndPlay(port, "twice", schedule);
        requireSame(once, await makeAndPlay(port, "twice", schedule), "the second time");
      },
    },
    {
      name: `a fresh process gives the same bytes (${role})`,
      change:
        "take seeds, salts and clocks from nowhere: the order of a hash table is one too (STR-4)",
      sing: async ({ port, fresh }: Cage): Promise<void> => {
        const here = await makeAndPlay(port, "here", schedule);
        requireSame(here, await makeAndPlay(fresh(), "there", schedule), "in another process");
      },
    },
  ];
}

/** Two endpoints step by step beside each other, against one alone. */
async function sharesNothing(port: Port, schedule: Schedule): Promise<void> {
  const alone = await makeAndPlay(port, "alone", schedule);
  const beside: Record<"left" | "right", Json[]> = { left: [], right: [] };
  await make(port, "left", schedule);
  await make(port, "right", schedule);
  for (const now of TIMES) {
    for (const name of ["left", "right"] as const) {
      beside[name].push(await stepOf(port, name, now, schedule));
    }
  }
  requireSame(alone, beside.left, "beside another endpoint");
  requireSame(alone, beside.right, "beside another endpoint");
}

function requireSame(expected: Json, got: Json, when: string): void {
  const difference = firstDifference(expected, got);
  if (difference === undefined) return;
  const [, index = "?", place = ""] = /^\[(\d+)\]\.?(.*)$/.exec(difference.path) ?? [];
  const at = `the step at ${TIMES[Number(index)] ?? "?"} us`;
  const values = `${said(difference.expected)}, then ${said(difference.got)}`;
  throw new CanaryDied(`${when}, ${at} differs in ${place}: ${values}`);
}

function said(value: Json | undefined): string {
  const text = value === undefined ? "nothing" : JSON.stringify(value);
  return text.length <= 80 ? text : `${text.slice(0, 79)}…`;
}

async function makeAndPlay(port: Port, endpoint: string, schedule: Schedule): Promise<Json> {
  await make(port, endpoint, schedule);
  const answers: Json[] = [];
  for (const now of TIMES) answers.push(await stepOf(port, endpoint, now, schedule));
  return answers;
}

async function make(port: Port, endpoint: string, { role, config }: Schedule): Promise<void> {
  await askOk(port, { cmd: "new", endpoint, role, now: 0, config });
}

async function stepOf(port: Port, name: string, now: number, { inputs }: Schedule): Promise<Json> {
  const given = inputs.filter((input) => input.at === now);
  return step(port, name, now, given);
}

async function step(
  port: Port,
  endpoint: string,
  now: number,
  inputs: readonly InputJson[],
): Promise<JsonObject> {
  return askOk(port, { cmd: "step", endpoint, now, inputs });
}

function receive(packet: PacketJson): InputJson {
  return { at: 100000, type: "receive", datagram: toHex(encode(packet, 1200, 1)) };
}
