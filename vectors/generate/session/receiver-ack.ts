// Session vectors for a receiver's acks: ACK-1 to ACK-5, RCV-1.

import { receiverCase } from "../script.js";
import { sessionFile } from "./case.js";
import { at, gate, packet, stop, type Given } from "./packets.js";
import { startReceiver } from "./starts.js";

/** Empty packets with these numbers. */
function packets(...numbers: readonly number[]): Given[] {
  return numbers.map((number) => packet(number));
}

/** The odd numbers from 3 to `last`. */
function odds(last: number): number[] {
  return Array.from({ length: (last - 1) / 2 }, (_, i) => 2 * i + 3);
}

const acks = [
  receiverCase(
    "empty-packet-is-acknowledged",
    "ACK-1 ACK-5 TIM-3",
    "Only packets with tokens acknowledged: the answer to a kick is never confirmed, and the sender takes the path for dead.",
    (s) => {
      startReceiver(s, "a").sends({ number: 2, next: 1, largest: 1 });
      s.give(20_000, packet(2))
        .accepted()
        .sends({ number: 3, next: 1, largest: 2, ranges: [2] });
      s.poll(20_001).silent().deadline(420_000, "kick");
    },
  ),
  receiverCase(
    "one-ack-per-poll",
    "ACK-1 STR-5",
    "An ack for every packet of a batch: a burst of ten datagrams is answered by ten.",
    (s) => {
      startReceiver(s);
      s.give(20_000, ...packets(2, 3, 4)).sends({ number: 3, largest: 4, ranges: [4] });
      s.poll(20_000).silent();
    },
  ),
  receiverCase(
    "duplicate-is-not-acknowledged",
    "RCV-1 ERR-1 ACK-1",
    "Acks for duplicates: a path that copies datagrams makes the receiver answer each copy, and kicks never come because every copy counts as a sign of life.",
    (s) => {
      startReceiver(s, "a");
      s.give(20_000, packet(2)).accepted().deadline(420_000, "kick");
      s.give(30_000, packet(2)).results("duplicate").silent().deadline(420_000, "kick");
      s.give(31_000, packet(1, { tokens: ["b"], accept: true }))
        .results("duplicate")
        .silent()
        .view({ next_index: "1", largest: "2" });
    },
  ),
  receiverCase(
    "duplicate-in-one-batch",
    "RCV-1 ACK-1",
    "Duplicates found only between polls: a copy in the same read renders or counts twice.",
    (s) => {
      startReceiver(s);
      const seen = s.give(20_000, packet(2, { tokens: ["a"] }), packet(2, { tokens: ["a"] }));
      seen.results(null, "duplicate").renders(0, "a").sends({ number: 3, next: 1, largest: 2 });
    },
  ),
  receiverCase(
    "ranges",
    "ACK-3 RCV-3",
    "Gaps and lengths confused: the sender takes arrived packets for lost and its loss estimate runs wild.",
    (s) => {
      startReceiver(s);
      s.give(20_000, packet(4)).sends({ largest: 4, ranges: [1, 2, 1] });
      s.give(21_000, ...packets(7, 5)).sends({ largest: 7, ranges: [1, 1, 2, 2, 1] });
      s.give(22_000, packet(6)).sends({ largest: 7, ranges: [4, 2, 1], delay: 1_000 });
      s.give(23_000, ...packets(3, 2)).sends({ largest: 7, ranges: [7], delay: 2_000 });
    },
  ),
  receiverCase(
    "ranges-of-one-are-absent",
    "ACK-3",
    "The ranges [1] written out: the sender's decoder discards every first ack as invalid and the session never gets going.",
    (s) => {
      s.poll(0);
      s.give(10_000, packet(5, { accept: true })).sends({ largest: 5, ranges: [] });
      s.give(20_000, packet(6)).sends({ largest: 6, ranges: [2] });
    },
  ),
];

const manyRanges = [
  receiverCase(
    "sixteen-ranges",
    "RCV-1 ACK-3 LIM-9",
    "Fewer than 16 ranges told: what arrived before a burst of losses counts as lost.",
    (s) => {
      startReceiver(s);
      const ranges = Array.from({ length: 31 }, () => 1);
      s.give(20_000, ...packets(...odds(31)))
        .accepted()
        .sends({ largest: 31, ranges });
      s.note("the lowest range is still remembered");
      s.give(21_000, packet(1)).results("duplicate");
    },
  ),
  receiverCase(
    "seventeenth-range",
    "RCV-1 ACK-3",
    "Ranges without bound, or a floor at the wrong number: memory grows with every loss, or old copies are rendered again.",
    (s) => {
      startReceiver(s);
      s.note("numbers 3, 5 to 33: with 1 that makes 17 ranges, and 1 is dropped");
      const ranges = Array.from({ length: 31 }, () => 1);
      s.give(20_000, ...packets(...odds(33)))
        .accepted()
        .sends({ largest: 33, ranges });
      s.note("the floor is 1: at it everything is a duplicate, above it nothing unseen is");
      s.give(21_000, packet(1)).results("duplicate").silent();
      s.give(22_000, packet(2)).accepted();
    },
  ),
  receiverCase(
    "floor-is-the-end-of-the-range",
    "RCV-1",
    "A floor at the start of the dropped range: the rest of that range is accepted a second time.",
    (s) => {
      startReceiver(s);
      s.give(20_000, ...packets(2, 3, 4, ...odds(35).filter((number) => number > 5))).accepted();
      s.note("ranges 1-4, then 7, 9 to 35: sixteen. One more drops 1-4");
      s.give(21_000, packet(37)).accepted();
      s.give(22_000, packet(4)).results("duplicate").silent();
      s.give(23_000, packet(5)).accepted();
    },
  ),
  receiverCase(
    "seventeenth-range-is-the-lowest",
    "RCV-1 ACK-1",
    "A late packet that is dropped with its own range and therefore not processed: its tokens are lost for good.",
    (s) => {
      s.poll(0);
      s.give(10_000, packet(5, { accept: true })).accepted();
      s.give(20_000, ...packets(...odds(35).filter((number) => number > 5))).accepted();
      s.note(
        "number 2 makes a 17th range and is at once the lowest: used, acknowledged, forgotten",
      );
      const seen = s
        .give(21_000, packet(2, { tokens: ["a"] }))
        .accepted()
        .renders(0, "a");
      seen.sends({ next: 1, largest: 35, ranges: Array.from({ length: 31 }, () => 1) });
      s.give(22_000, packet(2)).results("duplicate");
      s.give(23_000, packet(1)).results("duplicate");
      s.give(24_000, packet(3)).accepted();
    },
  ),
  receiverCase(
    "ranges-that-do-not-fit",
    "ACK-3 LIM-9",
    "An ack of more than 96 bytes: the sender discards it, and after a long outage no ack ever comes through again.",
    (s) => {
      startReceiver(s);
      s.note("15 gaps of five bytes do not fit: 13 make 96 bytes and the mark");
      const step = 2_400_000_000;
      const numbers = Array.from({ length: 15 }, (_, i) => (i + 1) * step);
      const seen = s.give(20_000, ...packets(...numbers)).accepted();
      const gaps = Array.from({ length: 13 }, () => [step - 1, 1]).flat();
      seen.sends({ largest: 15 * step, ranges: [1, ...gaps], size: 97 });
      s.note("a kick and its delay need six bytes: one range less");
      s.poll(420_000).sends({
        kick: true,
        delay: 400_000,
        ranges: [1, ...gaps.slice(2)],
        size: 97,
      });
      s.note("a Stop needs four more");
      s.give(420_001, stop(1)).sends({ stop: 1, ranges: [1, ...gaps.slice(4)], size: 93 });
    },
  ),
  receiverCase(
    "ranges-one-byte-too-many",
    "ACK-3 LIM-9",
    "An ack of 97 bytes: the sender discards it as over-limit, and every one after it.",
    (s) => {
      s.poll(0);
      s.give(10_000, packet(1, { epoch: 128, accept: true })).accepted();
      s.note("an epoch of two bytes: 13 gaps would make 97 bytes");
      const step = 2_400_000_000;
      const numbers = Array.from({ length: 15 }, (_, i) => (i + 1) * step);
      const seen = s.give(20_000, ...numbers.map((number) => packet(number, { epoch: 128 })));
      const gaps = Array.from({ length: 12 }, () => [step - 1, 1]).flat();
      seen.accepted().sends({ largest: 15 * step, ranges: [1, ...gaps], size: 92 });
    },
    { config: { epoch: 128 } },
  ),
  receiverCase(
    "gap-beyond-32-bits",
    "ACK-3 RCV-1",
    "A gap cut down to 32 bits: the ack confirms packets that never arrived.",
    (s) => {
      startReceiver(s);
      s.give(20_000, packet(2 ** 32 + 1)).sends({
        largest: 2 ** 32 + 1,
        ranges: [1, 2 ** 32 - 1, 1],
      });
      s.note("a gap that does not fit its field: that range and those below stay out");
      s.give(30_000, packet(2 ** 33 + 2)).sends({ largest: 2 ** 33 + 2, ranges: [] });
    },
  ),
];

const delays = [
  receiverCase(
    "delay-merges",
    "ACK-4 ACK-1",
    "A delay counted from the first or the latest packet instead of the largest: the sender's RTT is wrong by whatever the receiver waited.",
    (s) => {
      startReceiver(s);
      const seen = s.give(
        25_000,
        at(20_000, packet(2)),
        at(21_000, packet(4)),
        at(24_000, packet(3)),
      );
      seen.accepted().sends({ largest: 4, ranges: [4], delay: 4_000 });
    },
  ),
  receiverCase("delay-of-one", "ACK-4", "The smallest delay taken for none.", (s) => {
    startReceiver(s);
    s.give(20_001, at(20_000, packet(2))).sends({ largest: 2, delay: 1 });
  }),
  receiverCase(
    "delay-of-an-older-packet",
    "ACK-4",
    "A delay counted from the packet that caused the ack: a straggler makes the RTT too long.",
    (s) => {
      startReceiver(s);
      s.give(20_000, packet(3)).sends({ largest: 3, delay: 0 });
      s.give(90_000, packet(2)).sends({ largest: 3, delay: 70_000 });
    },
  ),
  receiverCase(
    "delay-behind-a-gate",
    "ACK-4 BND-4 ACK-1",
    "A delay that leaves out the time behind a closed gate: RTT samples of seconds on a path of milliseconds.",
    (s) => {
      startReceiver(s);
      s.give(20_000, gate(false), packet(2)).accepted().silent().deadline(null, null);
      s.give(1_020_000, gate(true)).sends({ number: 3, kick: true, largest: 2, delay: 1_000_000 });
    },
  ),
  receiverCase(
    "kick-states-the-delay",
    "ACK-4 TIM-3",
    "A kick with delay 0: the sender takes a pause of the generator for a round trip of 400 ms.",
    (s) => {
      startReceiver(s, "a");
      s.poll(410_000).sends({ kick: true, next: 1, largest: 1, delay: 400_000 });
    },
  ),
];

export const receiverAck = sessionFile(
  "receiver-ack",
  "A receiver's acks: one for what came, which numbers they tell, and what they leave out.",
  [...acks, ...manyRanges, ...delays],
);
