// Session vectors for what a datagram carries and what fits: SND-1, SND-11, SND-14, SND-19 to the byte.

import { senderCase } from "../script.js";
import { sessionFile } from "./case.js";
import { ack, finish, many, on, open, push } from "./packets.js";
import { startSender, startSenderWithHint, volley } from "./starts.js";

const NARROW = { config: { max_payload: 1152 } };

const content = [
  senderCase(
    "all-unacknowledged-and-new",
    "SND-11 SND-2 STR-2 SND-3",
    "Only new tokens in a datagram: a loss waits for a repeat, which is what the protocol exists to avoid.",
    (s) => {
      startSender(s, "a");
      s.give(30_000, push("b")).sends({ number: 2, items: [0, 2] });
      s.give(60_000, ack(2, { next: 1, largest: 1, delay: 30_000 }), push("c")).sends({
        number: 3,
        items: [1, 3],
      });
    },
  ),
  senderCase(
    "runs-by-channel",
    "SND-11 STR-1 STR-2",
    "Tokens grouped by channel instead of in order: indexes point at other tokens.",
    (s) => {
      startSender(s, "a", "b", on(1, "c"), on(65535, "d"), "e", "f").sends({
        items: [0, 6],
        runs: 4,
      });
    },
  ),
  senderCase(
    "bytes-are-opaque",
    "STR-1 STR-2 SND-11",
    "Tokens decoded and encoded again on their way: characters that a tokenizer cuts in two are destroyed.",
    (s) => {
      const tokens = [{ data: "f09f" }, { data: "9880" }, { data: "00" }, { data: "80" }];
      startSender(s, ...tokens).sends({ items: [0, 4], runs: 1 });
    },
  ),
  senderCase(
    "padding",
    "PKT-18",
    "Datagrams without padding: who listens on the path reads the text from the lengths of its tokens.",
    (s) => {
      s.give(0, push("a"), open(1)).sends({ items: [0, 1], size: 128 });
      s.note("a token of 110 bytes after the first: 128 do not suffice");
      s.give(30_000, push(...many(1, 110))).sends({ items: [0, 2], size: 256 });
      s.note("the last bucket ends at max_payload");
      s.give(60_000, push(...many(1, 960))).sends({ items: [0, 3], size: 1152 });
    },
    { config: { bucket: 128, max_payload: 1152 } },
  ),
];

const fitting = [
  senderCase(
    "fits-exactly",
    "SND-11 PKT-18",
    "A limit one too low: a datagram that would fit is cut in two.",
    (s) => {
      const seen = s.give(0, push(...many(1, 565), ...many(1, 564)), open(1));
      seen.sends({ number: 1, items: [0, 2], size: 1152 });
    },
    NARROW,
  ),
  senderCase(
    "one-byte-too-many",
    "SND-11 SND-14 PKT-18",
    "The mark forgotten, or a limit one too high: a datagram that the path drops, again and again.",
    (s) => {
      const seen = s.give(0, push(...many(2, 565)), open(1));
      seen.sends({ number: 1, items: [0, 1], size: 582 }, { number: 2, items: [1, 2] });
    },
    NARROW,
  ),
  senderCase(
    "fits-without-accept",
    "SND-11 OPN-8",
    "Room kept for an Accept that is not sent any more.",
    (s) => {
      startSender(s, "a");
      s.give(10_000, ack(2, { next: 1, largest: 1 })).accepted();
      const seen = s.give(50_000, push(...many(1, 566), ...many(1, 565)));
      seen.sends({ number: 2, items: [1, 3], accept: false, size: 1152 });
    },
    NARROW,
  ),
  senderCase(
    "does-not-fit-with-accept",
    "SND-11 SND-14 OPN-8 OPN-9",
    "Accept left out of the size: the datagram that carries it is too large, and the session never opens.",
    (s) => {
      startSender(s, "a");
      s.give(10_000, ack(2, { next: 1, largest: 1 })).accepted();
      const seen = s.give(50_000, open(3), push(...many(1, 566), ...many(1, 565)));
      seen.sends({ number: 2, items: [1, 2], accept: true }, { number: 3, items: [2, 3] });
    },
    NARROW,
  ),
  senderCase(
    "largest-tokens",
    "SND-14 STR-3",
    "A token of 1024 bytes that never fits beside anything else, and never leaves.",
    (s) => {
      s.give(0, push(...many(2, 1024)), finish(6 - 1), open(1)).sends(
        { number: 1, items: [0, 1], accept: true },
        { number: 2, items: [1, 3], end: true, accept: true },
      );
    },
    NARROW,
  ),
  senderCase(
    "end-does-not-fit",
    "SND-14 SND-11 END-2 END-4",
    "An End that must share a datagram with the last token: where it does not fit the stream never ends.",
    (s) => {
      const seen = s.give(0, push(...many(1, 565), ...many(1, 564)), finish(), open(1));
      seen.sends(
        { number: 1, items: [0, 2], end: false, size: 1152 },
        { number: 2, items: [2, 3], end: true },
      );
      s.note("the End alone is missing");
      s.give(10_000, ack(2, { next: 2, largest: 1 }))
        .accepted()
        .view({ una: "2", hi: "3" });
      s.next().sends({ number: 3, items: [2, 3], end: true });
    },
    NARROW,
  ),
  senderCase(
    "runs-32",
    "SND-11",
    "Fewer runs used than allowed: alternating channels make more datagrams than need be.",
    (s) => {
      const tokens = Array.from({ length: 32 }, (_, i) => on(i % 2, "x"));
      startSender(s, ...tokens).sends({ number: 1, items: [0, 32], runs: 32 });
    },
  ),
  senderCase(
    "runs-33",
    "SND-11 SND-14",
    "More runs than a packet may have: the receiver discards it as over-limit, and every copy of it.",
    (s) => {
      const tokens = Array.from({ length: 33 }, (_, i) => on(i % 2, "x"));
      startSender(s, ...tokens).sends(
        { number: 1, items: [0, 32], runs: 32 },
        { number: 2, items: [32, 33], runs: 1 },
      );
    },
  ),
  senderCase(
    "runs-33-and-end",
    "SND-11 SND-14 END-2",
    "The End counted as a run, or not taken along with the last window.",
    (s) => {
      const tokens = Array.from({ length: 32 }, (_, i) => on(i % 2, "x"));
      const seen = s.give(0, push(...tokens), finish(), open(1));
      seen.sends({ number: 1, items: [0, 33], runs: 32, end: true });
    },
  ),
  senderCase(
    "number-that-grows-in-a-burst",
    "SND-14 SND-11",
    "Sizes judged with the number of the first datagram of a burst: the 128th datagram is one byte too large and is lost on every path.",
    (s) => {
      startSenderWithHint(s, 100_000);
      const { number } = volley(s, "h".repeat(126), {
        at: 30_000,
        spacing: 30_000,
        number: 2,
        before: 1,
      });
      const pair = (first: number, second: number): readonly { data: string }[] => [
        ...many(1, first),
        ...many(1, second),
      ];
      s.note("packet 127 is full; the next pair would fit a number of one byte, and 128 has two");
      const seen = s.give(
        9_000_000,
        ack(number, { largest: 126 }),
        push(...pair(567, 566), ...pair(566, 565)),
      );
      seen.sends(
        { number: 127, items: [0, 2], size: 1152 },
        { number: 128, items: [2, 3] },
        { number: 129, items: [3, 4] },
      );
    },
    NARROW,
  ),
];

export const senderContent = sessionFile(
  "sender-content",
  "What a datagram carries, and what fits into it to the byte.",
  [...content, ...fitting],
);
