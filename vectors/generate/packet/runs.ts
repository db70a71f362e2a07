// Vectors for SPEC 4.2: tokens in runs, where they are cut, and that their bytes are nobody's
// business.

import { invalid, packetFile, valid, type PacketFile } from "./case.js";
import * as f from "./fields.js";

const HI = f.run(f.data("Hi"));

const shapes = [
  valid("one-token", "PKT-6", {
    why:
      "The commonest run has no `lengths` and no `channel`. A port that takes absent lengths " +
      "for no tokens shows nothing at all.",
    bytes: [f.HEAD, HI],
    packet: { ...f.HEAD_JSON, runs: [{ data: "4869" }] },
  }),
  valid("two-tokens", "PKT-6", {
    why:
      "A port that cuts at the wrong place counts indexes wrongly, and every later token is " +
      "taken for a conflict.",
    bytes: [f.HEAD, f.run(f.data("Hello"), f.lengths(2, 3))],
    packet: { ...f.HEAD_JSON, runs: [{ data: "48656c6c6f", lengths: [2, 3] }] },
  }),
  valid("equal-tokens", "PKT-6", {
    why: "Two equal tokens are two. A port that removes duplicates by content eats repeated words.",
    bytes: [f.HEAD, f.run(f.data("haha"), f.lengths(2, 2))],
    packet: { ...f.HEAD_JSON, runs: [{ data: "68616861", lengths: [2, 2] }] },
  }),
  valid("first-index", "PKT-5 PKT-6", {
    why:
      "A port that numbers tokens from 0 in each packet renders the repair of a loss at the " +
      "head of the text.",
    bytes: [f.HEAD, f.firstIndex(300), HI],
    packet: { ...f.HEAD_JSON, first_index: "300", runs: [{ data: "4869" }] },
  }),
  valid("two-channels", "PKT-7", {
    why:
      "One order runs over all channels. A port that counts per channel puts the first " +
      "reasoning token over the first word of the answer.",
    bytes: [
      [f.HEAD, f.firstIndex(10), f.run(f.data("Hello"), f.lengths(2, 3))],
      f.run(f.channel(1), f.data("{")),
    ],
    packet: {
      ...f.HEAD_JSON,
      first_index: "10",
      runs: [
        { data: "48656c6c6f", lengths: [2, 3] },
        { channel: 1, data: "7b" },
      ],
    },
  }),
  valid("channel-returns", "PKT-7", {
    why:
      "Only neighbours must differ. A port that wants each channel once discards an answer that " +
      "goes back to its main text.",
    bytes: [f.HEAD, HI, f.run(f.channel(1), f.data("{")), f.run(f.data("!"))],
    packet: {
      ...f.HEAD_JSON,
      runs: [{ data: "4869" }, { channel: 1, data: "7b" }, { data: "21" }],
    },
  }),
  valid("channels-descend", "PKT-7", {
    why:
      "Channels are labels without order. A port that keeps runs in a sorted map reorders the " +
      "text.",
    bytes: [f.HEAD, f.run(f.channel(9), f.data("b")), f.run(f.channel(2), f.data("a"))],
    packet: {
      ...f.HEAD_JSON,
      runs: [
        { channel: 9, data: "62" },
        { channel: 2, data: "61" },
      ],
    },
  }),
  valid("data-127-bytes", "ENC-2", {
    why:
      "The longest data whose length takes one byte. An encoder that switches to two bytes one " +
      "early has every such packet refused.",
    bytes: [f.HEAD, f.run(f.dataHex("61".repeat(127), "127 times 'a'"))],
    packet: { ...f.HEAD_JSON, runs: [{ data: "61".repeat(127) }] },
  }),
  valid("data-128-bytes", "ENC-2", {
    why:
      "The length takes two bytes, in the run and around it. A port that reserves one byte for " +
      "it overwrites the first letter.",
    bytes: [f.HEAD, f.run(f.dataHex("61".repeat(128), "128 times 'a'"))],
    packet: { ...f.HEAD_JSON, runs: [{ data: "61".repeat(128) }] },
  }),
  valid("entry-of-two-bytes", "ENC-3 PKT-6", {
    why:
      "Entries of `lengths` are varints, not bytes. A port that reads one byte for each cuts " +
      "128 as 0 and 1.",
    bytes: [f.HEAD, f.run(f.dataHex("61".repeat(131), "131 times 'a'"), f.lengths(128, 3))],
    packet: { ...f.HEAD_JSON, runs: [{ data: "61".repeat(131), lengths: [128, 3] }] },
  }),
];

/** Tokens that a port which thinks of text would change. */
const opaque = [
  [
    "nul-byte",
    "00",
    "one zero byte",
    "A port that keeps tokens in C strings takes a zero byte for the end and renders an empty " +
      "token.",
  ],
  [
    "not-utf8",
    "fffe",
    "bytes that are never UTF-8",
    "A port that decodes each token to text replaces these bytes by U+FFFD for good; the " +
      "transcript digest no longer fits.",
  ],
  [
    "half-a-character",
    "e282",
    "the first 2 of 3 bytes of the euro sign",
    "Real vocabularies cut characters apart. A port that validates each token discards the " +
      "datagram and stalls in every Chinese or emoji answer.",
  ],
  [
    "continuation-byte",
    "ac",
    "the last byte of the euro sign",
    "The other half of a cut character. Decoded alone it is an error; joined with the token " +
      "before it is a sign.",
  ],
  [
    "non-bmp",
    "f09f9880",
    "an emoji, 4 bytes",
    "A port that counts UTF-16 units takes 4 bytes for 2 and cuts all tokens after it in the " +
      "wrong place.",
  ],
  [
    "surrogate",
    "eda080",
    "a lone surrogate in UTF-8 form",
    "Strict decoders throw on it. A thrown error in the receive path ends the session of a " +
      "user who did nothing.",
  ],
  [
    "byte-order-mark",
    "efbbbf",
    "a byte order mark",
    "TextDecoder eats a leading mark silently: one token vanishes and the digest at the end " +
      "fails the answer.",
  ],
  [
    "line-ends",
    "0d0a",
    "CR LF",
    "A port that passes tokens through a text stream turns CR LF into LF, and code with a " +
      "digest no longer matches.",
  ],
] as const;

const bytesOnly = opaque.map(([slug, hex, note, why]) =>
  valid(slug, "PKT-6", {
    why,
    bytes: [f.HEAD, f.run(f.dataHex(hex, note))],
    packet: { ...f.HEAD_JSON, runs: [{ data: hex }] },
  }),
);

const cuts = [
  valid("character-in-two-tokens", "PKT-6", {
    why:
      "One emoji cut after its second byte. A port that moves the cut to a character boundary " +
      "changes both tokens and their digest.",
    bytes: [f.HEAD, f.run(f.dataHex("f09f9880", "an emoji"), f.lengths(2, 2))],
    packet: { ...f.HEAD_JSON, runs: [{ data: "f09f9880", lengths: [2, 2] }] },
  }),
  invalid("empty-run", "PKT-6", "invalid", {
    why:
      "A run without data would be a token without bytes: it takes an index and shows nothing, " +
      "and ports that skip it number all later tokens one too low.",
    bytes: [f.HEAD, f.run()],
    twin: [f.HEAD, f.run(f.data("H"))],
  }),
  invalid("run-with-channel-only", "PKT-6", "invalid", {
    why:
      "A port that checks the size of the run and not of its data passes this and delivers an " +
      "empty token.",
    bytes: [f.HEAD, f.run(f.channel(1))],
    twin: [f.HEAD, f.run(f.channel(1), f.data("H"))],
  }),
  invalid("lengths-without-data", "PKT-6", "invalid", {
    why:
      "A port that slices an empty buffer by these lengths reads behind it or makes two empty " +
      "tokens.",
    bytes: [f.HEAD, f.run(f.lengths(1, 1))],
    twin: [f.HEAD, f.run(f.data("Hi"), f.lengths(1, 1))],
  }),
  invalid("empty-run-after-a-good-one", "PKT-6", "invalid", {
    why: "A port that checks the first run only delivers an empty token in the middle of the text.",
    bytes: [f.HEAD, HI, f.run(f.channel(1))],
    twin: [f.HEAD, HI, f.run(f.channel(1), f.data("H"))],
  }),
  invalid("one-entry", "PKT-6", "invalid", {
    why:
      "The second way to write one token. Two forms mean two encodings of one packet, and a " +
      "re-encoding check refuses one of them.",
    bytes: [f.HEAD, f.run(f.data("Hello"), f.lengths(5))],
    twin: [f.HEAD, f.run(f.data("Hello"))],
  }),
  invalid("first-entry-0", "PKT-6", "invalid", {
    why:
      "The sum is right, so only a check of each entry finds the empty token, which would take " +
      "index 0 and show nothing.",
    bytes: [f.HEAD, f.run(f.data("Hello"), f.lengths(0, 5))],
    twin: [f.HEAD, f.run(f.data("Hello"), f.lengths(1, 4))],
  }),
  invalid("last-entry-0", "PKT-6", "invalid", {
    why:
      "A loop that stops when the data is used up never sees the last entry, and counts one " +
      "token fewer than its peer.",
    bytes: [f.HEAD, f.run(f.data("Hello"), f.lengths(5, 0))],
    twin: [f.HEAD, f.run(f.data("Hello"), f.lengths(4, 1))],
  }),
  invalid("entry-0-between", "PKT-6", "invalid", {
    why: "As above in the middle: a port that skips zeros shifts all later indexes by one.",
    bytes: [f.HEAD, f.run(f.data("Hello"), f.lengths(2, 0, 3))],
    twin: [f.HEAD, f.run(f.data("Hello"), f.lengths(2, 1, 2))],
  }),
  invalid("lengths-sum-short", "PKT-6", "invalid", {
    why:
      "A byte belongs to no token. A port that gives it to the last one and a port that drops " +
      "it render different text.",
    bytes: [f.HEAD, f.run(f.data("Hello"), f.lengths(2, 2))],
    twin: [f.HEAD, f.run(f.data("Hello"), f.lengths(2, 3))],
  }),
  invalid("lengths-sum-long", "PKT-6", "invalid", {
    why:
      "A port that trusts the last length reads one byte behind the data: memory of another " +
      "session, or a crash.",
    bytes: [f.HEAD, f.run(f.data("Hello"), f.lengths(2, 4))],
    twin: [f.HEAD, f.run(f.data("Hello"), f.lengths(2, 3))],
  }),
  invalid("lengths-sums-cancel", "PKT-6", "invalid", {
    why:
      "A port that adds up all runs together passes this, since what is missing in the first is " +
      "too much in the second.",
    bytes: [
      [f.HEAD, f.run(f.data("abc"), f.lengths(1, 1))],
      f.run(f.channel(1), f.data("de"), f.lengths(1, 2)),
    ],
    twin: [
      [f.HEAD, f.run(f.data("abc"), f.lengths(1, 2))],
      f.run(f.channel(1), f.data("de"), f.lengths(1, 1)),
    ],
  }),
];

const neighbours = [
  invalid("adjacent-runs-on-channel-0", "PKT-7", "invalid", {
    why:
      "Absent channels are equal too. A port that compares only written channels accepts a " +
      "second encoding of one run.",
    bytes: [f.HEAD, f.run(f.data("a")), f.run(f.data("b"))],
    twin: [f.HEAD, f.run(f.data("a")), f.run(f.channel(1), f.data("b"))],
  }),
  invalid("adjacent-runs-on-channel-5", "PKT-7", "invalid", {
    why:
      "An encoder that starts a run for each push doubles the bytes of every datagram; the " +
      "check is what makes its author notice.",
    bytes: [f.HEAD, f.run(f.channel(5), f.data("a")), f.run(f.channel(5), f.data("b"))],
    twin: [f.HEAD, f.run(f.channel(5), f.data("a")), f.run(f.channel(6), f.data("b"))],
  }),
  invalid("last-two-runs-on-one-channel", "PKT-7", "invalid", {
    why: "A loop that ends one short compares all pairs but the last.",
    bytes: [
      [f.HEAD, f.run(f.data("a")), f.run(f.channel(1), f.data("b"))],
      f.run(f.channel(1), f.data("c")),
    ],
    twin: [f.HEAD, f.run(f.data("a")), f.run(f.channel(1), f.data("b")), f.run(f.data("c"))],
  }),
];

export const runs: PacketFile = packetFile(
  "runs",
  "Tokens in runs: where they are cut, their channels, and bytes that are not text.",
  [...shapes, ...bytesOnly, ...cuts, ...neighbours],
);
