// Session vectors for rendering: RCV-3 to RCV-6, and what a receiver holds behind a gap.

import { receiverCase } from "../script.js";
import { sessionFile } from "./case.js";
import { digest, endOf, many, on, packet } from "./packets.js";
import { startReceiver } from "./starts.js";

const order = [
  receiverCase(
    "prefix-at-once",
    "RCV-4 ACK-1 ACK-2",
    "Tokens that are held until something else comes: text appears in lumps.",
    (s) => {
      startReceiver(s, "The").renders(0, "The").sends({ number: 2, next: 1, largest: 1 });
      const seen = s.give(30_000, packet(2, { first: 1, tokens: [" sky", " is"] })).accepted();
      seen.renders(1, " sky", " is").sends({ number: 3, next: 3, largest: 2, ranges: [2] });
    },
  ),
  receiverCase(
    "repeats-render-once",
    "RCV-4 RCV-3",
    "A repeated token rendered twice: words stutter on every lost ack.",
    (s) => {
      startReceiver(s, "a", "b").renders(0, "a", "b");
      const seen = s.give(20_000, packet(2, { first: 0, tokens: ["a", "b", "c"] })).accepted();
      seen.renders(2, "c").sends({ next: 3 });
      s.give(30_000, packet(3, { first: 1, tokens: ["b", "c"] }))
        .accepted()
        .rendersNothing();
    },
  ),
  receiverCase(
    "gap-waits",
    "RCV-4 ACK-2",
    "A token rendered before one that is missing: words swap places in the text.",
    (s) => {
      startReceiver(s, "a");
      const ahead = s.give(20_000, packet(3, { first: 2, tokens: ["c", "d"] })).accepted();
      ahead.rendersNothing().sends({ next: 1, largest: 3, ranges: [1, 1, 1] });
      const fill = s.give(25_000, packet(2, { first: 1, tokens: ["b"] })).accepted();
      fill.renders(1, "b", "c", "d").sends({ next: 4, largest: 3, ranges: [3], delay: 5_000 });
    },
  ),
  receiverCase(
    "two-gaps",
    "RCV-4 ACK-2",
    "All waiting tokens rendered when the first gap closes: the second gap swallows words.",
    (s) => {
      startReceiver(s, "a");
      s.give(20_000, packet(5, { first: 4, tokens: ["e"] })).rendersNothing();
      s.give(21_000, packet(3, { first: 2, tokens: ["c"] })).rendersNothing();
      s.give(22_000, packet(2, { first: 1, tokens: ["b"] }))
        .renders(1, "b", "c")
        .sends({ next: 3 });
      s.give(23_000, packet(4, { first: 3, tokens: ["d"] }))
        .renders(3, "d", "e")
        .sends({ next: 5 });
    },
  ),
  receiverCase(
    "order-of-arrival",
    "RCV-3 RCV-4",
    "Packets dropped because a later number came first: on a path that reorders every overtaken datagram is wasted.",
    (s) => {
      startReceiver(s);
      s.give(20_000, packet(4, { first: 0, tokens: ["a"] }))
        .accepted()
        .renders(0, "a");
      s.give(21_000, packet(2, { first: 0, tokens: ["a", "b"] }))
        .accepted()
        .renders(1, "b");
      s.give(22_000, packet(3, { first: 2, tokens: ["c"] }))
        .accepted()
        .renders(2, "c");
    },
  ),
  receiverCase(
    "one-order-over-channels",
    "RCV-4 STR-1 STR-2",
    "An order kept for each channel: reasoning and answer are rendered interleaved otherwise than they were written.",
    (s) => {
      startReceiver(s, on(1, "think"), "Hi").renders(0, on(1, "think"), "Hi");
      s.note("channel 1 is contiguous, but token 2 of channel 0 is missing");
      s.give(20_000, packet(2, { first: 3, tokens: [on(1, "more")] })).rendersNothing();
      const seen = s.give(21_000, packet(3, { first: 2, tokens: ["!"] }));
      seen.renders(2, "!", on(1, "more"));
    },
  ),
  receiverCase(
    "bytes-are-opaque",
    "RCV-4 STR-1",
    "Tokens decoded as text one by one: every character that a tokenizer cuts in two becomes two question marks.",
    (s) => {
      startReceiver(s, { data: "f09f" }, { data: "9880" }, { channel: 65535, data: "00" }).renders(
        0,
        { data: "f09f" },
        { data: "9880" },
        { channel: 65535, data: "00" },
      );
    },
  ),
  receiverCase(
    "packets-before-a-poll",
    "RCV-4 ACK-1 STR-5",
    "One ack for each packet of a batch: a burst of ten makes ten datagrams where one does.",
    (s) => {
      startReceiver(s, "a");
      const seen = s.give(
        20_000,
        packet(2, { first: 1, tokens: ["b"] }),
        packet(4, { first: 3, tokens: ["d"] }),
        packet(3, { first: 2, tokens: ["c"] }),
      );
      seen.accepted().sends({ number: 3, next: 4, largest: 4, ranges: [4] });
    },
  ),
  receiverCase(
    "resumed-prefix-is-skipped",
    "RCV-4 OPN-3",
    "A resumed receiver that renders from the packet's first index: the words before the interruption appear again.",
    (s) => {
      s.poll(0).sends({ open: true, next: 2 });
      const tokens = ["b", "c", "d"];
      const seen = s.give(10_000, packet(1, { first: 1, tokens, accept: true })).accepted();
      seen.renders(2, "c", "d").sends({ next: 4 });
    },
    { config: { next_index: "2", digest: digest(["a", "b"]) } },
  ),
  receiverCase(
    "resumed-digest-continues",
    "RCV-7 OPN-3 RCV-8",
    "A transcript that starts anew on resumption: every resumed answer ends with a false TRANSCRIPT_MISMATCH.",
    (s) => {
      s.poll(0).sends({ open: true, next: 2 });
      const end = endOf(["a", "b", "c"]);
      s.give(10_000, packet(1, { first: 2, tokens: ["c"], end, accept: true }))
        .accepted()
        .renders(2, "c")
        .ends(3, 1)
        .enters("active accept", "draining complete");
    },
    { config: { next_index: "2", digest: digest(["a", "b"]) } },
  ),
];

const conflicts = [
  receiverCase(
    "content-bytes",
    "RCV-5 RCV-2 ERR-2 ERR-3",
    "Two contents for one index taken silently: the text depends on which datagram was lost.",
    (s) => {
      startReceiver(s);
      s.give(20_000, packet(2, { first: 1, tokens: ["b"] })).accepted();
      s.note("token 0 is fine, but nothing of this packet is rendered");
      const seen = s.give(21_000, packet(3, { first: 0, tokens: ["a", "B"] }));
      seen.results("content-mismatch").rendersNothing().enters("failed close-sent 8");
      seen.sends({ close: 8, number: 0, epoch: 1 }).deadline(null, null);
      s.poll(10_000_000).silent();
    },
  ),
  receiverCase(
    "content-channel",
    "RCV-5 STR-2",
    "The channel left out of the comparison: reasoning is rendered as the answer.",
    (s) => {
      startReceiver(s);
      s.give(20_000, packet(2, { first: 1, tokens: ["b"] })).accepted();
      const seen = s.give(21_000, packet(3, { first: 1, tokens: [on(1, "b")] }));
      seen.results("content-mismatch").enters("failed close-sent 8").sends({ close: 8 });
    },
  ),
  receiverCase(
    "content-same-again",
    "RCV-5 RCV-4",
    "A waiting token that may not come twice: the redundancy that is the point of the protocol ends the session.",
    (s) => {
      startReceiver(s);
      s.give(20_000, packet(2, { first: 1, tokens: ["b", "c"] })).accepted();
      s.give(21_000, packet(3, { first: 1, tokens: ["b", "c"] }))
        .accepted()
        .rendersNothing();
      s.give(22_000, packet(4, { tokens: ["a", "b", "c"] })).renders(0, "a", "b", "c");
    },
  ),
  receiverCase(
    "rendered-is-not-compared",
    "RCV-5",
    "A receiver that keeps and compares what it rendered: memory without bound, and a port that cannot follow differs.",
    (s) => {
      startReceiver(s, "a").renders(0, "a");
      const seen = s.give(20_000, packet(2, { first: 0, tokens: ["X", "b"] })).accepted();
      seen.renders(1, "b").sends({ next: 2 });
    },
  ),
  receiverCase(
    "cut-differently",
    "RCV-5",
    "Tokens compared as one string: the same bytes cut elsewhere have other indexes, and later tokens move.",
    (s) => {
      startReceiver(s);
      s.give(20_000, packet(2, { first: 1, tokens: ["ab", "c"] })).accepted();
      const seen = s.give(21_000, packet(3, { first: 1, tokens: ["a", "bc"] }));
      seen.results("content-mismatch").sends({ close: 8 });
    },
  ),
];

const limits = [
  receiverCase(
    "limit-index-last",
    "RCV-6 LIM-10",
    "A limit one too low: a sender that fills its window exactly is thrown out.",
    (s) => {
      startReceiver(s, "a");
      const seen = s.give(20_000, packet(2, { first: 4096, tokens: ["z"] })).accepted();
      seen.rendersNothing().sends({ next: 1, largest: 2 });
    },
  ),
  receiverCase(
    "limit-index-over",
    "RCV-6 RCV-2 ERR-2",
    "A limit one too high, or none: a hostile sender fills the receiver's memory with tokens that can never be rendered.",
    (s) => {
      startReceiver(s, "a");
      const seen = s.give(20_000, packet(2, { first: 4096, tokens: ["y", "z"] }));
      seen.results("limit-exceeded").enters("failed close-sent 11").sends({ close: 11 });
    },
  ),
  receiverCase(
    "limit-index-counts-from-next",
    "RCV-6",
    "The limit measured after the packet's own tokens were rendered: whether a packet passes depends on the order of checks.",
    (s) => {
      s.poll(0);
      const tokens = many(4096, 1);
      const seen = s.give(10_000, packet(1, { tokens, accept: true })).accepted();
      seen.renders(0, ...tokens).sends({ next: 4096 });
      s.note("4095 ahead of next_index 4096: allowed only because rendered tokens left the window");
      s.give(20_000, packet(2, { first: 8191, tokens: ["z"] })).accepted();
    },
  ),
  receiverCase(
    "limit-bytes-exact",
    "RCV-6 LIM-10",
    "A window one byte too small: a sender that fills it exactly is thrown out.",
    (s) => {
      startReceiver(s);
      s.give(20_000, packet(2, { first: 1, tokens: many(2, 500) })).accepted();
      s.give(21_000, packet(3, { first: 3, tokens: many(1, 24) }))
        .accepted()
        .rendersNothing();
    },
    { config: { window: "1024" } },
  ),
  receiverCase(
    "limit-bytes-over",
    "RCV-6 RCV-2",
    "A window that is not enforced: a hostile sender holds as much of the receiver's memory as it likes.",
    (s) => {
      startReceiver(s);
      s.give(20_000, packet(2, { first: 1, tokens: many(2, 500) })).accepted();
      const seen = s.give(21_000, packet(3, { first: 3, tokens: many(1, 25) }));
      seen.results("limit-exceeded").enters("failed close-sent 11").sends({ close: 11 });
    },
    { config: { window: "1024" } },
  ),
  receiverCase(
    "limit-bytes-of-the-packet-itself",
    "RCV-6 RCV-2",
    "Tokens that could be rendered at once left out of the sum: two receivers disagree about the same packet.",
    (s) => {
      startReceiver(s);
      const seen = s.give(20_000, packet(2, { first: 0, tokens: many(2, 513) }));
      seen.results("limit-exceeded").rendersNothing().sends({ close: 11 });
    },
    { config: { window: "1024" } },
  ),
  receiverCase(
    "limit-bytes-count-once",
    "RCV-6",
    "A repeated token counted twice against the window: redundancy alone ends the session.",
    (s) => {
      startReceiver(s, "a");
      const tokens = many(2, 500);
      s.give(20_000, packet(2, { first: 2, tokens })).accepted();
      s.note("the same 1000 bytes again, and a rendered token that counts no more");
      s.give(21_000, packet(3, { first: 2, tokens })).accepted();
      s.give(22_000, packet(4, { tokens: ["a", "b"] }))
        .accepted()
        .renders(1, "b", ...tokens);
    },
    { config: { window: "1024" } },
  ),
  receiverCase(
    "limit-bytes-freed-by-rendering",
    "RCV-6 LIM-10",
    "A window that counts bytes since the Open: after 256 KiB of text every session fails.",
    (s) => {
      startReceiver(s, ...many(1, 1000));
      s.give(20_000, packet(2, { first: 1, tokens: many(1, 1000) })).accepted();
      s.give(30_000, packet(3, { first: 2, tokens: many(1, 1000) }))
        .accepted()
        .sends({ next: 3 });
    },
    { config: { window: "1024" } },
  ),
  receiverCase(
    "content-before-limit",
    "RCV-2 RCV-5",
    "Checks in another order: the Close names another fault, and its developer looks in the wrong place.",
    (s) => {
      startReceiver(s);
      s.give(20_000, packet(2, { first: 1, tokens: many(1, 1000) })).accepted();
      const seen = s.give(21_000, packet(3, { first: 1, tokens: many(2, 1000, 5) }));
      seen.results("content-mismatch").sends({ close: 8 });
    },
    { config: { window: "1024" } },
  ),
];

export const receiverRender = sessionFile(
  "receiver-render",
  "What a receiver renders and when, what it holds behind a gap, and what it refuses to hold.",
  [...order, ...conflicts, ...limits],
);
