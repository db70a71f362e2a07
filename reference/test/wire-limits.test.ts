import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import {
  CLOSE_CODES,
  ContractError,
  decode,
  encode,
  END_REASONS,
  FLAGS,
  LIMITS,
  type Packet,
  PACKET_DEFAULTS,
  STOP_REASONS,
} from "../wire/index.js";

const SPEC = readFileSync(new URL("../../../SPEC.md", import.meta.url), "utf8");
const PAYLOAD = { maxPayload: LIMITS.datagramBytesMax, bucket: 1 };

/** The sentence of a clause. */
const clause = (id: string): string =>
  new RegExp(`^\\*\\*${id}\\.\\*\\* ([^]*?)\\n\\n`, "m").exec(SPEC)?.[1] ?? "";

const base: Packet = { ...PACKET_DEFAULTS, epoch: 1, packetNumber: 1 };
const run = (tokens: number, size = 1, channel = 0): Packet["runs"][number] => ({
  channel,
  tokens: Array.from({ length: tokens }, () => new Uint8Array(size)),
});
const ack = { nextIndex: 0, largest: 100, ranges: [], delayUs: 0, endReceived: false };
const open = { version: 1, nextIndex: 0, window: 1024, rttHintUs: 0 };
const end = { finalCount: 0, reason: 1, digest: new Uint8Array(16), errorCode: 0 };
const digest = new Uint8Array(16);
const max = LIMITS.indexMax;

/** What `encode` says: a code, or "valid" if `decode` takes what it gave. */
const verdict = (packet: Packet, payload: Parameters<typeof encode>[1] = PAYLOAD): string => {
  try {
    const decoded = decode(encode(packet, payload));
    return decoded.type === "packet" ? "valid" : `discarded as ${decoded.code}`;
  } catch (error) {
    assert.ok(error instanceof ContractError);
    assert.ok(error.message !== "" && error.remedy !== "");
    return error.code;
  }
};

describe("LIMITS mirrors the specification", () => {
  const mirrored: readonly (readonly [name: keyof typeof LIMITS, clause: string, text?: string])[] =
    [
      ["datagramBytesMax", "ENC-7"],
      ["runsMax", "LIM-1"],
      ["tokensMax", "LIM-2"],
      ["tokenBytesMax", "LIM-3"],
      ["channelMax", "LIM-4"],
      ["indexMax", "LIM-5", "2^53 - 1"],
      ["rangesMax", "LIM-6"],
      ["extensionsMax", "LIM-7"],
      ["extensionBytesMax", "LIM-7"],
      ["windowBytesMax", "LIM-8"],
      ["controlBytesMax", "LIM-9"],
      ["windowBytesMin", "PKT-9"],
      ["digestBytes", "PKT-8"],
      ["bucketMax", "PKT-18"],
    ];
  for (const [name, id, text = String(LIMITS[name])] of mirrored) {
    it(`${name} is in ${id}`, () => {
      assert.match(clause(id), new RegExp(`(?<![\\d.])${text.replace("^", "\\^")}(?!\\d)`));
    });
  }
  it("misses none", () => {
    assert.deepEqual(mirrored.map(([name]) => name).sort(), Object.keys(LIMITS).sort());
  });
});

describe("the registries mirror the specification", () => {
  const rows = (heading: string): Record<string, number> => {
    const table = new RegExp(`^\\| ${heading} \\|.*\\n\\|[-|]+\\n((?:\\|.*\\n)+)`, "m").exec(SPEC);
    const entries = [...(table?.[1] ?? "").matchAll(/^\| (\d+) \| (\w+) \|/gm)];
    return Object.fromEntries(entries.map(([, code, name = ""]) => [name, Number(code)]));
  };
  it("end reasons", () => {
    assert.deepEqual(rows("End reason"), END_REASONS);
  });
  it("stop reasons", () => {
    assert.deepEqual(rows("Stop reason"), STOP_REASONS);
  });
  it("flags", () => {
    assert.deepEqual(rows("flag"), FLAGS);
  });
  it("close codes", () => {
    assert.deepEqual(rows("code \\| name \\| from"), CLOSE_CODES);
  });
});

describe("each limit has its edge", () => {
  const runs = (count: number): Packet["runs"] =>
    Array.from({ length: count }, (_, place) => run(1, 1, place % 2));
  const values = (...sizes: number[]): Packet["extensions"] =>
    sizes.map((size, place) => ({ type: place + 1, value: new Uint8Array(size) }));
  const ranges = (count: number): number[] => Array.from({ length: count }, () => 1);

  const edges: readonly (readonly [what: string, at: Packet, beyond: Packet])[] = [
    ["LIM-1", { ...base, runs: runs(32) }, { ...base, runs: runs(33) }],
    ["LIM-2", { ...base, runs: [run(4096)] }, { ...base, runs: [run(4097)] }],
    ["LIM-3 alone", { ...base, runs: [run(1, 1024)] }, { ...base, runs: [run(1, 1025)] }],
    ["LIM-3 of two", { ...base, runs: [run(2, 1024)] }, { ...base, runs: [run(2, 1025)] }],
    ["LIM-4", { ...base, runs: [run(1, 1, 65535)] }, { ...base, runs: [run(1, 1, 65536)] }],
    ["LIM-5 packet_number", { ...base, packetNumber: max }, { ...base, packetNumber: max + 1 }],
    [
      "LIM-5 first_index",
      { ...base, firstIndex: max - 1, runs: [run(1)] },
      { ...base, firstIndex: max, runs: [run(1)] },
    ],
    [
      "LIM-5 final_count",
      { ...base, end: { ...end, finalCount: max } },
      { ...base, end: { ...end, finalCount: max + 1 } },
    ],
    [
      "LIM-5 next_index of an Ack",
      { ...base, ack: { ...ack, nextIndex: max } },
      { ...base, ack: { ...ack, nextIndex: max + 1 } },
    ],
    [
      "LIM-5 largest",
      { ...base, ack: { ...ack, largest: max } },
      { ...base, ack: { ...ack, largest: max + 1 } },
    ],
    [
      "LIM-5 next_index of an Open",
      { ...base, open: { ...open, nextIndex: max, prefixDigest: digest } },
      { ...base, open: { ...open, nextIndex: max + 1, prefixDigest: digest } },
    ],
    [
      "LIM-6",
      { ...base, ack: { ...ack, ranges: ranges(31) } },
      { ...base, ack: { ...ack, ranges: ranges(33) } },
    ],
    [
      "LIM-7 number",
      { ...base, extensions: values(0, 0, 0, 0) },
      { ...base, extensions: values(0, 0, 0, 0, 0) },
    ],
    ["LIM-7 bytes", { ...base, extensions: values(1, 63) }, { ...base, extensions: values(1, 64) }],
    [
      "LIM-8",
      { ...base, open: { ...open, window: 16777216 } },
      { ...base, open: { ...open, window: 16777217 } },
    ],
    // 4 bytes of numbers, 24 of an End, 68 of an extension, and runs that do not count
    [
      "LIM-9",
      { ...base, end: { ...end, finalCount: 1 }, extensions: values(62), runs: [run(40)] },
      { ...base, end: { ...end, finalCount: 128 }, extensions: values(62), runs: [run(40)] },
    ],
    [
      "LIM-9 with first_index",
      { ...base, firstIndex: 1, end, extensions: values(62), runs: [run(40)] },
      { ...base, firstIndex: 128, end, extensions: values(62), runs: [run(40)] },
    ],
  ];
  for (const [what, at, beyond] of edges) {
    it(what, () => {
      assert.equal(verdict(at), "valid");
      assert.equal(verdict(beyond), "over-limit");
    });
  }
});

describe("encode refuses", () => {
  const refused: readonly (readonly [what: string, code: string, packet: Packet])[] = [
    ["a run without tokens", "invalid", { ...base, runs: [run(0)] }],
    ["an empty token", "invalid", { ...base, runs: [run(1, 0)] }],
    ["two empty tokens", "invalid", { ...base, runs: [run(2, 0)] }],
    ["epoch 0", "invalid", { ...base, epoch: 0 }],
    ["an epoch of 2^32", "not-canonical", { ...base, epoch: 2 ** 32 }],
    ["a negative number", "not-canonical", { ...base, packetNumber: -1 }],
    ["half a number", "not-canonical", { ...base, packetNumber: 1.5 }],
    ["no number", "not-canonical", { ...base, packetNumber: NaN }],
    ["a number of 2^64", "not-canonical", { ...base, packetNumber: 2 ** 64 }],
    ["17 KiB", "size", { ...base, runs: [run(17, 1024)] }],
  ];
  for (const [what, code, packet] of refused) {
    it(`${what}: ${code}`, () => {
      assert.equal(verdict(packet), code);
    });
  }
  it("a payload that makes no sense", () => {
    for (const wrong of [
      { maxPayload: 16385, bucket: 1 },
      { maxPayload: 1200, bucket: 0 },
      { maxPayload: 1200, bucket: 1025 },
      { maxPayload: 1200, bucket: 1.5 },
      { maxPayload: 1200, bucket: 1, atMost: 0 },
    ]) {
      assert.equal(verdict(base, wrong), "payload");
    }
  });
});

describe("padding", () => {
  const size = (packet: Packet, maxPayload: number, bucket: number, atMost?: number): number =>
    encode(packet, { maxPayload, bucket, ...(atMost !== undefined && { atMost }) }).length;

  it("rounds up to the bucket, the mark included", () => {
    assert.equal(size(base, 1200, 1), 5);
    assert.equal(size(base, 1200, 4), 8);
    assert.equal(size(base, 1200, 5), 5);
    assert.equal(size(base, 1200, 128), 128);
  });
  it("ends at the payload", () => {
    const large = { ...base, runs: [run(1, 1024)] };
    assert.equal(size(large, 1100, 512), 1100);
  });
  it("of a Close ends at what it answers", () => {
    const close: Packet = { ...PACKET_DEFAULTS, epoch: 1, close: { code: 1 } };
    assert.equal(size(close, 1200, 64), 64);
    assert.equal(size(close, 1200, 64, 20), 20);
    assert.equal(size(close, 1200, 64, 7), 7);
    assert.equal(verdict(close, { maxPayload: 1200, bucket: 64, atMost: 6 }), "size");
  });
  it("refuses a packet that leaves no room for the mark", () => {
    assert.equal(size(base, 5, 1), 5);
    assert.equal(verdict(base, { maxPayload: 4, bucket: 1 }), "size");
  });
});
