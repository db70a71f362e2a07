// Session vectors for Ends that contradict: what another End or token says (END-3), what the digest says
// (RCV-7).

import { receiverCase } from "../script.js";
import { sessionFile } from "./case.js";
import { close, endOf, many, packet } from "./packets.js";
import { startReceiver } from "./starts.js";

const finals = [
  receiverCase(
    "transcript-mismatch",
    "RCV-7 ERR-2 ERR-3",
    "The digest not compared: text that was altered or mixed up on the way is shown as complete.",
    (s) => {
      startReceiver(s, "a");
      s.note("the last token is rendered before the digest can be compared");
      const end = endOf(["X", "b"]);
      const seen = s.give(20_000, packet(2, { first: 1, tokens: ["b"], end }));
      seen.results("transcript-mismatch").renders(1, "b").doesNotEnd();
      seen.enters("failed close-sent 10").sends({ close: 10, number: 0 }).deadline(null, null);
    },
  ),
  receiverCase(
    "transcript-mismatch-in-opening",
    "RCV-7 OPN-4",
    "A resumption onto another text that is found out only by its End, and is not found out.",
    (s) => {
      s.poll(0);
      const seen = s.give(10_000, packet(1, { tokens: ["a"], end: endOf(["A"]), accept: true }));
      seen.results("transcript-mismatch").renders(0, "a");
      seen.enters("active accept", "failed close-sent 10").sends({ close: 10 });
    },
  ),
  receiverCase(
    "transcript-mismatch-in-ending",
    "RCV-7",
    "The digest compared only with the packet that brings the End.",
    (s) => {
      startReceiver(s, "a");
      s.give(20_000, packet(2, { end: endOf(["a", "B"]) })).phase("ending");
      const seen = s.give(30_000, packet(3, { first: 1, tokens: ["b"] }));
      seen.results("transcript-mismatch").renders(1, "b").enters("failed close-sent 10");
      seen.sends({ close: 10 });
    },
  ),
  receiverCase(
    "transcript-last-byte",
    "RCV-7",
    "Only a part of the digest compared: most of its strength is gone.",
    (s) => {
      startReceiver(s, "a");
      const end = endOf(["a"]);
      const altered = end.digest?.replace(/.$/, (digit) => (digit === "0" ? "1" : "0")) ?? "";
      const seen = s.give(20_000, packet(2, { end: { ...end, digest: altered } }));
      seen.results("transcript-mismatch").enters("failed close-sent 10");
    },
  ),
  ...(
    [
      ["count", endOf(["a", "b"]), "a stream that grows after its end"],
      ["reason", endOf(["a", "b", "c"], 2), "an answer that was cut short shown as complete"],
      ["error-code", endOf(["a", "b", "c"], 6, 2), "one error shown as another"],
      [
        "digest",
        { ...endOf(["a", "b", "c"], 6, 1), digest: "00".repeat(16) },
        "a false digest that replaces the right one, or the other way round",
      ],
    ] as const
  ).map(([what, other, harm]) =>
    receiverCase(
      `two-ends-${what}`,
      "END-3 RCV-2 ERR-2",
      `Two Ends taken silently, the later or the earlier winning: ${harm}.`,
      (s) => {
        startReceiver(s, "a");
        const end = endOf(["a", "b", "c"], 6, 1);
        s.give(20_000, packet(2, { end })).phase("ending");
        const seen = s.give(30_000, packet(3, { first: 1, tokens: ["b"], end: other }));
        seen.results("final-mismatch").rendersNothing().enters("failed close-sent 9");
        seen.sends({ close: 9 });
      },
    ),
  ),
  receiverCase(
    "same-end-again",
    "END-3 RCV-8",
    "A repeated End taken for a second one: every answer whose tail is lost once fails.",
    (s) => {
      const end = endOf(["a", "b"]);
      startReceiver(s, "a");
      s.give(20_000, packet(2, { end })).phase("ending");
      s.give(30_000, packet(3, { first: 1, tokens: ["b"], end }))
        .ends(2, 1)
        .phase("draining");
    },
  ),
  receiverCase(
    "end-below-rendered",
    "END-3 RCV-2",
    "An End that lies before what was shown: the receiver waits for ever, or takes words back.",
    (s) => {
      startReceiver(s, "a", "b");
      const seen = s.give(20_000, packet(2, { end: endOf(["a"]) }));
      seen.results("final-mismatch").doesNotEnd().enters("failed close-sent 9").sends({ close: 9 });
    },
  ),
  receiverCase(
    "end-below-waiting",
    "END-3 RCV-2",
    "An End that lies before a token that waits: the session completes and drops a word.",
    (s) => {
      startReceiver(s, "a");
      s.give(20_000, packet(2, { first: 2, tokens: ["c"] })).accepted();
      const seen = s.give(30_000, packet(3, { end: endOf(["a", "b"]) }));
      seen.results("final-mismatch").enters("failed close-sent 9").sends({ close: 9 });
    },
  ),
  receiverCase(
    "end-below-its-own-tokens",
    "END-3 RCV-2",
    "Tokens beyond the End of their own packet rendered, or dropped silently.",
    (s) => {
      startReceiver(s, "a");
      const seen = s.give(
        20_000,
        packet(2, { first: 1, tokens: ["b", "c"], end: endOf(["a", "b"]) }),
      );
      seen.results("final-mismatch").rendersNothing().enters("failed close-sent 9");
    },
  ),
  receiverCase(
    "token-at-the-end",
    "END-3 RCV-2",
    "Tokens after the End: a stream that goes on after it was over.",
    (s) => {
      startReceiver(s, "a");
      s.give(20_000, packet(2, { end: endOf(["a", "b"]) })).phase("ending");
      s.note("index 2 is final_count itself, one too many");
      const seen = s.give(30_000, packet(3, { first: 1, tokens: ["b", "c"] }));
      seen.results("final-mismatch").rendersNothing().enters("failed close-sent 9");
    },
  ),
  receiverCase(
    "violation-in-opening",
    "END-3 OPN-4 ERR-2",
    "Checks that begin after the first packet: whatever comes with Accept is believed.",
    (s) => {
      s.poll(0);
      const seen = s.give(
        10_000,
        packet(1, { tokens: ["a", "b"], end: endOf(["a"]), accept: true }),
      );
      seen.results("final-mismatch").rendersNothing().enters("failed close-sent 9");
      seen.sends({ close: 9 });
    },
  ),
  receiverCase(
    "final-before-content",
    "RCV-2 END-3",
    "Checks in another order: the Close names another fault, and its developer looks in the wrong place.",
    (s) => {
      startReceiver(s, "a");
      s.give(20_000, packet(2, { first: 2, tokens: ["c"], end: endOf(["a", "b", "c"]) }));
      const seen = s.give(30_000, packet(3, { first: 2, tokens: ["X", ...many(1, 1024)] }));
      seen.results("final-mismatch").sends({ close: 9 });
    },
  ),
  receiverCase(
    "after-failure",
    "ERR-2 ERR-3 TIM-7",
    "A failed receiver that goes on answering: both sides talk about a session that is over.",
    (s) => {
      startReceiver(s, "a", "b");
      s.note("the Close is sent once, and the ack of the same poll is not");
      const seen = s.give(
        20_000,
        packet(2, { first: 2, tokens: ["c"] }),
        packet(3, { end: endOf(["a"]) }),
        packet(4),
      );
      seen.results(null, "final-mismatch", "phase").renders(2, "c").sends({ close: 9 });
      s.give(30_000, packet(5), close(7)).results("phase", "phase").silent().deadline(null, null);
    },
  ),
];

export const receiverFinal = sessionFile(
  "receiver-final",
  "Ends that contradict: each other, the tokens, or the transcript.",
  finals,
);
