// Vectors for SPEC 4.7 and LIM-7: extensions, which a version 1 endpoint only steps over.

import type { Bytes } from "../bytes.js";
import { invalid, packetFile, valid, type PacketFile } from "./case.js";
import * as f from "./fields.js";

const ext = (type: number, hex: string): Bytes => f.extension(f.type(type), f.value(hex));
const FOUR = [ext(1, "0a"), ext(2, "0b"), ext(64, "0c"), ext(300, "0d")];

const accepted = [
  valid("one", "PKT-13 PKT-14", {
    why:
      "An unknown type is stepped over, not refused. A port that discards it goes silent on the " +
      "day its peer is upgraded.",
    bytes: [f.HEAD, ext(64, "00ff")],
    packet: { ...f.HEAD_JSON, extensions: [{ type: 64, value: "00ff" }] },
  }),
  valid("four", "PKT-13 PKT-14 LIM-7", {
    why:
      "The most there may be, with gaps between the types. A port that wants them without gaps " +
      "discards all but the first.",
    bytes: [f.HEAD, FOUR],
    packet: {
      ...f.HEAD_JSON,
      extensions: [
        { type: 1, value: "0a" },
        { type: 2, value: "0b" },
        { type: 64, value: "0c" },
        { type: 300, value: "0d" },
      ],
    },
  }),
  valid("empty-value", "PKT-14", {
    why:
      "A type without a value is a flag of a later version. A port that reads the value first " +
      "runs past the end of the packet.",
    bytes: [f.HEAD, f.extension(f.type(64))],
    packet: { ...f.HEAD_JSON, extensions: [{ type: 64 }] },
  }),
  valid("type-max", "PKT-13 PKT-14", {
    why:
      "Types have 32 bits. As a signed number this one is below every other, so the order seems " +
      "wrong.",
    bytes: [f.HEAD, ext(64, "00"), ext(f.UINT32_MAX, "00")],
    packet: {
      ...f.HEAD_JSON,
      extensions: [
        { type: 64, value: "00" },
        { type: f.UINT32_MAX, value: "00" },
      ],
    },
  }),
  valid("value-64-bytes", "LIM-7", {
    why: "All 64 bytes in one value. A port that gives each of four extensions 16 bytes cuts it.",
    bytes: [f.HEAD, ext(64, "ab".repeat(64))],
    packet: { ...f.HEAD_JSON, extensions: [{ type: 64, value: "ab".repeat(64) }] },
  }),
  valid("value-that-looks-like-a-packet", "PKT-14", {
    why:
      "A value is opaque. A port that parses it, or that scans for fields, finds a Close in it " +
      "and ends the session.",
    bytes: [f.HEAD, ext(64, "10015a020801")],
    packet: { ...f.HEAD_JSON, extensions: [{ type: 64, value: "10015a020801" }] },
  }),
];

const discarded = [
  invalid("empty-extension", "PKT-13", "invalid", {
    why:
      "Present but empty: type 0. A port that only counts extensions lets a packet have many " +
      "forms that mean the same.",
    bytes: [f.HEAD, f.extension()],
    twin: [f.HEAD, f.extension(f.type(1))],
  }),
  invalid("type-0", "PKT-13", "invalid", {
    why:
      "0 is a forgotten type. The first has no neighbour to be compared with, so a check of " +
      "pairs misses it.",
    bytes: [f.HEAD, f.extension(f.value("00"))],
    twin: [f.HEAD, ext(1, "00")],
  }),
  invalid("equal-types", "PKT-13", "invalid", {
    why:
      "Which of the two counts? The first and the last in two ports: they disagree about a " +
      "parameter that both support.",
    bytes: [f.HEAD, ext(64, "00"), ext(64, "01")],
    twin: [f.HEAD, ext(64, "00"), ext(65, "01")],
  }),
  invalid("descending-types", "PKT-13", "invalid", {
    why:
      "A port that keeps them in a map re-encodes them in another order, and its comparison " +
      "with the datagram fails where another's does not.",
    bytes: [f.HEAD, ext(65, "00"), ext(64, "01")],
    twin: [f.HEAD, ext(64, "01"), ext(65, "00")],
  }),
  invalid("last-two-out-of-order", "PKT-13", "invalid", {
    why: "A loop that ends one short compares all pairs but the last.",
    bytes: [f.HEAD, ext(1, "0a"), ext(2, "0b"), ext(300, "0d"), ext(64, "0c")],
    twin: [f.HEAD, FOUR],
  }),
  invalid("first-and-last-equal", "PKT-13", "invalid", {
    why:
      "Equal types that are not neighbours: a check for equal neighbours alone, without the " +
      "order, misses them.",
    bytes: [f.HEAD, ext(1, "0a"), ext(2, "0b"), ext(1, "0c")],
    twin: [f.HEAD, ext(1, "0a"), ext(2, "0b"), ext(3, "0c")],
  }),
  invalid("five", "LIM-7", "over-limit", {
    why:
      "A port that allows as many as fit lets a peer fill every datagram with what nobody " +
      "reads, at the cost of tokens.",
    bytes: [f.HEAD, FOUR, ext(301, "0e")],
    twin: [f.HEAD, FOUR],
  }),
  invalid("value-65-bytes", "LIM-7", "over-limit", {
    why:
      "A port that keeps 64 bytes for values writes one further, or cuts the last byte and " +
      "believes the rest.",
    bytes: [f.HEAD, ext(64, "ab".repeat(65))],
    twin: [f.HEAD, ext(64, "ab".repeat(64))],
  }),
  invalid("values-65-bytes-together", "LIM-7", "over-limit", {
    why:
      "The limit is for all values together. A port that checks each lets four times as much " +
      "through.",
    bytes: [f.HEAD, ext(1, "ab".repeat(33)), ext(2, "cd".repeat(32))],
    twin: [f.HEAD, ext(1, "ab".repeat(32)), ext(2, "cd".repeat(32))],
  }),
];

export const extensions: PacketFile = packetFile(
  "extensions",
  "Extensions: their order, their limits, and that unknown ones are stepped over.",
  [...accepted, ...discarded],
);
