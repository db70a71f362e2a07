// Session vectors for lean sending and for what is presumed lost: SND-12, SND-17.

import { senderCase, type Script } from "../script.js";
import { sessionFile } from "./case.js";
import { ack, finish, gate, many, open, push } from "./packets.js";
import { startSender, startSenderWithHint } from "./starts.js";

const NARROW = { config: { max_payload: 1152 } };
const halves = (count: number, from = 0): { data: string }[] => many(count, 500, from);

/**
 * A sender whose path queues: samples of 20 ms and then of `second`, with token 2 in flight in packet
 * 3, sent with the second ack. srtt is 120 ms, its variation 207.501 ms. Returns when.
 */
function queueing(s: Script, second = 820_004): number {
  startSender(s, "a");
  s.give(20_000, ack(2, { next: 1, largest: 1 })).accepted();
  s.give(100_000, push("b")).sends({ number: 2, items: [1, 2] });
  const now = 100_000 + second;
  const seen = s.give(now, ack(3, { next: 2, largest: 2 }), push("c"));
  seen.sends({ number: 3, items: [2, 3] });
  return now;
}

const lean = [
  senderCase(
    "on",
    "SND-12 SND-8 ACK-10",
    "Redundancy on a path that queues: each datagram is larger than the one before, and five answers on one thin link stall for ever.",
    (s) => {
      const now = queueing(s);
      s.note("qd is 200.001 ms: token 2 is most likely still in the queue");
      s.give(now + 1, push("d"))
        .silent()
        .deadline(now + 94_921, "fresh");
      s.advance()
        .sends({ number: 4, items: [3, 4] })
        .view({ una: "2", hi: "4" });
    },
  ),
  senderCase(
    "off-at-200000",
    "SND-12 ACK-10",
    "The threshold off by one: contents differ from every other port's.",
    (s) => {
      const now = queueing(s, 820_000);
      s.give(now + 100_000, push("d")).sends({ number: 4, items: [2, 4] });
    },
  ),
  senderCase(
    "last-moment",
    "SND-12 SND-14",
    "Lean sending too short: what is still in the queue is sent once more.",
    (s) => {
      const now = queueing(s);
      s.note("120000 + 4 x 207501 after packet 3, less one");
      s.give(now + 950_003, push("d")).sends({ number: 4, items: [3, 4] });
    },
  ),
  senderCase(
    "over",
    "SND-12",
    "Lean sending without end: a lost datagram is never repeated while new tokens come.",
    (s) => {
      const now = queueing(s);
      s.give(now + 950_004, push("d")).sends({ number: 4, items: [2, 4] });
    },
  ),
  ...(
    [
      ["floor", 277_499, [23, 24]],
      ["floor-over", 277_500, [22, 24]],
    ] as const
  ).map(([what, after, items]) =>
    senderCase(
      what,
      "SND-12 ACK-10",
      "Lean sending without its floor of 10 ms: on a steady path that queues it ends before the ack can be here.",
      (s) => {
        startSender(s, "a");
        s.give(20_000, ack(2, { next: 1, largest: 1 })).accepted();
        s.give(100_000, push("b")).sends({ number: 2 });
        s.give(2_100_000, ack(3, { next: 2, largest: 2 })).accepted();
        s.note("srtt 267.5 ms; samples of just that, until the variation is below 2.5 ms");
        let now = 2_100_000;
        for (let i = 2; i < 22; i += 1) {
          s.give(now, push("c")).sends({ number: i + 1, items: [i, i + 1] });
          now += 267_500;
          s.give(now, ack(i + 2, { next: i + 1, largest: i + 1 })).accepted();
        }
        s.give(now, push("d")).sends({ number: 23, items: [22, 23] });
        s.give(now + after, push("e")).sends({ number: 24, items });
      },
    ),
  ),
  senderCase(
    "off-when-passed",
    "SND-12 ACK-9",
    "Lean sending after a later packet has arrived: what that one overtook is lost, and left out.",
    (s) => {
      const now = queueing(s);
      s.give(now + 100_000, push("d")).sends({ number: 4, items: [3, 4] });
      s.note("packet 4 has arrived; an ack with an old next_index asks for no R7");
      const delay = 30_000;
      s.give(now + 110_000, ack(4, { next: 1, largest: 4, delay })).sendsNothing();
      s.give(now + 250_000, push("e")).sends({ number: 5, items: [2, 5] });
    },
  ),
  senderCase(
    "repeats-are-not-lean",
    "SND-12 SND-4 SND-11",
    "Lean repeats: a datagram with nothing in it.",
    (s) => {
      queueing(s);
      s.next().sends({ number: 4, items: [2, 3] });
    },
  ),
  senderCase(
    "kick-is-answered-lean",
    "SND-12 SND-5 SND-7",
    "An answer to a kick that carries everything in spite of the queue.",
    (s) => {
      const now = queueing(s);
      const given = [push("d"), ack(4, { next: 2, largest: 2, ackNow: true })];
      s.give(now + 1, ...given)
        .silent()
        .deadline(now + 90_000, "kick");
      s.advance().sends({ number: 4, items: [3, 4] });
    },
  ),
  senderCase(
    "windows-from-the-first-new",
    "SND-12 SND-14",
    "Windows that begin with unacknowledged tokens while sending lean.",
    (s) => {
      const now = queueing(s);
      const seen = s.give(now + 100_000, push(...halves(3)));
      seen.sends({ number: 4, items: [3, 5] }, { number: 5, items: [5, 6] });
    },
    NARROW,
  ),
];

const presumed = [
  senderCase(
    "after-lean",
    "SND-17 ACK-11 SND-8",
    "Nothing repeated after lean sending until the timer: a gap of half a second for each loss.",
    (s) => {
      const now = queueing(s);
      s.give(now + 100_000, push("d")).sends({ number: 4, items: [3, 4] });
      s.note("packet 4 has arrived, packet 3 has not: token 2 at once, and it alone");
      const heard = ack(4, { next: 2, largest: 4, delay: 30_000 });
      const seen = s.give(now + 110_000, heard).accepted();
      seen.sends({ number: 5, items: [2, 3] }).view({ una: "2", hi: "4" });
    },
  ),
  senderCase(
    "after-a-burst",
    "SND-17 SND-14",
    "A hole in a burst repeated one datagram for each ack: closing it takes as many RTTs as it is long.",
    (s) => {
      startSender(s, ...halves(20)).view({ hi: "20" });
      s.note("packets 1 to 3 are lost; an RTT after the burst another is allowed");
      const heard = ack(2, { largest: 10, ranges: [7], delay: 30_000 });
      const seen = s.give(333_000, heard).accepted();
      seen.sends(
        { number: 11, items: [0, 2] },
        { number: 12, items: [2, 4] },
        { number: 13, items: [4, 6] },
      );
    },
    NARROW,
  ),
  senderCase(
    "one-within-an-rtt",
    "SND-17 SND-14 SEC-2",
    "R7 without the limits of a burst: each of many acks sends the same ten datagrams.",
    (s) => {
      startSender(s, ...halves(20));
      const seen = s.give(332_999, ack(2, { largest: 10, ranges: [7], delay: 30_000 }));
      seen.sends({ number: 11, items: [0, 2] });
      s.note(
        "token 0 is on its way again: the next ack decides for what is behind it, and finds it first",
      );
      s.give(333_100, ack(3, { largest: 10, ranges: [7], delay: 30_000 })).sendsNothing();
      s.give(400_000, ack(4, { next: 2, largest: 11, ranges: [8], delay: 30_000 })).sends(
        { number: 12, items: [2, 4] },
        { number: 13, items: [4, 6] },
      );
    },
    NARROW,
  ),
  senderCase(
    "counts-as-a-burst",
    "SND-17 SND-14",
    "R7 left out of the spacing of bursts: a hole and a backlog make two bursts in one RTT.",
    (s) => {
      startSenderWithHint(s, 100_000, ...halves(8)).view({ hi: "8" });
      s.give(150_000, ack(2, { largest: 3, delay: 30_000 })).sends(
        { number: 5, items: [0, 2] },
        { number: 6, items: [2, 4] },
      );
      s.note("50 ms after two datagrams of R7: one at a time");
      s.give(200_000, push(...halves(4, 8))).sends({ number: 7, items: [8, 10] });
    },
    NARROW,
  ),
  senderCase(
    "held-items-end-it",
    "SND-17 ACK-11",
    "What has arrived repeated with what has not: a hole of one datagram costs ten.",
    (s) => {
      startSender(s, ...halves(10)).view({ hi: "10" });
      const heard = ack(2, { largest: 5, ranges: [2, 1, 1], delay: 30_000 });
      s.note("packets 2, 4 and 5 have arrived: token 2 is held, so [0, 2) alone");
      s.give(400_000, heard).sends({ number: 6, items: [0, 2] });
      s.note("and when it has arrived, [4, 6)");
      const next = ack(3, { next: 4, largest: 6, ranges: [3, 1, 2], delay: 30_000 });
      s.give(500_000, next).sends({ number: 7, items: [4, 6] });
    },
    NARROW,
  ),
  senderCase(
    "later-carrier-may-still-come",
    "SND-17",
    "An item presumed lost although a later packet with it is on its way: every reordering costs a datagram.",
    (s) => {
      startSender(s, ...halves(4)).sends({ items: [0, 2] }, { items: [2, 4] });
      s.next().sends({ number: 3, items: [0, 2] });
      s.note("packet 2 has arrived, 1 has not: but 3 carries token 0 as well");
      s.give(50_000, ack(2, { largest: 2, delay: 30_000 }))
        .accepted()
        .sendsNothing();
      s.note("and now 3 has been overtaken by 4");
      s.give(90_000, push("x")).sends({ number: 4, items: [2, 5] });
      s.give(140_000, ack(3, { largest: 4, ranges: [1, 1, 1], delay: 30_000 })).sends({
        number: 5,
        items: [0, 2],
      });
    },
    NARROW,
  ),
  senderCase(
    "old-ack-does-not-count",
    "SND-17",
    "R7 on an ack with an old next_index: what has been acknowledged since is sent again.",
    (s) => {
      startSender(s, ...halves(6)).view({ hi: "6" });
      s.give(30_000, ack(2, { next: 2, largest: 1, delay: 30_000 })).sendsNothing();
      s.give(35_000, ack(3, { next: 1, largest: 3, delay: 30_000 }))
        .accepted()
        .sendsNothing();
      s.note("the same with the present one");
      s.give(36_000, ack(4, { next: 2, largest: 3, delay: 30_000 })).sends({
        number: 4,
        items: [2, 4],
      });
    },
    NARROW,
  ),
  senderCase(
    "later-ack-decides-anew",
    "SND-17 STR-5",
    "A presumption kept after the ack that refutes it.",
    (s) => {
      startSender(s, ...halves(6));
      s.note("the first ack presumes [0, 4) lost, the second has everything");
      const first = ack(2, { largest: 3, delay: 30_000 });
      const second = ack(3, { next: 6, largest: 3, ranges: [3], delay: 30_000 });
      s.give(36_000, first, second).accepted().sendsNothing().view({ una: "6" });
    },
    NARROW,
  ),
  senderCase(
    "leaves-the-rhythm",
    "SND-8 SND-17 SND-4",
    "R7 counted as a repeat or as fresh: the quick repeat of the newest token is lost, or given twice.",
    (s) => {
      startSenderWithHint(s, 300_000, ...halves(4)).deadline(40_000, "repeat");
      const heard = ack(2, { largest: 2, delay: 30_000 });
      s.give(30_000, heard)
        .sends({ number: 3, items: [0, 2] })
        .deadline(50_000, "repeat");
      s.note("40 ms after the fresh one and at least 20 ms after R7");
      s.advance().sends({ number: 4, items: [0, 2] });
    },
    NARROW,
  ),
  senderCase(
    "before-an-emission",
    "SND-7 SND-17 TIM-6",
    "R7 and an emission at one time: a new token leaves twice, or the rate doubles.",
    (s) => {
      startSenderWithHint(s, 300_000, ...halves(4));
      const heard = ack(2, { largest: 2, delay: 30_000, ackNow: true });
      s.note("fresh, repeat and a kick are due as well: R7 alone, and the kick has its answer");
      const seen = s.give(60_000, heard, push("x")).sends({ number: 3, items: [0, 2] });
      seen.view({ hi: "4" }).deadline(80_000, "repeat");
      s.advance().sends({ number: 4, items: [2, 5] });
    },
    NARROW,
  ),
  senderCase(
    "carries-accept",
    "SND-17 OPN-9",
    "R7 without Accept while Accept is owed: a second datagram, or none.",
    (s) => {
      startSender(s, ...halves(4));
      s.give(30_000, ack(2, { largest: 2, delay: 30_000 }), open(3)).sends({
        number: 3,
        items: [0, 2],
        accept: true,
      });
    },
    NARROW,
  ),
  senderCase(
    "includes-the-end",
    "SND-17 END-2",
    "The End left out of what may be lost: it waits for the timer.",
    (s) => {
      s.give(0, push(...halves(4)), finish(), open(1)).sends({ items: [0, 2] }, { items: [2, 5] });
      s.next().sends({ number: 3, items: [0, 2] });
      s.note("packets 1 and 3 have arrived, 2 with the End has not");
      const heard = ack(2, { next: 2, largest: 3, ranges: [1, 1, 1], delay: 30_000 });
      s.give(60_000, heard).sends({ number: 4, items: [2, 5], end: true });
    },
    NARROW,
  ),
  senderCase(
    "waits-for-the-gate",
    "SND-17 BND-4 TIM-7",
    "R7 forgotten behind a closed gate.",
    (s) => {
      startSenderWithHint(s, 300_000, ...halves(4));
      s.give(30_000, gate(false), ack(2, { largest: 2, delay: 30_000 })).sendsNothing();
      s.give(35_000, gate(true)).sends({ number: 3, items: [0, 2] });
    },
    NARROW,
  ),
];

export const senderLean = sessionFile(
  "sender-lean",
  "Lean sending on a path that queues, and what is presumed lost.",
  [...lean, ...presumed],
);
