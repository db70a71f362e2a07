// Session vectors for what does not fit: SND-13 to SND-16 and the limits of a burst.

import { senderCase, type Script } from "../script.js";
import { sessionFile } from "./case.js";
import { ack, finish, many, open, push } from "./packets.js";
import { startSender, startSenderWithHint } from "./starts.js";

/** Two tokens of 500 bytes fill a datagram. */
const NARROW = { config: { max_payload: 1152 } };
const halves = (count: number, from = 0): { data: string }[] => many(count, 500, from);

const burst = [
  senderCase(
    "ten-at-most",
    "SND-14 SEC-2 SND-2",
    "A burst without bound: a long backlog leaves at once and drops itself out of the first queue.",
    (s) => {
      const seen = startSender(s, ...halves(25));
      const ten = Array.from({ length: 10 }, (_, i) => ({
        number: i + 1,
        items: [2 * i, 2 * i + 2],
        accept: true,
      }));
      seen
        .sends(...ten)
        .view({ hi: "20" })
        .deadline(23_574, "fresh");
      s.note("within an RTT of the burst one datagram at a time");
      s.advance().sends({ number: 11, items: [20, 22] });
      s.next().sends({ number: 12, items: [22, 24] });
      s.note("the longest suffix that fits begins before the first new token");
      s.next()
        .sends({ number: 13, items: [23, 25] })
        .view({ hi: "25" });
    },
    NARROW,
  ),
  senderCase(
    "next-burst-just-before",
    "SND-14",
    "The spacing of bursts off by one: times differ from every other port's.",
    (s) => {
      startSenderWithHint(s, 50_000, ...halves(4)).sends({ items: [0, 2] }, { items: [2, 4] });
      const seen = s.give(49_999, push(...halves(4, 4)));
      seen.sends({ number: 3, items: [4, 6] }).view({ hi: "6" });
    },
    NARROW,
  ),
  senderCase(
    "next-burst",
    "SND-14 SEC-2",
    "One burst for each attachment: after the first backlog every other trickles out.",
    (s) => {
      startSenderWithHint(s, 50_000, ...halves(4)).sends({ items: [0, 2] }, { items: [2, 4] });
      const seen = s.give(50_000, push(...halves(4, 4)));
      seen.sends({ number: 3, items: [4, 6] }, { number: 4, items: [6, 8] }).view({ hi: "8" });
    },
    NARROW,
  ),
  senderCase(
    "one-datagram-is-no-burst",
    "SND-14",
    "A single datagram taken for a burst: the backlog after it has to wait for an RTT.",
    (s) => {
      startSender(s, ...halves(2)).sends({ items: [0, 2] });
      s.note("[0, 3) does not fit: one datagram, from the longest suffix that does");
      s.give(30_000, push(...halves(1, 2))).sends({ number: 2, items: [1, 3] });
      s.note("no burst was sent yet");
      const seen = s.give(60_000, push(...halves(3, 3)));
      seen.sends({ number: 3, items: [3, 5] }, { number: 4, items: [5, 6] });
    },
    NARROW,
  ),
  senderCase(
    "suffix-with-old-tokens",
    "SND-14",
    "Only new tokens sent when not everything fits: room that is paid for stays empty.",
    (s) => {
      startSender(s, ...many(3, 300)).sends({ items: [0, 3] });
      s.give(30_000, push(...many(1, 300, 3))).sends({ number: 2, items: [1, 4] });
    },
    NARROW,
  ),
  senderCase(
    "end-after-a-burst",
    "SND-14 END-2 SND-11",
    "An End that waits for the burst to be acknowledged.",
    (s) => {
      s.give(0, push(...halves(4)), finish(), open(1)).sends(
        { items: [0, 2], end: false },
        { items: [2, 5], end: true },
      );
    },
    NARROW,
  ),
];

const oldest = [
  senderCase(
    "repeat-carries-the-oldest",
    "SND-16 SND-4",
    "The newest tokens repeated: the gap that holds everything back stays open.",
    (s) => {
      startSender(s, ...halves(6)).deadline(40_000, "repeat");
      s.advance().sends({ number: 4, items: [0, 2] });
      s.note("again: an ack moves it on, nothing else");
      s.next().sends({ number: 5, items: [0, 2] });
      s.give(s.deadline - 1, ack(2, { next: 2, largest: 1, delay: 30_000 })).accepted();
      s.next().sends({ items: [2, 4] });
    },
    NARROW,
  ),
  senderCase(
    "overdue",
    "SND-13",
    "New tokens preferred although the oldest is overdue: text behind a gap piles up, and the gap stays.",
    (s) => {
      startSenderWithHint(s, 100_000, ...halves(4));
      s.note("late is 200 ms: at it the oldest window alone, although a token is new");
      const seen = s.give(200_000, push(...halves(1, 4)));
      seen.sends({ number: 3, items: [0, 2] }).view({ hi: "4" });
    },
    NARROW,
  ),
  senderCase(
    "not-yet-overdue",
    "SND-13 SND-14 SND-15",
    "Overdue one too early: a new token waits.",
    (s) => {
      startSenderWithHint(s, 100_000, ...halves(4));
      const seen = s.give(199_999, push(...halves(1, 4)));
      seen.sends({ number: 3, items: [3, 5] }).view({ hi: "5" });
    },
    NARROW,
  ),
  senderCase(
    "overdue-window-reaches-new-tokens",
    "SND-13 SND-8",
    "The oldest window cut at what was sent before: the new token waits although there is room.",
    (s) => {
      startSenderWithHint(s, 100_000, ...many(1, 500));
      s.give(30_000, push(...many(1, 500, 1))).sends({ number: 2, items: [0, 2] });
      const seen = s.give(200_000, push(...many(1, 100, 2), ...many(1, 700, 3)));
      seen.sends({ number: 3, items: [0, 3] }).view({ hi: "3" });
      s.note("the one that did not fit comes next");
      s.poll(200_001).silent().deadline(221_093, "fresh");
    },
    NARROW,
  ),
  senderCase(
    "oldest-window-added",
    "SND-15 SND-14 ACK-9",
    "A backlog that starves the gap before it: acks of other packets keep coming, and the oldest token is never sent again.",
    (s) => {
      startSender(s, ...halves(20)).view({ hi: "20" });
      s.advance().sends({ number: 11, items: [0, 2] });
      s.note("packet 10 has arrived: news, but token 0 is on its way in packet 11, so no R7");
      const heard = s.give(400_000, ack(2, { largest: 10, delay: 30_000 }));
      heard.accepted().sendsNothing().view({ una: "0" });
      s.note("706 ms is an RTT and twice its variation after packet 11");
      const seen = s.give(706_000, push(...halves(1, 20)));
      seen.sends({ number: 12, items: [19, 21] }, { number: 13, items: [0, 2] });
    },
    NARROW,
  ),
  senderCase(
    "oldest-window-not-yet",
    "SND-15 SND-14",
    "The oldest window added too early: every fresh datagram costs two.",
    (s) => {
      startSender(s, ...halves(20));
      s.advance().sends({ number: 11, items: [0, 2] });
      s.give(400_000, ack(2, { largest: 10, delay: 30_000 })).sendsNothing();
      s.give(705_999, push(...halves(1, 20))).sends({ number: 12, items: [19, 21] });
    },
    NARROW,
  ),
  senderCase(
    "oldest-window-ends-where-the-rest-begins",
    "SND-15",
    "The oldest window not bounded: tokens of the same emission are sent twice in it.",
    (s) => {
      startSender(s, ...halves(2)).sends({ items: [0, 2] });
      s.give(30_000, push(...halves(1, 2))).sends({ number: 2, items: [1, 3] });
      s.next().sends({ number: 3, items: [0, 2] });
      s.give(400_000, ack(2, { largest: 2, delay: 30_000 }))
        .accepted()
        .sendsNothing();
      const seen = s.give(800_000, push(...halves(1, 3)));
      seen.sends({ number: 4, items: [2, 4] }, { number: 5, items: [0, 2] });
    },
    NARROW,
  ),
];

/** A sender with an RTT of 1 us, and two datagrams of tokens 1 to 4 in flight since 100 ms. */
function tiny(s: Script, delayAbove: boolean): void {
  startSender(s, "x");
  s.note("the receiver's delay takes up the whole time: a sample of 1 us");
  s.give(delayAbove ? 20_000 : 25_000, ack(2, { next: 1, largest: 1, delay: 25_000 })).accepted();
  s.give(100_000, push(...halves(4))).sends({ items: [1, 3] }, { items: [3, 5] });
}

const overdueFloor = [true, false].flatMap((delayAbove) => {
  const what = delayAbove ? "delay-above" : "delay-equal";
  return [
    senderCase(
      `overdue-floor-${what}`,
      "SND-13 ACK-10 OPN-9",
      "No floor of 10 ms below what counts as late, or a sample of nothing: on a local path everything is overdue at once.",
      (s) => {
        tiny(s, delayAbove);
        s.note("1 us and 10 ms after ref");
        s.give(110_001, open(3), push(...halves(1, 4))).sends({ number: 4, items: [1, 3] });
      },
      NARROW,
    ),
    senderCase(
      `not-yet-overdue-floor-${what}`,
      "SND-13 SND-14 ACK-10",
      "A sample of 0 us, or a floor that is lower: contents differ from every other port's.",
      (s) => {
        tiny(s, delayAbove);
        s.give(110_000, open(3), push(...halves(1, 4))).sends({ number: 4, items: [4, 6] });
      },
      NARROW,
    ),
  ];
});

const oldestFloor = (
  [
    ["reached", 115_001, [{ items: [4, 6] }, { items: [1, 3] }]],
    ["not-reached", 115_000, [{ items: [4, 6] }]],
  ] as const
).map(([what, now, sent]) =>
  senderCase(
    `oldest-window-floor-${what}`,
    "SND-15 SND-14 ACK-9",
    "No floor of 10 ms below the age of the oldest window: on a local path every datagram costs two.",
    (s) => {
      tiny(s, true);
      s.give(105_000, open(3)).sends({ number: 4, items: [1, 3] });
      s.note("packet 3 has arrived: ref is 108 ms, but token 1 was last sent at 105 ms");
      const heard = ack(4, { next: 1, largest: 3, delay: 30_000 });
      s.give(108_000, heard).accepted().sendsNothing();
      s.give(now, open(5), push(...halves(1, 4))).sends(...sent);
    },
    NARROW,
  ),
);

export const senderBurst = sessionFile(
  "sender-burst",
  "What does not fit one datagram: bursts, and the oldest window.",
  [...burst, ...oldest, ...overdueFloor, ...oldestFloor],
);
