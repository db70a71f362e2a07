// Session vectors for the RTT: ACK-10 and 8.3. The estimates show in three deadlines after a fresh
// datagram: the quick repeat, 5/4 of srtt after that, and srtt with twice its variation.

import { senderCase, type Script } from "../script.js";
import { sessionFile } from "./case.js";
import { ack, open, push } from "./packets.js";
import { startSender, startSenderWithHint } from "./starts.js";

/** Sends a token at once and claims the deadlines that follow, relative to now. */
function rhythm(s: Script, now: number, ...deadlines: readonly number[]): void {
  const [first = 0, ...others] = deadlines;
  s.give(now, push("x"))
    .accepted()
    .deadline(now + first, "repeat");
  for (const deadline of others) s.next().deadline(now + deadline, "repeat");
}

const samples = [
  senderCase(
    "before-a-sample",
    "ACK-10 SND-4",
    "Other estimates to begin with: the first loss of an answer is repaired at another time.",
    (s) => {
      startSender(s);
      rhythm(s, 100_000, 40_000, 456_250, 666_000, 749_250);
    },
  ),
  senderCase(
    "first-sample",
    "ACK-10",
    "The first sample averaged with the initial value: the first seconds of every answer run with a wrong RTT.",
    (s) => {
      startSender(s, "a");
      s.give(200_000, ack(2, { next: 1, largest: 1 })).accepted();
      rhythm(s, 200_000, 40_000, 290_000, 400_000);
    },
  ),
  senderCase(
    "second-sample-shorter",
    "ACK-10",
    "The variation computed after the mean, or the mean rounded otherwise: deadlines differ by microseconds from every other port's.",
    (s) => {
      startSender(s, "a");
      s.give(200_000, ack(2, { next: 1, largest: 1 }), push("b")).sends({ number: 2 });
      s.give(300_000, ack(3, { next: 2, largest: 2 })).accepted();
      s.note("srtt 187.5 ms, variation 100 ms, qd 75 ms: no quick repeat");
      rhythm(s, 300_000, 234_375, 387_500);
    },
  ),
  senderCase(
    "second-sample-longer",
    "ACK-10",
    "A difference that is taken unsigned the wrong way round: one slow ack makes the variation gigantic.",
    (s) => {
      startSender(s, "a");
      s.give(200_000, ack(2, { next: 1, largest: 1 }), push("b")).sends({ number: 2 });
      s.give(500_000, ack(3, { next: 2, largest: 2 })).accepted();
      s.note("srtt 212.5 ms, variation 100 ms, qd 25 ms");
      rhythm(s, 500_000, 40_000, 305_625, 412_500);
    },
  ),
  senderCase(
    "remainders",
    "ACK-10",
    "Estimates kept divided: each sample loses up to seven microseconds, and ports drift apart.",
    (s) => {
      startSender(s, "a");
      s.give(100_003, ack(2, { next: 1, largest: 1 }), push("b")).sends({ number: 2 });
      s.give(100_003 + 100_010, ack(3, { next: 2, largest: 2 }), push("c")).sends({ number: 3 });
      s.give(200_013 + 100_020, ack(4, { next: 3, largest: 3 })).accepted();
      s.note("srtt8 800024, 800031, 800048; var4 200006, 150012, 112526");
      rhythm(s, 300_033, 40_000, 156_268, 181_269);
    },
  ),
  senderCase(
    "of-the-largest",
    "ACK-10 ACK-8",
    "A sample from the first packet that an ack confirms instead of the largest: the RTT grows with the redundancy.",
    (s) => {
      startSender(s, "a");
      s.give(150_000, push("b")).sends({ number: 2, items: [0, 2] });
      s.give(350_000, ack(2, { next: 2, largest: 2, ranges: [2] })).accepted();
      rhythm(s, 350_000, 40_000, 290_000, 400_000);
    },
  ),
  senderCase("delay-is-subtracted", "ACK-10", "The receiver's delay counted as RTT.", (s) => {
    startSender(s, "a");
    s.give(200_000, ack(2, { next: 1, largest: 1, delay: 25_000 })).accepted();
    s.note("a sample of 175 ms");
    rhythm(s, 200_000, 40_000, 258_750, 350_000);
  }),
  senderCase(
    "delay-too-long",
    "ACK-10",
    "A sample from an ack that waited: a receiver that was asleep makes the path look slow, or fast.",
    (s) => {
      startSender(s, "a");
      s.give(200_000, ack(2, { next: 1, largest: 1, delay: 25_001 })).accepted();
      rhythm(s, 200_000, 40_000, 456_250, 666_000);
    },
  ),
  senderCase(
    "delay-above-the-time",
    "ACK-10",
    "A delay above the elapsed time: the subtraction wraps, and the RTT is half a million years.",
    (s) => {
      startSender(s, "a");
      s.give(1_000, ack(2, { next: 1, largest: 1, delay: 25_000 })).accepted();
      s.note("a sample of 1 us");
      rhythm(s, 30_000, 20_000, 40_000, 60_000);
    },
  ),
  senderCase(
    "not-raising-largest",
    "ACK-10",
    "A sample from an ack of an older packet: a lost ack makes the RTT twice as long.",
    (s) => {
      startSenderWithHint(s, 200_000, "a");
      s.give(10_000, ack(2, { next: 1, largest: 1, delay: 30_000 })).accepted();
      s.give(900_000, ack(3, { next: 1, largest: 1 })).accepted();
      rhythm(s, 900_000, 40_000, 290_000, 400_000);
    },
  ),
  senderCase(
    "capped",
    "ACK-10",
    "A sample of any length believed: after a night in a drawer no deadline is left in this life.",
    (s) => {
      startSender(s, "a");
      s.give(20_000, ack(2, { next: 1, largest: 1 })).accepted();
      s.give(100_000, push("b")).sends({ number: 2 });
      s.give(200_000, ack(3, { next: 2, largest: 1 }))
        .accepted()
        .view({ una: "2" });
      s.give(25_000_000, ack(4, { next: 2, largest: 1 })).accepted();
      s.give(50_000_000, ack(5, { next: 2, largest: 1 })).accepted();
      s.note("packet 2 after 70 s: a sample of 60 s, srtt 7.5175 s");
      s.give(70_100_000, ack(6, { next: 2, largest: 2 })).accepted();
      rhythm(s, 70_100_000, 40_000, 9_436_875);
    },
  ),
];

const hints = [
  ...(
    [
      ["used", 100_000, [40_000, 165_000, 200_000]],
      ["lowest", 20_000, [25_000, 45_000]],
      ["too-low", 1, [25_000, 45_000]],
      ["highest", 1_000_000, [40_000, 1_290_000, 2_000_000]],
      ["too-high", 4294967295, [40_000, 1_290_000, 2_000_000]],
    ] as const
  ).map(([what, hint, deadlines]) =>
    senderCase(
      `hint-${what}`,
      "ACK-10 OPN-7",
      "A hint ignored, or believed without bounds: a resumed answer starts with the wrong rhythm, or a hostile hint stops the repeats.",
      (s) => {
        startSenderWithHint(s, hint);
        rhythm(s, 2_000_000, ...deadlines);
      },
    ),
  ),
  senderCase(
    "hint-gives-way-to-a-sample",
    "ACK-10",
    "A hint averaged into the first sample.",
    (s) => {
      startSenderWithHint(s, 1_000_000, "a");
      s.give(200_000, ack(2, { next: 1, largest: 1 })).accepted();
      rhythm(s, 200_000, 40_000, 290_000, 400_000);
    },
  ),
];

/** One sample of 100 ms at 0.1 s, and others of 500 ms at `times`. */
function minimum(s: Script, ...times: readonly number[]): void {
  startSender(s, "a");
  s.give(100_000, ack(2, { next: 1, largest: 1 })).accepted();
  let number = 3;
  let heard = 100_000;
  for (const [i, time] of times.entries()) {
    for (; time - 500_000 > heard + 29_000_000; number += 1) {
      heard += 25_000_000;
      s.give(heard, ack(number, { next: i + 1, largest: i + 1 })).accepted();
    }
    s.give(time - 500_000, push("b")).sends({ number: i + 2 });
    s.give(time, ack(number, { next: i + 2, largest: i + 2 })).accepted();
    heard = time;
    number += 1;
  }
}

const minima = [
  senderCase(
    "minimum-after-two-periods",
    "ACK-10 SND-4",
    "A minimum for ever: after a change to a longer path everything counts as queue, and the quick repeats never come back.",
    (s) => {
      minimum(s, 30_100_000, 60_100_000);
      s.note("the minimum is 500 ms now: no queue, so a quick repeat");
      rhythm(s, 60_100_000, 40_000);
    },
  ),
  senderCase(
    "minimum-period-exactly",
    "ACK-10 SND-4",
    "The period of the minimum off by one.",
    (s) => {
      startSender(s, "a");
      s.give(100_000, ack(2, { next: 1, largest: 1 })).accepted();
      s.give(29_900_000, push("b")).sends({ number: 2 });
      s.note("200 ms, exactly 30 s after the first: it begins a period");
      s.give(30_100_000, ack(3, { next: 2, largest: 2 })).accepted();
      s.give(59_100_000, push("c")).sends({ number: 3 });
      s.note("1 s, after 30 s more: the minimum is the 200 ms of the period before, qd 143.75 ms");
      s.give(60_100_000, ack(4, { next: 3, largest: 3 })).accepted();
      rhythm(s, 60_100_000, 279_296);
    },
  ),
  senderCase(
    "minimum-within-the-period",
    "ACK-10 SND-4",
    "The period of the minimum off by one.",
    (s) => {
      minimum(s, 30_099_999, 60_099_999);
      s.note(
        "the second sample was a microsecond too early to begin a period: the minimum is 100 ms",
      );
      rhythm(s, 60_099_999, 242_187);
    },
  ),
  senderCase(
    "minimum-of-the-period-before",
    "ACK-10 SND-4",
    "A minimum forgotten when a period begins: for a moment a full queue looks like an empty path.",
    (s) => {
      minimum(s, 30_100_000);
      s.note("qd 100 ms over a minimum of 100 ms");
      rhythm(s, 30_100_000, 187_500);
    },
  ),
  senderCase(
    "minimum-after-sixty-seconds",
    "ACK-10 SND-4",
    "A minimum kept through a minute of silence: the path that it was measured on is long gone.",
    (s) => {
      minimum(s, 60_100_000);
      rhythm(s, 60_100_000, 40_000);
    },
  ),
  senderCase(
    "minimum-before-sixty-seconds",
    "ACK-10 SND-4",
    "The longer period of the minimum off by one.",
    (s) => {
      minimum(s, 60_099_999);
      rhythm(s, 60_099_999, 187_500);
    },
  ),
  senderCase(
    "starts-anew-with-an-attachment",
    "OPN-7 ACK-10",
    "The RTT of the path before kept for the new one.",
    (s) => {
      startSender(s, "a");
      s.give(200_000, ack(2, { next: 1, largest: 1 })).accepted();
      s.give(300_000, open(1, { epoch: 2, prefix: ["a"] })).accepted();
      rhythm(s, 400_000, 40_000, 456_250, 666_000);
    },
  ),
];

export const senderRtt = sessionFile(
  "sender-rtt",
  "The RTT: which acks give a sample, and what samples make of the deadlines.",
  [...samples, ...hints, ...minima],
);
