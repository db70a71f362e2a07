// Vectors for LIM-5: indexes, counts and packet numbers at both edges of 2^53 - 1.

import type { Bytes } from "../bytes.js";
import type { PacketJson } from "../model/packet-json.js";
import { invalid, packetFile, valid, type PacketFile } from "./case.js";
import * as f from "./fields.js";

/** A packet around one 64-bit number; what goes wrong with the largest legal value and above. */
interface Wide {
  readonly slug: string;
  readonly bytes: (value: bigint) => Bytes;
  readonly packet: (value: string) => PacketJson;
  readonly whyMax: string;
  readonly whyOver: string;
}

const wide: readonly Wide[] = [
  {
    slug: "packet-number",
    bytes: (value) => [f.epoch(1), f.packetNumber(value)],
    packet: (value) => ({ epoch: 1, packet_number: value }),
    whyMax:
      "A sender may start high. A port that keeps 32 bits sees 4294967295 for it, and " +
      "acknowledges a packet that was never sent.",
    whyOver:
      "In a double, 2^53 and 2^53 + 1 are one number: the second of two packets is dropped as a " +
      "duplicate of the first.",
  },
  {
    slug: "final-count",
    bytes: (value) => [f.HEAD, f.end(f.finalCount(value), f.reason(1), f.digest(f.DIGEST))],
    packet: (value) => ({
      ...f.HEAD_JSON,
      end: { final_count: value, reason: 1, digest: f.DIGEST },
    }),
    whyMax:
      "As a signed 32-bit number this count is -1, below what has been rendered: the receiver " +
      "fails the session with FINAL_MISMATCH.",
    whyOver:
      "An End whose count is rounded never equals the index reached, so the answer never " +
      "completes.",
  },
  {
    slug: "ack-next-index",
    bytes: (value) => [f.HEAD, f.ack(f.nextIndex(value))],
    packet: (value) => ({ ...f.HEAD_JSON, ack: { next_index: value } }),
    whyMax:
      "A decoder whose limit is one too low, or exclusive, calls it over-limit; a sender should " +
      "answer INVALID_ACK, which names the bug.",
    whyOver:
      "A sender that converts it to a double frees its log up to an index one beyond what the " +
      "receiver has.",
  },
  {
    slug: "ack-largest",
    bytes: (value) => [f.HEAD, f.ack(f.largest(value))],
    packet: (value) => ({ ...f.HEAD_JSON, ack: { largest: value } }),
    whyMax:
      "Cut to 32 bits it is the number of another packet, and the sender takes an RTT sample of " +
      "minutes from it.",
    whyOver:
      "Rounded, it names a packet that was not received, and the sender counts losses that did " +
      "not happen.",
  },
  {
    slug: "open-next-index",
    bytes: (value) => [
      f.HEAD,
      f.open(f.version(1), f.openNextIndex(value), f.prefixDigest(f.DIGEST), f.window(1024)),
    ],
    packet: (value) => ({
      ...f.HEAD_JSON,
      open: { version: 1, next_index: value, prefix_digest: f.DIGEST, window: "1024" },
    }),
    whyMax:
      "Accepted, it is answered with Close MISMATCH and the receiver starts again. Discarded, " +
      "it is asked five times and then fails.",
    whyOver:
      "A resume at a rounded index compares the digest of another prefix: the user is told to " +
      "start again.",
  },
];

const edges = wide.flatMap(({ slug, bytes, packet, whyMax, whyOver }) => [
  valid(`${slug}-max`, "LIM-5", {
    why: whyMax,
    bytes: bytes(f.INDEX_MAX),
    packet: packet(f.INDEX_MAX.toString()),
  }),
  invalid(`${slug}-over`, "LIM-5", "over-limit", {
    why: whyOver,
    bytes: bytes(f.INDEX_MAX + 1n),
    twin: bytes(f.INDEX_MAX),
  }),
]);

const sums = [
  valid("last-token-at-the-end", "LIM-5", {
    why:
      "The last token has index 2^53 - 2, so that the count of all is 2^53 - 1. A port that is " +
      "one too strict cannot send it.",
    bytes: [f.HEAD, f.firstIndex(f.INDEX_MAX - 1n), f.run(f.data("a"))],
    packet: { ...f.HEAD_JSON, first_index: "9007199254740990", runs: [{ data: "61" }] },
  }),
  invalid("first-index-plus-one-token-over", "LIM-5", "over-limit", {
    why:
      "`first_index` alone is legal; the index after the token is not. A port that checks the " +
      "field only computes with 2^53 and rounds.",
    bytes: [f.HEAD, f.firstIndex(f.INDEX_MAX), f.run(f.data("a"))],
    twin: [f.HEAD, f.firstIndex(f.INDEX_MAX - 1n), f.run(f.data("a"))],
  }),
  valid("three-tokens-at-the-end", "LIM-5", {
    why:
      "The sum counts tokens, not runs: two in one run and one in another end exactly at 2^53 - " +
      "1.",
    bytes: [
      [f.HEAD, f.firstIndex(f.INDEX_MAX - 3n), f.run(f.data("ab"), f.lengths(1, 1))],
      f.run(f.channel(1), f.data("c")),
    ],
    packet: {
      ...f.HEAD_JSON,
      first_index: "9007199254740988",
      runs: [
        { data: "6162", lengths: [1, 1] },
        { channel: 1, data: "63" },
      ],
    },
  }),
  invalid("first-index-plus-three-tokens-over", "LIM-5", "over-limit", {
    why: "A port that adds the number of runs instead of the number of tokens lets it through.",
    bytes: [
      [f.HEAD, f.firstIndex(f.INDEX_MAX - 2n), f.run(f.data("ab"), f.lengths(1, 1))],
      f.run(f.channel(1), f.data("c")),
    ],
    twin: [
      [f.HEAD, f.firstIndex(f.INDEX_MAX - 3n), f.run(f.data("ab"), f.lengths(1, 1))],
      f.run(f.channel(1), f.data("c")),
    ],
  }),
  invalid("first-index-over", "LIM-5", "over-limit", {
    why:
      "2^63 is negative as a signed 64-bit number, below every limit, and the token would be " +
      "taken for an old one and dropped.",
    bytes: [f.HEAD, f.firstIndex(2n ** 63n), f.run(f.data("a"))],
    twin: [f.HEAD, f.firstIndex(f.INDEX_MAX - 1n), f.run(f.data("a"))],
  }),
  invalid("first-index-2-64", "LIM-5", "over-limit", {
    why:
      "2^64 - 1 plus one token wraps to 0 in 64 bits: the sum passes the limit and the token " +
      "lands at the start of the text.",
    bytes: [f.HEAD, f.firstIndex(2n ** 64n - 1n), f.run(f.data("a"))],
    twin: [f.HEAD, f.firstIndex(f.INDEX_MAX - 1n), f.run(f.data("a"))],
  }),
  invalid("packet-number-2-64", "LIM-5", "over-limit", {
    why:
      "-1 in 64 signed bits. A port that lets it through has a largest number that nothing " +
      "exceeds, and drops every later packet.",
    bytes: [f.epoch(1), f.packetNumber(2n ** 64n - 1n)],
    twin: [f.epoch(1), f.packetNumber(f.INDEX_MAX)],
  }),
];

export const indexes: PacketFile = packetFile(
  "indexes",
  "Indexes, counts and packet numbers at both edges of 2^53 - 1.",
  [...edges, ...sums],
);
