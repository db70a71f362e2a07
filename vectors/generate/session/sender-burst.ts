// Session vectors for what does not fit: SND-13 to SND-16, the limits of a burst, and the window.

import { senderCase } from "../script.js";
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

const window = [
  senderCase(
    "window-bytes",
    "SND-1 LIM-10 SND-11",
    "A window overrun by one byte: the receiver fails the session with LIMIT_EXCEEDED.",
    (s) => {
      s.give(0, push(...many(3, 512)), open(1, { window: 1024 }));
      s.poll(1).view({ una: "0", hi: "2", n: "3" });
      s.note("blocked: repeats go on, nothing new");
      s.next()
        .sends({ items: [0, 2] })
        .view({ hi: "2" });
      const seen = s.give(61_000, ack(2, { next: 1, largest: 1, delay: 30_000 }));
      seen.sends({ items: [1, 3] }).view({ hi: "3" });
    },
  ),
  senderCase(
    "window-one-byte-over",
    "SND-1",
    "A token that fits the window only in part sent all the same.",
    (s) => {
      s.give(0, push(...many(1, 512), ...many(1, 513, 1)), open(1, { window: 1024 })).sends({
        items: [0, 1],
      });
      s.poll(1).view({ hi: "1" }).deadline(40_000, "repeat");
    },
  ),
  senderCase(
    "window-holds-back-the-end",
    "SND-1 SND-11 END-2",
    "An End sent before the tokens that do not fit the window: the receiver believes that it has all.",
    (s) => {
      s.give(0, push(...many(3, 512)), finish(), open(1, { window: 1024 })).sends({
        items: [0, 2],
        end: false,
      });
      const seen = s.give(60_000, ack(2, { next: 2, largest: 1, delay: 30_000 }));
      seen.sends({ items: [2, 4], end: true });
    },
  ),
  senderCase(
    "window-end-takes-no-room",
    "SND-1 END-2",
    "The End counted as a token: with a window that is exactly full the stream never ends.",
    (s) => {
      s.give(0, push(...many(2, 512)), finish(), open(1, { window: 1024 })).sends({
        items: [0, 3],
        end: true,
      });
    },
  ),
  senderCase(
    "window-tokens",
    "SND-1 RCV-6",
    "More than 4096 tokens outstanding: the receiver fails the session with LIMIT_EXCEEDED.",
    (s) => {
      s.give(0, push(...many(4098, 1)), open(1)).sends({ items: [0, 4096] });
      s.poll(1).view({ una: "0", hi: "4096", n: "4098" });
      const seen = s.give(60_000, ack(2, { next: 4095, largest: 1, delay: 30_000 }));
      seen.sends({ items: [4095, 4098] }).view({ hi: "4098" });
    },
    { config: { max_payload: 16384 } },
  ),
];

export const senderBurst = sessionFile(
  "sender-burst",
  "What does not fit one datagram, and what does not fit the window.",
  [...burst, ...oldest, ...window],
);
