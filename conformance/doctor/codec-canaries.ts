// Canaries for ports that claim `codec`: what gets lost between a codec and its JSON (numbers above 2^53,
// bytes that are no text, refusals), not what a codec gets wrong.

import { encode, toHex } from "../../vectors/generate/model/codec.js";
import type { PacketJson } from "../../vectors/generate/model/packet-json.js";
import type { Port } from "../driver/protocol.js";
import { firstDifference } from "../engine/difference.js";
import { normalPacket } from "../engine/normal-form.js";
import { isObject } from "../json.js";
import { askOk, askReject, CanaryDied, type Cage, type Canary } from "./canary.js";

const CODES = ["size", "padding", "not-canonical", "over-limit", "invalid"];

const GOLDEN: PacketJson = {
  ...{ stream_id: 7, epoch: 1, packet_number: "5", first_index: "10" },
  runs: [{ data: "48656c6c6f", lengths: [2, 3] }],
};

/** A character beyond the basic plane, a byte order mark, half a character, a zero. */
const BYTES = "f09f9880efbbbff09ffffe00";

/** More than the 64 KiB that some line readers hold by default. */
const LONG_BYTES = 40000;

const INDEX_MAX = "9007199254740991";

/** A packet with one number at its limit, and the varints of that limit and of one that is beyond. */
interface Edge {
  readonly member: string;
  readonly packet: PacketJson;
  readonly limit: string;
  readonly beyond: string;
}

const LIMIT = { limit: "ffffffffffffff0f", beyond: "8080808080808010" };

const EDGES: readonly Edge[] = [
  { member: "packet_number", packet: { epoch: 1, packet_number: INDEX_MAX }, ...LIMIT },
  {
    member: "first_index",
    packet: { ...GOLDEN, runs: [{ data: "48" }], first_index: "9007199254740990" },
    ...{ limit: "feffffffffffff0f", beyond: "8080808080808010" },
  },
  {
    member: "end.final_count",
    packet: {
      ...{ epoch: 1, packet_number: "1" },
      end: { final_count: INDEX_MAX, reason: 1, digest: "11".repeat(16) },
    },
    ...LIMIT,
  },
  {
    member: "ack.next_index",
    packet: { epoch: 1, packet_number: "1", ack: { next_index: INDEX_MAX, largest: "1" } },
    ...LIMIT,
  },
  {
    member: "ack.largest",
    packet: { epoch: 1, packet_number: "1", ack: { largest: INDEX_MAX } },
    ...LIMIT,
  },
  {
    member: "open.next_index",
    packet: {
      ...{ epoch: 1, packet_number: "1" },
      open: { version: 1, next_index: INDEX_MAX, prefix_digest: "11".repeat(16), window: "1024" },
    },
    ...LIMIT,
  },
  {
    member: "open.window",
    packet: { epoch: 1, packet_number: "1", open: { version: 1, window: "16777216" } },
    // With the message around it, which becomes longer.
    ...{ limit: "4a0708012080808008", beyond: "4a0b0801208080808080808010" },
  },
];

/** What is tried of a codec. */
export const CODEC_CANARIES: readonly Canary[] = [
  {
    name: "a golden datagram decodes to its packet",
    change: "write the packet with the field names of the proto, bytes as lower-case hex",
    sing: ({ port }: Cage): Promise<void> =>
      decodes(port, "080710011805200a2a0b120548656c6c6f1a02020380", GOLDEN),
  },
  {
    name: "garbage is rejected",
    change: "map the codec's discard to `reject` with its code; `fault` is for exceptions only",
    sing: async ({ port }: Cage): Promise<void> => {
      for (const datagram of ["00", "ffffffffffffffffffff80", "deadbeef80", ""]) {
        const code = await askReject(port, { cmd: "decode", datagram });
        if (CODES.includes(code)) continue;
        throw new CanaryDied(
          `decode "${datagram}": reject ${code} is none of ${CODES.join(", ")}`,
          "give the codes of SPEC.md chapter 5 their names",
        );
      }
    },
  },
  {
    name: `a line of ${LONG_BYTES * 2} characters is read`,
    change: "read lines of any length: the default buffer of some line readers is 64 KiB",
    sing: async ({ port }: Cage): Promise<void> => {
      await askReject(port, { cmd: "decode", datagram: "00".repeat(LONG_BYTES) });
    },
  },
  {
    name: "bytes that are no text survive decode",
    change: "keep `data` as bytes and write hex; never pass it through a string type",
    sing: ({ port }: Cage): Promise<void> => decodes(port, datagramOf(withBytes()), withBytes()),
  },
  ...EDGES.map(({ member, packet, limit, beyond }): Canary => ({
    name: `the largest ${member} survives decode, and 2^53 is over-limit`,
    change: "keep 64-bit numbers out of floating point: strings on the line, 64 bits inside",
    sing: async ({ port }: Cage): Promise<void> => {
      const datagram = datagramOf(packet);
      await decodes(port, datagram, packet);
      const code = await askReject(port, {
        ...{ cmd: "decode", datagram: datagram.replace(limit, beyond) },
      });
      if (code !== "over-limit") {
        throw new CanaryDied(`2^53 as ${member}: expected reject over-limit, got ${code}`);
      }
    },
  })),
  {
    name: "the golden packet encodes to its datagram",
    change: "give the encoder every member of `packet`, `max_payload` and `bucket`",
    sing: ({ port }: Cage): Promise<void> => encodes(port, GOLDEN),
  },
  {
    name: "bytes that are no text survive encode",
    change: "read `data` from hex into bytes; never pass it through a string type",
    sing: ({ port }: Cage): Promise<void> => encodes(port, withBytes()),
  },
  {
    name: "the largest numbers survive encode",
    change: "read decimal strings into 64-bit integers, not by way of floating point",
    sing: async ({ port }: Cage): Promise<void> => {
      for (const { packet } of EDGES) await encodes(port, packet);
    },
  },
];

function withBytes(): PacketJson {
  return { ...GOLDEN, runs: [{ data: BYTES, lengths: [4, 3, 2, 3] }] };
}

function datagramOf(packet: PacketJson): string {
  return toHex(encode(packet, 1200, 1));
}

async function decodes(port: Port, datagram: string, packet: PacketJson): Promise<void> {
  const value = await askOk(port, { cmd: "decode", datagram });
  const got = isObject(value.packet) ? normalPacket(value.packet) : {};
  const difference = firstDifference(normalPacket(packet), got);
  if (difference === undefined) return;
  const { path, expected, got: has } = difference;
  throw new CanaryDied(
    `decode: ${path} must be ${JSON.stringify(expected)}, it is ${JSON.stringify(has)}`,
  );
}

async function encodes(port: Port, packet: PacketJson): Promise<void> {
  const request = { cmd: "encode", packet, max_payload: 1200, bucket: 1 } as const;
  const { datagram } = await askOk(port, request);
  const expected = datagramOf(packet);
  if (datagram === expected) return;
  throw new CanaryDied(`encode: expected ${expected}, got ${JSON.stringify(datagram)}`);
}
