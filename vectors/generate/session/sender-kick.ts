// Session vectors for kicks and pauses at a sender: SND-5, SND-6.

import { senderCase } from "../script.js";
import { sessionFile } from "./case.js";
import { ack, finish, gate, open, pause, push } from "./packets.js";
import { startSender, startSenderWithHint } from "./starts.js";

const kicks = [
  senderCase(
    "answered-empty",
    "SND-5 SND-8 SND-11",
    "A kick that is answered only when there is something to send: the receiver takes a thinking model for a dead path, and after 30 s gives up.",
    (s) => {
      startSender(s, "a");
      s.give(10_000, ack(2, { next: 1, largest: 1, delay: 30_000 })).accepted();
      s.note("a quarter of 333 ms after the last datagram");
      const seen = s.give(20_000, ack(3, { next: 1, largest: 1, ackNow: true })).accepted();
      seen.sendsNothing().deadline(83_250, "kick");
      s.advance().sends({ number: 2, items: [], accept: false }).deadline(30_020_000, "idle");
    },
  ),
  senderCase(
    "answered-at-once",
    "SND-5",
    "An answer that is delayed although the last datagram is long ago: a receiver with a new address waits.",
    (s) => {
      startSender(s);
      s.give(500_000, ack(2, { ackNow: true })).sends({ number: 2, items: [], accept: true });
    },
  ),
  senderCase(
    "answers-merge",
    "SND-5 SND-7 SEC-2",
    "An answer for each kick: a receiver that kicks fast makes the sender answer fast.",
    (s) => {
      startSender(s);
      s.give(20_000, ack(2, { ackNow: true }))
        .sendsNothing()
        .deadline(83_250, "kick");
      s.give(40_000, ack(3, { ackNow: true }))
        .sendsNothing()
        .deadline(83_250, "kick");
      s.give(83_249, ack(4, { ackNow: true })).sendsNothing();
      s.poll(83_250).sends({ number: 2 });
      s.poll(83_251).silent().deadline(30_083_249, "idle");
    },
  ),
  senderCase(
    "spacing-at-least-20-ms",
    "SND-5",
    "Answers without spacing on a short path: two endpoints with small timers keep each other busy.",
    (s) => {
      startSenderWithHint(s, 20_000);
      s.give(1_000, ack(2, { ackNow: true }))
        .sendsNothing()
        .deadline(20_000, "kick");
      s.advance().sends({ number: 2 });
      s.give(20_001, ack(3, { ackNow: true }))
        .sendsNothing()
        .deadline(40_000, "kick");
    },
  ),
  senderCase(
    "any-emission-answers",
    "SND-5 SND-7",
    "A kick answered twice: by a repeat and once more by itself.",
    (s) => {
      startSender(s, "a");
      s.give(20_000, ack(2, { ackNow: true }))
        .sendsNothing()
        .deadline(40_000, "repeat");
      s.advance()
        .sends({ number: 2, items: [0, 1] })
        .deadline(456_250, "repeat");
    },
  ),
  senderCase(
    "carries-what-is-outstanding",
    "SND-5 SND-8 SND-11",
    "An empty answer although tokens are missing, or one that counts as fresh: the receiver that asked gets nothing.",
    (s) => {
      startSenderWithHint(s, 100_000, "a");
      const seen = s.give(30_000, ack(2, { ackNow: true })).accepted();
      s.note("it was no fresh datagram: the next repeat is 5/4 RTT later");
      seen.sends({ number: 2, items: [0, 1] }).deadline(155_000, "repeat");
    },
  ),
  senderCase(
    "carries-what-is-new",
    "SND-5 SND-8 SND-11",
    "An answer without the tokens that came with it.",
    (s) => {
      startSenderWithHint(s, 100_000, "a");
      const seen = s.give(
        30_000,
        push("b"),
        ack(2, { next: 1, largest: 1, delay: 30_000, ackNow: true }),
      );
      seen.sends({ number: 2, items: [1, 2] }).deadline(70_000, "repeat");
    },
  ),
  senderCase(
    "with-an-ack",
    "SND-5 ACK-8",
    "ACK_NOW read before the ack that it stands with: what has arrived is sent again.",
    (s) => {
      startSenderWithHint(s, 100_000, "a", "b");
      s.give(30_000, ack(2, { next: 1, largest: 1, delay: 30_000, ackNow: true })).sends({
        number: 2,
        items: [1, 2],
      });
    },
  ),
  senderCase(
    "duplicate-kick",
    "SND-5 ACK-6",
    "A copy of a kick answered: a path that duplicates doubles the traffic.",
    (s) => {
      startSender(s);
      s.give(100_000, ack(2, { ackNow: true })).sends({ number: 2 });
      s.give(200_000, ack(2, { ackNow: true }))
        .results("duplicate")
        .silent();
    },
  ),
  senderCase("behind-the-gate", "SND-5 BND-4", "A kick forgotten behind a closed gate.", (s) => {
    startSender(s);
    s.give(100_000, gate(false), ack(2, { ackNow: true }))
      .sendsNothing()
      .deadline(null, null);
    s.give(200_000, gate(true)).sends({ number: 2, items: [] });
  }),
];

const pauses = [
  senderCase(
    "pause",
    "SND-6 SND-11",
    "A pause that is not told: the receiver kicks through every thought of the model.",
    (s) => {
      startSender(s, "a");
      s.give(5_000, ack(2, { next: 1, largest: 1, delay: 30_000 })).accepted();
      s.give(6_000, pause()).accepted().sendsNothing().deadline(20_000, "pause");
      s.advance().sends({ number: 2, items: [], paused: true }).deadline(30_005_000, "idle");
    },
  ),
  senderCase(
    "pause-at-once",
    "SND-6",
    "A pause told 20 ms late although nothing was sent for long.",
    (s) => {
      startSender(s);
      s.give(700_000, pause()).sends({ number: 2, items: [], paused: true });
    },
  ),
  senderCase(
    "pause-carries-what-is-outstanding",
    "SND-6 SND-8 SND-11",
    "An empty datagram for the pause although tokens are missing.",
    (s) => {
      startSender(s, "a");
      s.give(1_000, pause()).deadline(20_000, "pause");
      s.advance()
        .sends({ number: 2, items: [0, 1], paused: true })
        .deadline(436_250, "repeat");
      s.note("the flag stands in every packet");
      s.advance().sends({ number: 3, items: [0, 1], paused: true });
    },
  ),
  senderCase(
    "another-emission-tells-it",
    "SND-6 SND-7",
    "A datagram of its own for a pause that has been told.",
    (s) => {
      startSender(s, "a");
      s.give(1_000, pause()).deadline(20_000, "pause");
      s.give(2_000, open(2)).sends({ number: 2, accept: true, paused: true });
      s.poll(2_001).silent().deadline(418_250, "repeat");
    },
  ),
  senderCase(
    "push-ends-it",
    "SND-6 SND-3",
    "A PAUSED that stays: the receiver asks too late for what is lost after the pause.",
    (s) => {
      startSender(s);
      s.give(50_000, pause()).sends({ number: 2, paused: true });
      s.give(90_000, push("a")).sends({ number: 3, items: [0, 1], paused: false });
      s.next().sends({ number: 4, items: [0, 1], paused: false });
      s.note("and it may begin again");
      s.give(s.deadline - 100_000, pause()).sends({ number: 5, paused: true });
    },
  ),
  senderCase(
    "push-before-it-is-told",
    "SND-6",
    "A datagram for a pause that is over before it was told.",
    (s) => {
      startSender(s);
      s.give(1_000, pause()).silent().deadline(20_000, "pause");
      s.give(2_000, push("a")).silent().deadline(18_105, "fresh");
      s.advance()
        .sends({ number: 2, items: [0, 1], paused: false })
        .deadline(58_105, "repeat");
    },
  ),
  senderCase(
    "push-of-nothing-does-not-end-it",
    "SND-6",
    "A push without tokens that ends a pause: receivers kick through it.",
    (s) => {
      startSender(s);
      s.give(1_000, pause(), push()).accepted().silent().deadline(20_000, "pause");
      s.advance().sends({ number: 2, items: [], paused: true });
    },
  ),
  senderCase("end-ends-it", "SND-6 END-1", "PAUSED in a packet with the End.", (s) => {
    startSender(s, "a");
    s.give(30_000, push("b")).sends({ number: 2 });
    s.give(31_000, pause()).silent().deadline(50_000, "pause");
    s.note("the pause is over: nothing at 50 ms, the End when it may");
    s.give(32_000, finish()).sendsNothing().deadline(50_761, "fresh");
    s.advance().sends({ number: 3, items: [0, 3], end: true, paused: false });
  }),
  senderCase(
    "stop-ends-it",
    "SND-6 END-8",
    "PAUSED kept although the receiver has stopped the stream.",
    (s) => {
      startSender(s, "a");
      s.give(50_000, pause()).sends({ number: 2, paused: true });
      s.give(90_000, ack(2, { next: 1, largest: 2, delay: 30_000, stop: 1 })).sends({
        number: 3,
        items: [1, 2],
        end: true,
        paused: false,
      });
    },
  ),
  senderCase(
    "pause-twice",
    "SND-6",
    "A datagram for each call of pause: an application that says it in a loop floods the path.",
    (s) => {
      startSender(s);
      s.give(50_000, pause()).accepted().sends({ number: 2, paused: true });
      s.give(90_000, pause()).accepted().silent().deadline(30_000_000, "idle");
    },
  ),
  senderCase(
    "pause-before-attaching",
    "SND-6 OPN-8",
    "A pause forgotten because nobody was there to hear it.",
    (s) => {
      s.give(0, push("a"), pause()).accepted().silent().deadline(null, null);
      s.give(1_000, open(1)).sends({ number: 1, items: [0, 1], accept: true, paused: true });
      s.poll(1_001).silent().deadline(41_000, "repeat");
    },
  ),
  senderCase(
    "kick-in-a-pause",
    "SND-6 SND-5",
    "An answer without PAUSED: one lost datagram, and the receiver kicks fast through the rest of the pause.",
    (s) => {
      startSender(s);
      s.give(50_000, pause()).sends({ number: 2, paused: true });
      s.give(3_050_000, ack(2, { largest: 2, ackNow: true })).sends({
        number: 3,
        items: [],
        paused: true,
      });
    },
  ),
];

export const senderKick = sessionFile(
  "sender-kick",
  "A sender that is asked for a sign of life, and one that says that it pauses.",
  [...kicks, ...pauses],
);
