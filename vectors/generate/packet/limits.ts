// Vectors for SPEC 5.2 but LIM-5: every limit at both edges, the last legal value valid and the
// first illegal one over-limit. Big datagrams are built here and nowhere else.

import type { Bytes } from "../bytes.js";
import { invalid, packetFile, valid, type PacketFile } from "./case.js";
import * as f from "./fields.js";

const BIG = { max_payload: 16384, bucket: 1 };
const times = (count: number, hex: string): string => hex.repeat(count);
const ones = (count: number): number[] => Array<number>(count).fill(1);

/** `count` runs of one token each, on channels 0 and 1 in turn. */
const alternating = (count: number): Bytes =>
  Array.from({ length: count }, (_, at) =>
    at % 2 === 0 ? f.run(f.data("a")) : f.run(f.channel(1), f.data("b")),
  );

/** One run of `count` one-byte tokens. */
const oneRun = (count: number): Bytes =>
  f.run(f.dataHex(times(count, "61"), `${count} times 'a'`), f.lengths(...ones(count)));

const counts = [
  valid("runs-32", "LIM-1", {
    why:
      "An answer that changes channel at every token reaches the limit. A port that allows " +
      "fewer stalls there for ever, since the sender repeats the same packet.",
    bytes: [f.HEAD, alternating(32)],
    packet: {
      ...f.HEAD_JSON,
      runs: Array.from({ length: 32 }, (_, at) =>
        at % 2 === 0 ? { data: "61" } : { channel: 1, data: "62" },
      ),
    },
  }),
  invalid("runs-33", "LIM-1", "over-limit", {
    why:
      "Without the limit a datagram of 16384 bytes makes thousands of objects of a handful of " +
      "bytes: the cheapest way to make a phone collect garbage.",
    bytes: [f.HEAD, alternating(33)],
    twin: [f.HEAD, alternating(32)],
  }),
  valid("tokens-4096", "LIM-2", {
    why:
      "The largest packet by tokens. A port with a smaller array discards it, and the sender " +
      "sends it again each time.",
    bytes: [f.HEAD, oneRun(4096)],
    packet: { ...f.HEAD_JSON, runs: [{ data: times(4096, "61"), lengths: ones(4096) }] },
    encode: BIG,
  }),
  invalid("tokens-4097", "LIM-2", "over-limit", {
    why:
      "The receiver's buffer holds 4096 waiting tokens. A port that accepts more writes past it " +
      "or forgets tokens that it has acknowledged.",
    bytes: [f.HEAD, oneRun(4097)],
    twin: [f.HEAD, oneRun(4096)],
  }),
  invalid("tokens-4097-in-two-runs", "LIM-2", "over-limit", {
    why: "The limit is for the packet. A port that checks each run lets 32 times as many through.",
    bytes: [f.HEAD, oneRun(4096), f.run(f.channel(1), f.data("b"))],
    twin: [f.HEAD, oneRun(4095), f.run(f.channel(1), f.data("b"))],
  }),
];

const token = (bytes: number): Bytes => f.dataHex(times(bytes, "61"), `${bytes} times 'a'`);

const tokens = [
  valid("token-1024", "LIM-3", {
    why:
      "The longest token, alone in its run. A tool call pushed in one piece is easily that " +
      "long; a smaller buffer cuts its JSON.",
    bytes: [f.HEAD, f.run(token(1024))],
    packet: { ...f.HEAD_JSON, runs: [{ data: times(1024, "61") }] },
  }),
  invalid("token-1025", "LIM-3", "over-limit", {
    why:
      "A token that no datagram of the default size can repeat beside others. A port that lets " +
      "it grow finally makes one that never fits.",
    bytes: [f.HEAD, f.run(token(1025))],
    twin: [f.HEAD, f.run(token(1024))],
  }),
  valid("token-1024-by-lengths", "LIM-3", {
    why:
      "The same size, given by an entry. Ports write this check twice and get one of the two " +
      "edges wrong.",
    bytes: [f.HEAD, f.run(token(1025), f.lengths(1024, 1))],
    packet: { ...f.HEAD_JSON, runs: [{ data: times(1025, "61"), lengths: [1024, 1] }] },
  }),
  invalid("token-1025-by-lengths", "LIM-3", "over-limit", {
    why: "A port that bounds `data` only accepts a token that it refuses when it stands alone.",
    bytes: [f.HEAD, f.run(token(1026), f.lengths(1025, 1))],
    twin: [f.HEAD, f.run(token(1026), f.lengths(1024, 2))],
  }),
  invalid("last-token-1025", "LIM-3", "over-limit", {
    why: "A port that checks the first entry, or the rest of the division, misses the last.",
    bytes: [f.HEAD, f.run(token(1026), f.lengths(1, 1025))],
    twin: [f.HEAD, f.run(token(1026), f.lengths(2, 1024))],
  }),
  valid("data-over-1024-in-two-tokens", "LIM-3", {
    why:
      "The limit is for a token. A port that bounds the `data` of a run stalls as soon as the " +
      "unacknowledged text is longer.",
    bytes: [f.HEAD, f.run(token(1100), f.lengths(1000, 100))],
    packet: { ...f.HEAD_JSON, runs: [{ data: times(1100, "61"), lengths: [1000, 100] }] },
  }),
  valid("channel-65535", "LIM-4", {
    why: "The last channel. Read as a signed 16-bit number it is -1, which ports use for `none`.",
    bytes: [f.HEAD, f.run(f.channel(65535), f.data("a"))],
    packet: { ...f.HEAD_JSON, runs: [{ channel: 65535, data: "61" }] },
  }),
  invalid("channel-65536", "LIM-4", "over-limit", {
    why:
      "Kept in 16 bits it becomes channel 0: the text of a tool call appears in the middle of " +
      "the answer.",
    bytes: [f.HEAD, f.run(f.channel(65536), f.data("a"))],
    twin: [f.HEAD, f.run(f.channel(65535), f.data("a"))],
  }),
  invalid("channel-of-last-run-65536", "LIM-4", "over-limit", {
    why: "A port that checks the first run only files the tokens of the second under channel 0.",
    bytes: [f.HEAD, f.run(f.data("a")), f.run(f.channel(65536), f.data("b"))],
    twin: [f.HEAD, f.run(f.data("a")), f.run(f.channel(65535), f.data("b"))],
  }),
];

const window = (bytes: bigint): Bytes => [f.HEAD, f.open(f.version(1), f.window(bytes))];

const others = [
  valid("ranges-31", "LIM-6", {
    why:
      "16 lengths and 15 gaps: what a receiver reports on a bad path. A port that allows fewer " +
      "discards acks just when they matter.",
    bytes: [f.HEAD, f.ack(f.largest(31), f.ranges(...ones(31)))],
    packet: { ...f.HEAD_JSON, ack: { largest: "31", ranges: ones(31) } },
  }),
  invalid("ranges-33", "LIM-6", "over-limit", {
    why:
      "A receiver that keeps more ranges than 16 never forgets, and its acks outgrow the " +
      "datagram.",
    bytes: [f.HEAD, f.ack(f.largest(33), f.ranges(...ones(33)))],
    twin: [f.HEAD, f.ack(f.largest(31), f.ranges(...ones(31)))],
  }),
  valid("window-max", "LIM-8", {
    why:
      "16 MiB is the largest window. A port with a smaller maximum of its own refuses a " +
      "receiver that keeps to the rules.",
    bytes: window(16777216n),
    packet: { ...f.HEAD_JSON, open: { version: 1, window: "16777216" } },
  }),
  invalid("window-over", "LIM-8", "over-limit", {
    why:
      "A sender keeps what the window allows. Without the limit one Open makes it keep " +
      "everything.",
    bytes: window(16777217n),
    twin: window(16777216n),
  }),
  invalid("window-2-32", "LIM-8", "over-limit", {
    why: "Cut to 32 bits this window is 1024: legal, and 4 million times smaller than asked.",
    bytes: window(2n ** 32n + 1024n),
    twin: window(1024n),
  }),
];

/** 4 bytes of numbers, 24 of End, 38 and 6 of extensions, and `last`. */
const controlFromSender = (last: string): Bytes => [
  [f.HEAD, f.end(f.finalCount(3), f.reason(1), f.digest(f.DIGEST))],
  f.extension(f.type(1), f.value("aa".repeat(32))),
  f.extension(f.type(2), f.value(last)),
];

/** The same with `first_index` and a run, which does not count. */
const controlBesideRun = (index: number): Bytes => [
  [f.HEAD, f.firstIndex(index), f.run(token(200))],
  f.end(f.finalCount(3), f.reason(1), f.digest(f.DIGEST)),
  [
    f.extension(f.type(1), f.value("aa".repeat(32))),
    f.extension(f.type(2), f.value("bb".repeat(22))),
  ],
];

/** 96 or 97 bytes of ranges and what is around them. */
const controlFromReceiver = (largest: bigint, last: number): Bytes => [
  f.HEAD,
  f.ack(f.largest(largest), f.ranges(...Array<number>(16).fill(f.UINT32_MAX), last)),
];
const RANGES_SUM = 16n * 4294967295n;

const control = [
  valid("control-96-from-sender", "LIM-9", {
    why:
      "What a packet takes beside its tokens may be 96 bytes. A port that counts tag and length " +
      "of the extensions wrongly refuses the last ones.",
    bytes: controlFromSender("bb".repeat(24)),
    packet: {
      ...f.HEAD_JSON,
      end: { final_count: "3", reason: 1, digest: f.DIGEST },
      extensions: [
        { type: 1, value: "aa".repeat(32) },
        { type: 2, value: "bb".repeat(24) },
      ],
    },
  }),
  invalid("control-97-from-sender", "LIM-9", "over-limit", {
    why:
      "A sender counts on 96 bytes when it decides what fits. With more, a token of 1024 bytes " +
      "never leaves in a datagram of the smallest size.",
    bytes: controlFromSender("bb".repeat(25)),
    twin: controlFromSender("bb".repeat(24)),
  }),
  valid("control-96-beside-a-run", "LIM-9", {
    why:
      "Runs do not count, however long. A port that measures the whole packet discards the last " +
      "datagram of an answer, the one with the End.",
    bytes: controlBesideRun(127),
    packet: {
      ...f.HEAD_JSON,
      first_index: "127",
      runs: [{ data: times(200, "61") }],
      end: { final_count: "3", reason: 1, digest: f.DIGEST },
      extensions: [
        { type: 1, value: "aa".repeat(32) },
        { type: 2, value: "bb".repeat(22) },
      ],
    },
  }),
  invalid("control-97-by-first-index", "LIM-9", "over-limit", {
    why:
      "`first_index` counts although it belongs to the runs. A port that leaves it out with " +
      "them is up to 9 bytes too generous.",
    bytes: controlBesideRun(128),
    twin: controlBesideRun(127),
  }),
  valid("control-96-from-receiver", "LIM-9 PKT-11", {
    why:
      "Ranges may have large entries. A port that bounds their number and not their bytes, or " +
      "the other way round, finds the edge here.",
    bytes: controlFromReceiver(RANGES_SUM + 127n, 127),
    packet: {
      ...f.HEAD_JSON,
      ack: {
        largest: (RANGES_SUM + 127n).toString(),
        ranges: [...Array<number>(16).fill(f.UINT32_MAX), 127],
      },
    },
  }),
  invalid("control-97-from-receiver", "LIM-9", "over-limit", {
    why:
      "Few enough entries, too many bytes: a port that checks LIM-6 alone accepts an ack that " +
      "another discards, and the sender repeats for ever.",
    bytes: controlFromReceiver(RANGES_SUM + 128n, 128),
    twin: controlFromReceiver(RANGES_SUM + 127n, 127),
  }),
];

export const limits: PacketFile = packetFile(
  "limits",
  "Every limit of counts and sizes, at both edges.",
  [...counts, ...tokens, ...others, ...control],
);
