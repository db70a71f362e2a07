// Session vectors for the end of a stream at a receiver: END-4, END-6, RCV-8, ACK-2.

import { receiverCase } from "../script.js";
import { sessionFile } from "./case.js";
import { digest, endOf, on, packet } from "./packets.js";
import { startReceiver } from "./starts.js";

const completing = [
  receiverCase(
    "with-the-last-token",
    "RCV-8 END-6 ACK-2 RCV-7",
    "The End delivered before the last token: the application closes its view one word too early.",
    (s) => {
      startReceiver(s, "a");
      const end = endOf(["a", "b"]);
      const seen = s.give(20_000, packet(2, { first: 1, tokens: ["b"], end })).accepted();
      seen.renders(1, "b").ends(2, 1).enters("draining complete");
      seen.sends({ next: 2, endReceived: true, largest: 2 }).deadline(10_020_000, "drain");
    },
  ),
  receiverCase(
    "end-alone",
    "RCV-8 END-6 ACK-2",
    "An End without tokens passed over: a late finish is never noticed.",
    (s) => {
      startReceiver(s, "a").sends({ next: 1, endReceived: false });
      const seen = s.give(20_000, packet(2, { end: endOf(["a"]) })).accepted();
      seen.rendersNothing().ends(1, 1).enters("draining complete");
      seen.sends({ next: 1, endReceived: true });
    },
  ),
  receiverCase(
    "zero-tokens",
    "END-4 RCV-8 END-6 ACK-2 RCV-7",
    "A stream without tokens that never ends: an empty answer shows a spinner for ever.",
    (s) => {
      s.poll(0);
      const seen = s.give(10_000, packet(1, { end: endOf([], 4), accept: true })).accepted();
      seen.rendersNothing().ends(0, 4).enters("active accept", "draining complete");
      seen.sends({ next: 0, endReceived: true, largest: 1 });
    },
  ),
  receiverCase(
    "end-before-tokens",
    "RCV-8 ACK-2 END-6 RCV-7",
    "end_received set as soon as the End is held: the sender takes the stream for complete while tokens are missing.",
    (s) => {
      startReceiver(s, "a");
      const early = s.give(
        20_000,
        packet(2, { first: 2, tokens: ["c"], end: endOf(["a", "b", "c"]) }),
      );
      early.rendersNothing().doesNotEnd().enters("ending end");
      early.sends({ next: 1, endReceived: false, largest: 2 });
      const seen = s.give(30_000, packet(3, { first: 1, tokens: ["b"] })).accepted();
      seen.renders(1, "b", "c").ends(3, 1).enters("draining complete");
      seen.sends({ next: 3, endReceived: true });
    },
  ),
  receiverCase(
    "ending-and-still-missing",
    "RCV-8 ACK-2",
    "A second phase event, or a second End, for each packet that comes while tokens are missing.",
    (s) => {
      const end = endOf(["a", "b", "c"]);
      startReceiver(s, "a");
      s.give(20_000, packet(2, { end })).enters("ending end");
      s.give(21_000, packet(3, { end })).accepted().enters().doesNotEnd().phase("ending");
      s.give(22_000, packet(4, { first: 1, tokens: ["b"] }))
        .enters()
        .sends({ endReceived: false });
      s.give(23_000, packet(5, { first: 2, tokens: ["c"], end }))
        .ends(3, 1)
        .phase("draining");
    },
  ),
  receiverCase(
    "opening-to-ending",
    "RCV-8 OPN-4 ACK-2",
    "A phase left out when Accept and End come in one packet: an application that waits for `active` never shows the text.",
    (s) => {
      s.poll(0);
      const end = endOf(["a", "b"]);
      const seen = s.give(10_000, packet(1, { first: 1, tokens: ["b"], end, accept: true }));
      seen.enters("active accept", "ending end").rendersNothing().sends({ next: 0 });
    },
  ),
  receiverCase(
    "resume-at-the-end",
    "RCV-8 END-6 RCV-7 ACK-2",
    "A resumption that lacks only the End and waits for tokens: the answer never completes.",
    (s) => {
      s.poll(0).sends({ open: true, next: 2 });
      const seen = s.give(10_000, packet(1, { end: endOf(["a", "b"]), accept: true }));
      seen.ends(2, 1).enters("active accept", "draining complete").sends({ endReceived: true });
    },
    { config: { next_index: "2", digest: digest(["a", "b"]) } },
  ),
  receiverCase(
    "aborted",
    "RCV-8 END-2",
    "The error code dropped: the application cannot tell a refused request from a crashed model.",
    (s) => {
      startReceiver(s, "a");
      const seen = s.give(20_000, packet(2, { end: endOf(["a"], 6, 4294967295) }));
      seen.ends(1, 6, 4294967295).enters("draining complete");
    },
  ),
  receiverCase(
    "channels-are-in-the-digest",
    "RCV-7 STR-2",
    "A transcript over bytes alone: labels can change on the way and nobody notices.",
    (s) => {
      startReceiver(s, on(1, "a"), on(65535, "b"));
      const seen = s.give(20_000, packet(2, { end: endOf([on(1, "a"), on(65535, "b")], 5) }));
      seen.ends(2, 5).enters("draining complete");
    },
  ),
];

const drainingCases = [
  receiverCase(
    "draining-answers",
    "END-6 ACK-1 RCV-1",
    "Silence after completion: the sender, whose last ack was lost, repeats the End for half a minute.",
    (s) => {
      const end = endOf(["a"]);
      startReceiver(s, "a");
      s.give(20_000, packet(2, { end })).phase("draining").deadline(10_020_000, "drain");
      const seen = s.give(500_000, packet(3, { end })).accepted();
      seen
        .doesNotEnd()
        .enters()
        .sends({ next: 1, endReceived: true, largest: 3, ranges: [3] });
      seen.deadline(10_500_000, "drain");
      s.note("a duplicate is not answered and does not delay the end");
      s.give(600_000, packet(3, { end }))
        .results("duplicate")
        .silent()
        .deadline(10_500_000, "drain");
      s.advance().sendsNothing().enters("closed drained").deadline(null, null);
      s.give(10_600_000, packet(4)).results("phase").silent();
    },
  ),
  receiverCase(
    "accept-again",
    "OPN-4 END-6 ACK-1 RCV-4",
    "A second Accept that starts something over: an ack was lost, so the sender says it in every packet.",
    (s) => {
      const end = endOf(["a", "b"]);
      startReceiver(s, "a").enters("active accept");
      s.give(20_000, packet(2, { tokens: ["a"], accept: true }))
        .accepted()
        .enters();
      s.give(30_000, packet(3, { end, accept: true })).enters("ending end");
      s.give(40_000, packet(4, { accept: true }))
        .accepted()
        .enters()
        .sends({ next: 1 });
      s.give(50_000, packet(5, { first: 1, tokens: ["b"], end, accept: true })).ends(2, 1);
      const seen = s.give(60_000, packet(6, { first: 1, tokens: ["b"], end, accept: true }));
      seen.accepted().enters().doesNotEnd().sends({ next: 2, endReceived: true, largest: 6 });
    },
  ),
  receiverCase(
    "draining-ignores-contents",
    "END-6 END-3",
    "A finished session that fails afterwards: text that is complete and right is shown as broken.",
    (s) => {
      startReceiver(s, "a");
      s.give(20_000, packet(2, { end: endOf(["a"]) })).phase("draining");
      const tokens = ["X", "b"];
      s.give(30_000, packet(3, { tokens, end: endOf(["a", "b"]) }))
        .accepted()
        .rendersNothing()
        .doesNotEnd()
        .enters()
        .sends({ next: 1, endReceived: true });
    },
  ),
  receiverCase(
    "drained-with-an-ack-pending",
    "END-6 TIM-6",
    "An ack sent when the session is over at that very poll.",
    (s) => {
      startReceiver(s, "a");
      s.give(20_000, packet(2, { end: endOf(["a"]) })).phase("draining");
      const seen = s.give(10_040_000, { ...packet(3), at: 30_000 });
      seen.accepted().sendsNothing().enters("closed drained");
    },
  ),
];

export const receiverEnd = sessionFile(
  "receiver-end",
  "The end of a stream at a receiver: completion, and what it answers afterwards.",
  [...completing, ...drainingCases],
);
