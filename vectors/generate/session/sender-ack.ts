// Session vectors for acks at a sender: ACK-6 to ACK-9, ERR-6, and loss without its estimate.

import { senderCase, type Script } from "../script.js";
import { sessionFile } from "./case.js";
import { ack, finish, many, open, push, type Given } from "./packets.js";
import { startSender, startSenderWithHint } from "./starts.js";

/** An ack that cannot be: the session ends, nothing is applied, the log is kept. */
function isImpossible(s: Script, now: number, given: Given, una: string): void {
  const seen = s.give(now, given).results("invalid-ack").enters("detached close-sent 6").stops();
  seen.sends({ close: 6, epoch: 1, number: 0 }).view({ una }).deadline(null, null);
  s.note("the log is kept: a receiver that opens anew goes on");
  const anew = s.give(now + 1, open(1, { epoch: 2, window: 1024 })).accepted();
  anew.sends({ epoch: 2, number: 1, accept: true });
}

const hostile = [
  senderCase(
    "largest-never-sent",
    "ACK-7 ERR-2 ERR-6",
    "An ack of a number that was never sent believed: a receiver makes itself look closer than it is, and the sender faster.",
    (s) => {
      startSender(s, "a");
      isImpossible(s, 10_000, ack(2, { next: 1, largest: 2, ranges: [2], stop: 1 }), "0");
    },
  ),
  senderCase(
    "largest-last-sent",
    "ACK-7 ACK-8",
    "The limit one too low: the ack of the newest packet ends the session.",
    (s) => {
      startSender(s, "a");
      s.give(10_000, ack(2, { next: 1, largest: 1 }))
        .accepted()
        .sendsNothing()
        .view({ una: "1" });
    },
  ),
  senderCase(
    "items-never-sent",
    "ACK-7 ERR-2 ERR-6",
    "Tokens acknowledged that were pushed but never sent: they are dropped, and nobody has them.",
    (s) => {
      s.give(0, push(...many(3, 512)), open(1, { window: 1024 })).view({ hi: "2", n: "3" });
      isImpossible(s, 10_000, ack(2, { next: 3, largest: 1 }), "0");
    },
  ),
  senderCase(
    "items-all-sent",
    "ACK-7 ACK-8",
    "The limit one too low: an ack of everything sent ends the session.",
    (s) => {
      s.give(0, push(...many(3, 512)), open(1, { window: 1024 })).view({ hi: "2", n: "3" });
      s.give(10_000, ack(2, { next: 2, largest: 1 }))
        .accepted()
        .view({ una: "2" });
    },
  ),
  senderCase(
    "index-above-the-stream",
    "ACK-7 ERR-2 ERR-6",
    "The End acknowledged as if it were a token: two ports disagree whether the stream is complete.",
    (s) => {
      s.give(0, push("a"), finish(), open(1)).view({ hi: "2", n: "1" });
      isImpossible(s, 10_000, ack(2, { next: 2, largest: 1 }), "0");
    },
  ),
  senderCase(
    "end-while-the-stream-goes-on",
    "ACK-7 ERR-2 ERR-6",
    "An End acknowledged that does not exist: the sender takes the stream for complete while the model still writes.",
    (s) => {
      startSender(s, "a", "b");
      isImpossible(s, 10_000, ack(2, { next: 1, largest: 1, end: true }), "0");
    },
  ),
  senderCase(
    "end-below-the-last-token",
    "ACK-7 ERR-2 ERR-6",
    "An End acknowledged without the tokens before it: the last word is never repeated.",
    (s) => {
      s.give(0, push("a", "b"), finish(), open(1)).view({ hi: "3" });
      isImpossible(s, 10_000, ack(2, { next: 1, largest: 1, end: true }), "0");
    },
  ),
  senderCase(
    "end-not-sent-yet",
    "ACK-7 ERR-2 ERR-6",
    "An End acknowledged that has not left: a receiver that guesses makes the sender drop it.",
    (s) => {
      startSender(s, "a");
      s.give(10_000, finish()).accepted().sendsNothing();
      isImpossible(s, 10_001, ack(2, { next: 1, largest: 1, end: true }), "0");
    },
  ),
  senderCase(
    "duplicate-before-impossible",
    "ACK-6 ERR-1 ACK-7",
    "An old number looked into: a late copy ends the session.",
    (s) => {
      startSender(s, "a");
      s.give(10_000, ack(5, { largest: 0 })).accepted();
      s.give(11_000, ack(5, { next: 9, largest: 9 }))
        .results("duplicate")
        .silent();
      s.give(12_000, ack(4, { next: 1, largest: 1 }))
        .results("duplicate")
        .silent();
      s.give(13_000, ack(6, { next: 1, largest: 1 }))
        .accepted()
        .view({ una: "1" });
    },
  ),
  senderCase(
    "impossible-in-ending",
    "ACK-7 ERR-6",
    "An impossible ack believed once the stream has ended.",
    (s) => {
      s.give(0, push("a"), finish(), open(1)).phase("ending");
      const seen = s.give(10_000, ack(2, { largest: 7 })).results("invalid-ack");
      seen.enters("detached close-sent 6").sends({ close: 6 }).phase("detached");
      s.give(10_001, open(1, { epoch: 2 }))
        .enters("ending open")
        .sends({ items: [0, 2] });
    },
  ),
  senderCase(
    "impossible-close-not-above-its-cause",
    "PKT-18 ERR-3 ERR-2",
    "A Close larger than the ack that caused it.",
    (s) => {
      startSender(s, "a");
      s.note("an ack of 13 bytes");
      s.give(10_000, ack(2, { next: 1, largest: 9 })).sends({ close: 6, size: 13 });
    },
    { config: { bucket: 128 } },
  ),
];

const applied = [
  senderCase(
    "old-next-index",
    "ACK-8 SND-11",
    "next_index taken as it comes: an overtaken ack rewinds the sender, and all is sent again.",
    (s) => {
      startSender(s, "a", "b");
      s.give(10_000, ack(2, { next: 2, largest: 1 })).view({ una: "2" });
      const seen = s
        .give(11_000, ack(3, { next: 1, largest: 1 }))
        .accepted()
        .sendsNothing();
      seen.view({ una: "2", hi: "2" }).deadline(30_011_000, "idle");
    },
  ),
  senderCase(
    "largest-below",
    "ACK-8 ACK-10 ACK-6",
    "A largest that falls taken for impossible, or for a sample: a receiver that lost its state is thrown out.",
    (s) => {
      startSenderWithHint(s, 200_000, "a");
      s.give(30_000, push("b")).sends({ number: 2 });
      s.give(60_000, ack(2, { next: 1, largest: 2, delay: 30_000 })).accepted();
      s.note("packet 1 is news, but no RTT sample: the next deadlines are those of 200 ms");
      s.give(61_000, ack(3, { next: 2, largest: 1 }))
        .accepted()
        .view({ una: "2" });
      s.give(70_000, push("c")).sends({ number: 3 }).deadline(110_000, "repeat");
      s.next().deadline(360_000, "repeat");
      s.next().deadline(470_000, "repeat");
    },
  ),
  senderCase(
    "ack-of-nothing",
    "ACK-9 TIM-2 ACK-8",
    "A kick taken for news: a receiver that hears nothing keeps the sender from noticing.",
    (s) => {
      startSender(s, "a");
      s.give(39_999, ack(2)).accepted().sendsNothing().deadline(40_000, "repeat");
      s.next().sends({ number: 2 });
      s.next().sends({ number: 3 }).deadline(666_000, "repeat");
      s.give(600_000, ack(3)).accepted().sendsNothing().deadline(666_000, "repeat");
    },
  ),
  senderCase(
    "same-ack-again",
    "ACK-9",
    "Every ack taken for news: the silence is never noticed, and nothing counts as late.",
    (s) => {
      startSender(s, "a", "b");
      s.give(30_000, ack(2, { next: 1, largest: 1, delay: 30_000 })).accepted();
      s.next()
        .sends({ number: 2, items: [1, 2] })
        .deadline(456_250, "repeat");
      s.next().deadline(696_000, "repeat");
      s.note("the same once more: late stays where it was");
      s.give(600_000, ack(3, { next: 1, largest: 1, delay: 30_000 })).deadline(696_000, "repeat");
    },
  ),
  senderCase(
    "completes-before-stop",
    "ACK-8 END-8 END-5",
    "A Stop in the ack that completes reported: the application is told to stop what is over.",
    (s) => {
      s.give(0, push("a"), finish(), open(1));
      const last = ack(2, { next: 1, largest: 1, end: true, stop: 1, ackNow: true });
      s.give(10_000, last).accepted().enters("done complete").stops().sendsNothing();
    },
  ),
  senderCase(
    "ack-then-stop",
    "ACK-8 END-8",
    "The Stop applied before the ack that carries it: the End that it makes is judged against the ack, and the session fails.",
    (s) => {
      startSender(s, "a");
      const seen = s.give(30_000, ack(2, { next: 1, largest: 1, stop: 2 })).accepted();
      seen
        .stops(2)
        .enters("ending stop")
        .sends({ number: 2, items: [1, 2], end: true });
    },
  ),
  senderCase(
    "idle-and-over",
    "OPN-12 ERR-1",
    "An ack looked at without an attachment: the first packet of a stranger changes the state.",
    (s) => {
      s.give(0, push("a")).silent();
      s.give(1_000, ack(1, { next: 1, largest: 1 }))
        .results("epoch")
        .silent()
        .phase("idle");
      s.give(2_000, finish(), open(1)).sends({ items: [0, 2] });
      s.give(3_000, ack(2, { next: 1, largest: 1, end: true })).phase("done");
      s.give(4_000, ack(3, { next: 9, largest: 9 }))
        .results("phase")
        .silent()
        .phase("done");
    },
  ),
];

const misses = [
  senderCase(
    "packet-threshold",
    "ACK-11 ACK-9",
    "Loss declared one packet too early or too late: the loss estimate, and with it the rhythm, is another one.",
    (s) => {
      startSenderWithHint(s, 1_000_000, "a");
      s.give(30_000, push("b")).sends({ number: 2 });
      s.give(60_000, push("c")).sends({ number: 3 });
      s.give(90_000, push("d")).sends({ number: 4 });
      s.note("packet 4 has arrived: 1 is a miss (1 + 3 is 4), 2 and 3 are not yet");
      s.give(100_000, ack(2, { largest: 4, delay: 30_000 }))
        .accepted()
        .sendsNothing();
      s.next().sends({ number: 5 }).deadline(1_380_000, "repeat");
      s.next().sends({ number: 6 }).deadline(2_100_000, "repeat");
      s.note("packet 1 after all: it is resolved, and no news");
      const one = ack(3, { largest: 4, ranges: [1, 2, 1], delay: 30_000 });
      s.give(1_390_000, one).accepted().deadline(2_100_000, "repeat");
      s.note("an ack of nothing resolves nothing");
      s.give(1_390_500, ack(4)).accepted().deadline(2_100_000, "repeat");
      s.note("packet 2: news, so that tSlow is before late again");
      const two = ack(5, { largest: 4, ranges: [1, 1, 2], delay: 30_000 });
      s.give(1_391_000, two).accepted().deadline(2_630_000, "repeat");
    },
  ),
  senderCase(
    "time-threshold-not-reached",
    "ACK-11 ACK-9",
    "The comparison with the time of the largest off by one.",
    (s) => {
      startSenderWithHint(s, 1_000_000, "a");
      s.poll(250_000).sends({ number: 2 });
      s.note("packet 1 was sent exactly a quarter of an RTT before 2: not lost yet");
      s.give(260_000, ack(2, { largest: 2, delay: 30_000 })).accepted();
      s.poll(1_500_000).sends({ number: 3 }).deadline(2_260_000, "repeat");
      s.give(1_510_000, ack(3, { largest: 2, ranges: [2], delay: 30_000 }))
        .accepted()
        .deadline(2_750_000, "repeat");
    },
  ),
  senderCase(
    "time-threshold-reached",
    "ACK-11 ACK-9",
    "Loss by time not noticed: with few packets in flight nothing is ever lost.",
    (s) => {
      startSenderWithHint(s, 1_000_000, "a");
      s.poll(250_001).sends({ number: 2 });
      s.give(260_000, ack(2, { largest: 2, delay: 30_000 })).accepted();
      s.poll(1_500_001).sends({ number: 3 }).deadline(2_260_000, "repeat");
      s.note("packet 1 was a miss, and what is resolved stays so");
      s.give(1_510_000, ack(3, { largest: 2, ranges: [2], delay: 30_000 }))
        .accepted()
        .deadline(2_260_000, "repeat");
    },
  ),
  ...(
    [
      ["not-reached", 5_000, "detached"],
      ["reached", 5_001, "missed"],
    ] as const
  ).map(([what, after, outcome]) =>
    senderCase(
      `time-threshold-floor-${what}`,
      "ACK-11 ACK-9 TIM-1",
      "A time threshold without its floor of 5 ms: on a local path every reordering counts as loss.",
      (s) => {
        startSender(s, "a");
        s.note("an RTT of 1 ms: a quarter of it would be 250 us");
        s.give(1_000, ack(2, { next: 1, largest: 1 })).accepted();
        s.give(100_000, push("b")).sends({ number: 2 });
        s.give(100_000 + after, open(3)).sends({ number: 3, accept: true });
        s.give(106_000, ack(4, { next: 1, largest: 3, delay: 30_000 })).accepted();
        s.note(outcome === "missed" ? "packet 2 is resolved: no news" : "packet 2 is news");
        s.give(200_000, ack(5, { next: 1, largest: 3, ranges: [2], delay: 30_000 })).accepted();
        s.note("30 s after the first of the two acks, and before 30 s after the second");
        s.poll(30_106_000).phase(outcome === "missed" ? "detached" : "active");
      },
    ),
  ),
];

export const senderAck = sessionFile(
  "sender-ack",
  "Acks at a sender: impossible ones, what they change and in which order, and what counts as lost.",
  [...hostile, ...applied, ...misses],
);
