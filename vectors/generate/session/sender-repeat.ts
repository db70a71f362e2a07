// Session vectors for repeats: SND-4, SND-7, SND-8 and every branch of tRepeat.

import { senderCase } from "../script.js";
import { sessionFile } from "./case.js";
import { ack, push } from "./packets.js";
import { startSender, startSenderWithHint } from "./starts.js";

export const senderRepeat = sessionFile(
  "sender-repeat",
  "When unacknowledged tokens leave again: tSlow, tOnce and tLate, each where it rules.",
  [
    senderCase(
      "chain",
      "SND-4 SND-8 TIM-7",
      "Back-off, or one repeat only: the last word of an answer is missing for as long as the timer grew.",
      (s) => {
        startSender(s, "a").deadline(40_000, "repeat");
        s.note("tOnce: 40 ms after the fresh one");
        s.advance()
          .sends({ number: 2, items: [0, 1] })
          .deadline(456_250, "repeat");
        s.note("tSlow: 5/4 RTT after the last");
        s.advance()
          .sends({ number: 3, items: [0, 1] })
          .deadline(666_000, "repeat");
        s.note("late: RTT and twice its variation after ref, then every RTT/4");
        s.advance().sends({ number: 4 }).deadline(749_250, "repeat");
        s.advance().sends({ number: 5 }).deadline(832_500, "repeat");
        s.advance()
          .sends({ number: 6, items: [0, 1] })
          .deadline(915_750, "repeat");
      },
    ),
    senderCase(
      "growth",
      "SND-4",
      "A rhythm that ignores the silence, or backs off without bound: floods in an outage, or a recovery that comes seconds late.",
      (s) => {
        startSender(s, "a");
        s.note("polled late: G is a 24th of 2.4 s");
        s.poll(2_400_000).sends({ number: 2 }).deadline(2_500_000, "repeat");
        s.note("a 24th of 2.5 s");
        s.advance()
          .sends({ number: 3 })
          .deadline(2_500_000 + 104_166, "repeat");
        s.note("3 s: exactly 125 ms, and never more");
        s.poll(3_000_000).sends({ number: 4 }).deadline(3_125_000, "repeat");
        s.advance().sends({ number: 5 }).deadline(3_250_000, "repeat");
      },
    ),
    senderCase(
      "ack-at-the-same-time",
      "STR-5 SND-4",
      "A deadline served before an ack of the same microsecond: a repeat that nobody needs.",
      (s) => {
        startSender(s, "a").deadline(40_000, "repeat");
        const seen = s
          .give(40_000, ack(2, { next: 1, largest: 1 }))
          .accepted()
          .sendsNothing();
        seen.deadline(30_040_000, "idle");
      },
    ),
    senderCase(
      "ack-of-a-part",
      "SND-4 SND-11 ACK-9",
      "An ack of the first token that stops the repeat of the second.",
      (s) => {
        startSenderWithHint(s, 100_000, "a");
        s.give(20_000, push("b"))
          .sends({ number: 2, items: [0, 2] })
          .deadline(60_000, "repeat");
        const seen = s.give(50_000, ack(2, { next: 1, largest: 1, delay: 30_000 })).accepted();
        seen.sendsNothing().deadline(60_000, "repeat");
        s.advance().sends({ number: 3, items: [1, 2] });
      },
    ),
    senderCase(
      "fresh-clears-repeated",
      "SND-8 SND-4",
      "The quick repeat given once for each stream instead of once for each fresh datagram: a loss in the middle costs an RTT.",
      (s) => {
        startSender(s, "a");
        s.next().sends({ number: 2 }).deadline(456_250, "repeat");
        s.give(100_000, push("b"))
          .sends({ number: 3, items: [0, 2] })
          .deadline(140_000, "repeat");
        s.advance()
          .sends({ number: 4, items: [0, 2] })
          .deadline(556_250, "repeat");
      },
    ),
    senderCase(
      "serves-fresh-and-repeat",
      "SND-7 SND-8 SND-11",
      "A repeat and a fresh datagram at the same time: the same tokens leave twice.",
      (s) => {
        startSender(s, "a").deadline(40_000, "repeat");
        s.give(40_000, push("b"))
          .sends({ number: 2, items: [0, 2] })
          .deadline(80_000, "repeat");
      },
    ),
    senderCase(
      "once-just-before-late",
      "SND-4",
      "The comparison of t and late off by one: deadlines differ from every other port's.",
      (s) => {
        startSenderWithHint(s, 200_000, "a");
        s.note("late is 400000; tOnce is one before it");
        s.give(359_999, push("b")).sends({ number: 2 }).deadline(399_999, "repeat");
      },
    ),
    senderCase(
      "once-at-late",
      "SND-4",
      "The comparison of t and late off by one: a repeat comes before its quarter of an RTT has passed.",
      (s) => {
        startSenderWithHint(s, 200_000, "a");
        s.note(
          "tOnce is late itself, so tLate rules: a quarter of the RTT after the last datagram",
        );
        s.give(360_000, push("b")).sends({ number: 2 }).deadline(410_000, "repeat");
        s.advance().sends({ number: 3, items: [0, 2] });
      },
    ),
    senderCase(
      "late-counts-from-the-first-sending",
      "SND-4",
      "A silence counted from the last ack although nothing was outstanding: the first token after a think pause counts as long overdue.",
      (s) => {
        startSenderWithHint(s, 200_000, "a");
        s.give(30_000, ack(2, { next: 1, largest: 1, delay: 30_000 })).accepted();
        s.note("token 1 is first sent at 5 s: late is 5.4 s, and tOnce rules");
        s.give(5_000_000, push("b"))
          .sends({ number: 2, items: [1, 2] })
          .deadline(5_040_000, "repeat");
        s.advance().sends({ number: 3 }).deadline(5_290_000, "repeat");
        s.advance().sends({ number: 4 }).deadline(5_400_000, "repeat");
      },
    ),
    senderCase(
      "tiny-rtt",
      "SND-4",
      "A spacing below 20 ms on a local path: repeats run away.",
      (s) => {
        startSender(s, "a");
        s.give(1, ack(2, { next: 1, largest: 1 })).accepted();
        s.give(30_000, push("b")).sends({ number: 2 }).deadline(50_000, "repeat");
        s.advance().sends({ number: 3 }).deadline(70_000, "repeat");
        s.advance().sends({ number: 4 }).deadline(90_000, "repeat");
      },
    ),
    senderCase(
      "once-with-qd-25000",
      "SND-4 ACK-10",
      "The limit of queueing delay off by one: deadlines differ from every other port's.",
      (s) => {
        startSender(s, "a");
        s.give(20_000, ack(2, { next: 1, largest: 1 })).accepted();
        s.give(100_000, push("b")).sends({ number: 2 });
        s.note("a sample of 120 ms makes qd exactly 25 ms: the quick repeat is still allowed");
        const seen = s.give(220_000, ack(3, { next: 2, largest: 2 }), push("c"));
        seen.sends({ number: 3 }).deadline(260_000, "repeat");
      },
    ),
    senderCase(
      "once-with-qd-25001",
      "SND-4 ACK-10",
      "Quick repeats on a path that queues: each makes the queue longer that it tries to beat.",
      (s) => {
        startSender(s, "a");
        s.give(20_000, ack(2, { next: 1, largest: 1 })).accepted();
        s.give(100_000, push("b")).sends({ number: 2 });
        s.note("a sample of 120.004 ms makes qd 25.001 ms: tSlow, 40.625 ms");
        const seen = s.give(220_004, ack(3, { next: 2, largest: 2 }), push("c"));
        seen.sends({ number: 3 }).deadline(260_629, "repeat");
      },
    ),
    senderCase(
      "once-with-qd-half-the-minimum",
      "SND-4 ACK-10",
      "The limit of queueing delay not scaled to the path: on a long one no quick repeat is ever made.",
      (s) => {
        startSender(s, "a");
        s.give(200_000, ack(2, { next: 1, largest: 1 })).accepted();
        s.give(300_000, push("b")).sends({ number: 2 });
        s.note("minimum 200 ms, qd exactly half of it, D 40 ms");
        const seen = s.give(900_000, ack(3, { next: 2, largest: 2 }), push("c"));
        seen.sends({ number: 3 }).deadline(940_000, "repeat");
      },
    ),
    senderCase(
      "once-with-qd-over-half-the-minimum",
      "SND-4 ACK-10",
      "Quick repeats on a long path that queues.",
      (s) => {
        startSender(s, "a");
        s.give(200_000, ack(2, { next: 1, largest: 1 })).accepted();
        s.give(300_000, push("b")).sends({ number: 2 });
        const seen = s.give(900_004, ack(3, { next: 2, largest: 2 }), push("c"));
        seen.sends({ number: 3 }).deadline(1_212_504, "repeat");
      },
    ),
    senderCase(
      "once-keeps-the-spacing",
      "SND-4 CC-1",
      "A quick repeat that ignores the spacing of a path that queues.",
      (s) => {
        startSender(s, "a");
        s.give(400_000, ack(2, { next: 1, largest: 1 })).accepted();
        s.give(500_000, push("b")).sends({ number: 2 });
        s.note("minimum 400 ms, qd 150 ms: D is 65 ms, more than the 40 ms of a quick repeat");
        const seen = s.give(1_500_000, ack(3, { next: 2, largest: 2 }), push("c"));
        seen.sends({ number: 3 }).deadline(1_565_000, "repeat");
      },
    ),
    senderCase(
      "everything-outstanding",
      "SND-11 SND-4 SND-2",
      "Only the newest or the oldest token repeated: one datagram that arrives does not repair all.",
      (s) => {
        startSender(s, "a");
        s.give(30_000, push("b")).sends({ number: 2, items: [0, 2] });
        s.give(60_000, push("c")).sends({ number: 3, items: [0, 3] });
        s.note("packet 3 has arrived without 1 and 2, and so has everything");
        s.give(90_000, ack(2, { next: 3, largest: 3, delay: 30_000 }), push("d"))
          .accepted()
          .sends({ number: 4, items: [3, 4] });
      },
    ),
  ],
);
