// Session vectors for a receiver that hears nothing: TIM-3 to TIM-7.

import { receiverCase } from "../script.js";
import { sessionFile } from "./case.js";
import { endOf, packet, stop } from "./packets.js";
import { startReceiver } from "./starts.js";

const growth = [
  receiverCase(
    "growth",
    "TIM-3 TIM-5 TIM-7 ACK-5",
    "Kicks that stop, or that never slow down: after a change of address the session is dead, or a dead path is hammered.",
    (s) => {
      startReceiver(s, "a").deadline(410_000, "kick");
      s.advance().sends({ kick: true, number: 3, next: 1 }).deadline(1_210_000, "kick");
      s.advance().sends({ kick: true, number: 4 }).deadline(2_810_000, "kick");
      s.advance().sends({ kick: true, number: 5 }).deadline(5_810_000, "kick");
      s.advance().sends({ kick: true, number: 6 }).deadline(8_810_000, "kick");
      for (let at = 8_810_000; at <= 26_810_000; at += 3_000_000) {
        s.poll(at)
          .sends({ kick: true })
          .deadline(at + 3_000_000, "kick");
      }
      s.advance().sends({ kick: true }).deadline(30_010_000, "idle");
      s.advance().sendsNothing().enters("failed idle").deadline(null, null);
    },
  ),
  receiverCase(
    "late-poll-kicks-once",
    "TIM-3 STR-6",
    "Every missed kick made up for: a process that was stopped for a second floods the path when it goes on.",
    (s) => {
      startReceiver(s, "a");
      s.note("kicks were due at 410 ms and 1210 ms: one is sent, and the next counts from now");
      s.poll(1_300_000).sends({ kick: true, number: 3 }).deadline(2_100_000, "kick");
    },
  ),
  receiverCase(
    "packet-resets",
    "TIM-3",
    "A spacing that is not reset by a packet: after one quiet spell every later loss of a tail costs three seconds.",
    (s) => {
      startReceiver(s, "a");
      s.next().sends({ kick: true });
      s.next().sends({ kick: true }).deadline(2_810_000, "kick");
      s.give(1_300_000, packet(2)).sends({ kick: false }).deadline(1_700_000, "kick");
      s.next().sends({ kick: true }).deadline(2_500_000, "kick");
    },
  ),
  receiverCase(
    "older-packet-resets",
    "TIM-3 TIM-5",
    "Only the largest number taken for a sign of life: a path that reorders is kicked and given up for nothing.",
    (s) => {
      startReceiver(s);
      s.give(20_000, packet(3)).deadline(420_000, "kick");
      s.give(400_000, packet(2)).deadline(800_000, "kick");
    },
  ),
  receiverCase(
    "ack-and-kick-are-one",
    "TIM-3 ACK-1",
    "Two datagrams where a kick and an ack are due together.",
    (s) => {
      startReceiver(s);
      s.note("a stop at 300 ms makes an ack pending; polled only when the kick is due as well");
      const seen = s.give(700_000, { ...stop(1), at: 300_000 });
      seen.sends({ number: 3, kick: true, stop: 1, delay: 690_000 }).deadline(1_500_000, "kick");
    },
  ),
  receiverCase(
    "in-ending",
    "TIM-3 TIM-5 TIM-7",
    "No kicks once the End is known: the last missing token of an answer never comes.",
    (s) => {
      startReceiver(s, "a");
      s.give(20_000, packet(2, { end: endOf(["a", "b"]) })).enters("ending end");
      s.advance().sends({ kick: true, next: 1 }).deadline(1_220_000, "kick");
    },
  ),
  receiverCase(
    "not-in-draining",
    "TIM-3 END-6 TIM-7",
    "Kicks after everything has arrived: a finished answer keeps radio and sender busy for ten seconds.",
    (s) => {
      const end = endOf(["a"]);
      startReceiver(s, "a");
      s.give(20_000, packet(2, { end })).phase("draining").deadline(10_020_000, "drain");
      s.poll(420_000).silent();
    },
  ),
];

const pausing = [
  receiverCase(
    "paused-growth",
    "TIM-4 TIM-5 TIM-7",
    "Kicks during a pause as often as without: a phone whose model thinks for a minute is kept awake all the time.",
    (s) => {
      startReceiver(s, "a");
      s.give(20_000, packet(2, { paused: true })).deadline(3_020_000, "kick");
      s.advance().sends({ kick: true }).deadline(9_020_000, "kick");
      s.advance().sends({ kick: true }).deadline(21_020_000, "kick");
      s.note("15 s would be 36.02 s; the idle time ends the session before");
      s.advance().sends({ kick: true }).deadline(30_020_000, "idle");
    },
  ),
  receiverCase(
    "paused-answers-keep-it-slow",
    "TIM-4",
    "A pause that is forgotten when a kick is answered: the answer to a kick brings back the fast rhythm.",
    (s) => {
      startReceiver(s, "a");
      s.give(20_000, packet(2, { paused: true })).deadline(3_020_000, "kick");
      s.next().sends({ kick: true }).deadline(9_020_000, "kick");
      s.give(3_100_000, packet(3, { paused: true })).deadline(6_100_000, "kick");
    },
  ),
  receiverCase(
    "pause-ends",
    "TIM-4 TIM-3",
    "A pause that never ends: a loss after the pause is noticed three seconds later than need be.",
    (s) => {
      startReceiver(s, "a");
      s.give(20_000, packet(2, { paused: true })).deadline(3_020_000, "kick");
      s.give(2_000_000, packet(3, { first: 1, tokens: ["b"] })).deadline(2_400_000, "kick");
    },
  ),
  receiverCase(
    "older-packet-does-not-pause",
    "TIM-4",
    "PAUSED taken from whatever came last: an overtaken packet slows the kicks in the middle of an answer.",
    (s) => {
      startReceiver(s, "a");
      s.give(20_000, packet(3)).deadline(420_000, "kick");
      s.give(30_000, packet(2, { paused: true })).deadline(430_000, "kick");
    },
  ),
  receiverCase(
    "older-packet-does-not-resume",
    "TIM-4",
    "The end of a pause taken from an overtaken packet: kicks come fast through the whole pause.",
    (s) => {
      startReceiver(s, "a");
      s.give(20_000, packet(3, { paused: true })).deadline(3_020_000, "kick");
      s.give(30_000, packet(2)).deadline(3_030_000, "kick");
    },
  ),
  receiverCase(
    "accept-may-be-paused",
    "TIM-4 OPN-4",
    "PAUSED ignored in the packet that accepts: who resumes during a pause kicks through it.",
    (s) => {
      s.poll(0);
      s.give(10_000, packet(1, { accept: true, paused: true })).deadline(3_010_000, "kick");
    },
  ),
];

const giving = [
  receiverCase(
    "idle",
    "TIM-5 TIM-6",
    "A session that never gives up, or that sends a Close into the void: the application waits for ever for an answer whose sender is gone.",
    (s) => {
      startReceiver(s, "a");
      s.note("both the kick and the end are due: the end comes first, without a datagram");
      s.poll(30_010_000).sendsNothing().enters("failed idle").deadline(null, null);
      s.give(30_020_000, packet(2)).results("phase").silent();
    },
  ),
  receiverCase(
    "idle-in-ending",
    "TIM-5 TIM-6",
    "A receiver that knows the End and waits for the last token for ever.",
    (s) => {
      startReceiver(s, "a");
      s.give(20_000, packet(2, { end: endOf(["a", "b"]) })).phase("ending");
      s.poll(30_020_000).sendsNothing().enters("failed idle").deadline(null, null);
    },
  ),
  receiverCase(
    "idle-just-before",
    "TIM-5",
    "The idle time counted from the Open or the last kick: sessions end early or late.",
    (s) => {
      startReceiver(s, "a");
      s.give(5_000_000, packet(2)).accepted();
      s.poll(34_999_999).sends({ kick: true }).phase("active").deadline(35_000_000, "idle");
      s.give(35_000_000).enters("failed idle");
    },
  ),
  receiverCase(
    "packet-at-the-last-moment",
    "TIM-5 STR-5",
    "Deadlines served before the inputs of the same time: an answer that arrives in time is thrown away.",
    (s) => {
      startReceiver(s, "a");
      const seen = s.give(30_010_000, packet(2, { first: 1, tokens: ["b"] }));
      seen.accepted().renders(1, "b").phase("active").deadline(30_410_000, "kick");
    },
  ),
];

export const receiverKick = sessionFile(
  "receiver-kick",
  "A receiver that hears nothing: when it kicks, when it slows down, when it gives up.",
  [...growth, ...pausing, ...giving],
);
