// Vectors for ENC-5 and SPEC 5.3: datagrams with two faults, of which the first in the fixed order
// is reported. They carry two faults by design; the twin has neither.

import { number, raw, type Bytes } from "../bytes.js";
import type { CodecCode } from "../model/codec.js";
import { invalid, packetFile, valid, type InvalidCase, type PacketFile } from "./case.js";
import * as f from "./fields.js";

const TOKEN = f.run(f.data("Hi"));
const ones = (count: number): number[] => Array<number>(count).fill(1);
const token = (bytes: number): Bytes => f.dataHex("61".repeat(bytes), `${bytes} times 'a'`);

interface Both {
  readonly code: CodecCode;
  readonly bytes: Bytes;
  readonly tail?: Bytes;
  readonly twin?: Bytes;
  readonly why: string;
}

function both(slug: string, clauses: string, told: Both): InvalidCase {
  const { code, bytes, tail, twin = f.HEAD, why } = told;
  return invalid(slug, `ENC-5 ${clauses}`, code, {
    why: `Two faults by design. ${why}`,
    bytes,
    twin,
    ...(tail === undefined ? {} : { tail }),
  });
}

const early = [
  both("size-before-padding", "ENC-7 PKT-16", {
    code: "size",
    bytes: [],
    tail: f.zeros(16385),
    why:
      "Too long, and zeros only. A port that strips first walks over as much as anyone sends " +
      "it.",
  }),
  both("size-before-invalid", "ENC-7 PKT-1", {
    code: "size",
    bytes: f.packetNumber(1),
    tail: [f.MARK, f.zeros(16382)],
    why:
      "Too long, and of epoch 0. A port that checks the size last has already parsed what it " +
      "should not have touched.",
  }),
  both("padding-before-not-canonical", "PKT-16 ENC-4", {
    code: "padding",
    bytes: raw("10 81 00 18 01", "epoch = 1 in 2 bytes, packet_number = 1"),
    tail: [],
    why:
      "No mark, and a varint too long. Without the mark it is not known where the packet ends, " +
      "so nothing in it can be judged.",
  }),
  both("padding-before-invalid", "PKT-16 PKT-1", {
    code: "padding",
    bytes: f.packetNumber(1),
    tail: [],
    why:
      "No mark, and epoch 0. A port that looks for its session first counts a padding bug of " +
      "its peer as another session.",
  }),
];

const canonicalFirst = [
  both("not-canonical-before-over-limit", "ENC-4 LIM-4", {
    code: "not-canonical",
    bytes: [f.HEAD, f.run(raw("08 80 80 84 00", "channel = 65536 in 4 bytes"), f.data("Hi"))],
    twin: [f.HEAD, f.run(f.channel(65535), f.data("Hi"))],
    why:
      "A varint too long, and a channel too large. A decoder that checks limits while it reads " +
      "reports the second.",
  }),
  both("unknown-field-before-over-limit", "ENC-4 LIM-5", {
    code: "not-canonical",
    bytes: [f.epoch(1), f.packetNumber(f.INDEX_MAX + 1n), number(13, "unknown field 13", 1)],
    why:
      "The field behind the number is unknown. Which of the two is reported depends on whether " +
      "limits wait for the end, and they must.",
  }),
  both("epoch-0-written", "ENC-4 PKT-1", {
    code: "not-canonical",
    bytes: [f.epoch(0), f.packetNumber(1)],
    why:
      "Epoch 0, written out. The parsed packet is the same as without it, so only the " +
      "comparison of bytes sees the difference, and it comes first.",
  }),
  both("reason-0-written", "ENC-4 PKT-8", {
    code: "not-canonical",
    bytes: [f.HEAD, f.end(f.finalCount(1), f.reason(0), f.digest(f.DIGEST))],
    twin: [f.HEAD, f.end(f.finalCount(1), f.reason(1), f.digest(f.DIGEST))],
    why: "Reason 0, written out, one level down.",
  }),
  both("version-0-written", "ENC-4 PKT-10", {
    code: "not-canonical",
    bytes: [f.HEAD, f.accept(f.version(0))],
    twin: [f.HEAD, f.accept(f.version(1))],
    why:
      "Version 0, written out: the error of an author must not read like a refusal of the " +
      "version.",
  }),
  both("not-canonical-before-invalid", "ENC-4 PKT-3", {
    code: "not-canonical",
    bytes: [f.HEAD, f.open(f.version(1), f.window(1024)), f.ack(f.largest(1))],
    twin: [f.HEAD, f.ack(f.largest(1))],
    why: "Ack and Open together, and in the wrong order.",
  }),
];

const END = f.end(f.finalCount(1), f.reason(1), f.digest(f.DIGEST));

const limitFirst = [
  both("over-limit-before-epoch-0", "LIM-4 PKT-1", {
    code: "over-limit",
    bytes: [f.packetNumber(1), f.run(f.channel(65536), f.data("Hi"))],
    twin: [f.HEAD, f.run(f.channel(65535), f.data("Hi"))],
    why:
      "A channel too large in a packet of no epoch. A port that checks the head on its way in " +
      "reports `invalid`.",
  }),
  both("over-limit-before-kinds", "LIM-5 PKT-3", {
    code: "over-limit",
    bytes: [f.HEAD, TOKEN, f.ack(f.largest(f.INDEX_MAX + 1n))],
    twin: [f.HEAD, f.ack(f.largest(f.INDEX_MAX))],
    why: "Runs beside an ack, and a number too large in it.",
  }),
  both("number-over-in-close", "LIM-5 PKT-2", {
    code: "over-limit",
    bytes: [f.epoch(1), f.packetNumber(f.INDEX_MAX + 1n), f.close(5)],
    twin: [f.epoch(1), f.close(5)],
    why: "A Close with a number, which is also too large.",
  }),
  both("first-index-over-without-runs", "LIM-5 PKT-5", {
    code: "over-limit",
    bytes: [f.HEAD, f.firstIndex(f.INDEX_MAX + 1n)],
    why:
      "`first_index` without runs, and beyond 2^53 - 1. Ports skip the limit when there are no " +
      "tokens.",
  }),
  both("one-entry-of-1025", "LIM-3 PKT-6", {
    code: "over-limit",
    bytes: [f.HEAD, f.run(token(1025), f.lengths(1025))],
    twin: [f.HEAD, f.run(token(1024))],
    why: "One entry, which is invalid by itself, and of a token too long.",
  }),
  both("entry-over-and-wrong-sum", "LIM-3 PKT-6", {
    code: "over-limit",
    bytes: [f.HEAD, f.run(f.data("Hello"), f.lengths(2, 2000))],
    twin: [f.HEAD, f.run(f.data("Hello"), f.lengths(2, 3))],
    why:
      "The entry does not fit the data, and would be too long if it did. A port that cuts first " +
      "never gets to the limit.",
  }),
  both("entries-that-wrap-32-bits", "LIM-3 PKT-6", {
    code: "over-limit",
    bytes: [f.HEAD, f.run(f.data("Hello"), f.lengths(f.UINT32_MAX, 6))],
    twin: [f.HEAD, f.run(f.data("Hello"), f.lengths(2, 3))],
    why:
      "2^32 - 1 and 6 add up to 5 in 32 bits, which is the size of the data: neither check " +
      "alone is safe, the limit comes first.",
  }),
  both("runs-33-on-one-channel", "LIM-1 PKT-7", {
    code: "over-limit",
    bytes: [f.HEAD, Array.from({ length: 33 }, () => f.run(f.data("a")))],
    twin: [f.HEAD, f.run(f.data("a"))],
    why: "33 runs, neighbours on one channel: an encoder that makes a run of each token.",
  }),
  both("entries-4097-and-wrong-sum", "LIM-2 PKT-6", {
    code: "over-limit",
    bytes: [f.HEAD, f.run(f.data("a"), f.lengths(...ones(4097)))],
    twin: [f.HEAD, f.run(f.data("aa"), f.lengths(1, 1))],
    why:
      "4097 entries for one byte. Entries count as tokens, right or wrong, so that nobody has " +
      "to cut before counting.",
  }),
  both("entries-beyond-the-last-index", "LIM-5 PKT-6", {
    code: "over-limit",
    bytes: [[f.HEAD, f.firstIndex(f.INDEX_MAX - 2n)], f.run(f.data("ab"), f.lengths(1, 1, 1))],
    twin: [f.HEAD, f.firstIndex(f.INDEX_MAX - 2n), f.run(f.data("ab"), f.lengths(1, 1))],
    why:
      "Three entries for two bytes: counted as three tokens, the last index is passed; counted " +
      "as two, it is not.",
  }),
  both("ranges-32", "LIM-6 PKT-11", {
    code: "over-limit",
    bytes: [f.HEAD, f.ack(f.largest(32), f.ranges(...ones(32)))],
    twin: [f.HEAD, f.ack(f.largest(31), f.ranges(...ones(31)))],
    why:
      "One entry too many is an even number too. This is the first illegal count, and it has " +
      "both faults.",
  }),
  both("five-extensions-out-of-order", "LIM-7 PKT-13", {
    code: "over-limit",
    bytes: [f.HEAD, [5, 4, 3, 2, 1].map((type) => f.extension(f.type(type)))],
    twin: [f.HEAD, [1, 2, 3, 4].map((type) => f.extension(f.type(type)))],
    why: "Five extensions, in descending order.",
  }),
  both("window-over-and-version-0", "LIM-8 PKT-9", {
    code: "over-limit",
    bytes: [f.HEAD, f.open(f.window(16777217))],
    twin: [f.HEAD, f.open(f.version(1), f.window(16777216))],
    why: "A window too large in an Open of version 0.",
  }),
  both("control-97-and-wrong-digest", "LIM-9 PKT-8", {
    code: "over-limit",
    bytes: [f.HEAD, f.end(f.finalCount(1), f.reason(1), f.digest("00".repeat(85)))],
    twin: [f.HEAD, END],
    why: "A digest of 85 bytes is of the wrong size, and makes the packet 97 bytes.",
  }),
];

const oneAfterAll = [
  valid("nothing-wrong", "ENC-5", {
    why:
      "No code at all: a port that answers every datagram with the first code of its list is " +
      "found by this one.",
    bytes: [f.HEAD, TOKEN, END],
    packet: {
      ...f.HEAD_JSON,
      runs: [{ data: "4869" }],
      end: { final_count: "1", reason: 1, digest: f.DIGEST },
    },
  }),
];

export const precedence: PacketFile = packetFile(
  "precedence",
  "Datagrams with two faults by design: the first code in the fixed order is reported.",
  [...early, ...canonicalFirst, ...limitFirst, ...oneAfterAll],
);
