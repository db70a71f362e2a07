// Session vectors for a receiver's gate and its padding: BND-4, ERR-4, PKT-18.

import { receiverCase } from "../script.js";
import { sessionFile } from "./case.js";
import { endOf, gate, packet, stop } from "./packets.js";
import { startReceiver } from "./starts.js";

const gates = [
  receiverCase(
    "open-waits",
    "BND-4 OPN-1",
    "An Open that leaves before the path may be used, or never after that: a binding that must validate first cannot work.",
    (s) => {
      s.give(0, gate(false)).accepted().silent().deadline(null, null);
      s.poll(300_000).silent();
      s.note("0 and 250 ms have passed: one Open, at once");
      s.give(400_000, gate(true)).sends({ open: true, number: 1 }).deadline(750_000, "open-retry");
    },
  ),
  receiverCase(
    "no-deadline",
    "BND-4 TIM-7",
    "A deadline behind a closed gate: the loop that drives the endpoint spins.",
    (s) => {
      startReceiver(s, "a").deadline(410_000, "kick");
      s.give(20_000, gate(false)).silent().deadline(null, null);
      s.poll(5_000_000).silent().deadline(null, null);
      s.note("the kick is due: it is sent at once, and once");
      s.give(5_100_000, gate(true)).sends({ number: 3, kick: true }).deadline(5_900_000, "kick");
    },
  ),
  receiverCase(
    "renders-behind-it",
    "BND-4 STR-5 ACK-1",
    "Events held back with the datagrams: text that has arrived is not shown while a path is checked.",
    (s) => {
      startReceiver(s, "a");
      s.give(20_000, gate(false)).silent();
      const seen = s.give(30_000, packet(2, { first: 1, tokens: ["b"] })).accepted();
      seen.renders(1, "b").sendsNothing().deadline(null, null);
      s.give(40_000, packet(3, { first: 2, tokens: ["c"] }))
        .renders(2, "c")
        .sendsNothing();
      s.note("one ack for both");
      s.give(50_000, gate(true)).sends({ number: 3, next: 3, largest: 3, delay: 10_000 });
    },
  ),
  receiverCase(
    "stop-behind-it",
    "BND-4 END-7",
    "A stop that is forgotten behind a closed gate.",
    (s) => {
      startReceiver(s, "a");
      s.give(20_000, gate(false), stop(1)).accepted().silent();
      s.give(30_000, gate(true)).sends({ number: 3, stop: 1, kick: false });
    },
  ),
  receiverCase(
    "close-is-forgotten",
    "ERR-4 BND-4",
    "A Close that leaves minutes later, on whatever path there is then: it hits a session that has done nothing wrong.",
    (s) => {
      startReceiver(s, "a", "b");
      s.give(20_000, gate(false)).silent();
      const seen = s.give(30_000, packet(2, { end: endOf(["a"]) }));
      seen.results("final-mismatch").enters("failed close-sent 9").sendsNothing();
      s.give(40_000, gate(true)).silent().deadline(null, null);
    },
  ),
  receiverCase(
    "close-waits-for-the-poll-only",
    "ERR-4 ERR-2",
    "A gate looked at when the Close arises instead of when it leaves.",
    (s) => {
      startReceiver(s, "a", "b");
      s.give(20_000, gate(false)).silent();
      const seen = s.give(30_000, packet(2, { end: endOf(["a"]) }), gate(true));
      seen.results("final-mismatch", null).enters("failed close-sent 9").sends({ close: 9 });
    },
  ),
  receiverCase(
    "expiry-waits",
    "BND-4 TIM-5 OPN-2",
    "A session given up behind a closed gate: a slow path validation kills every session.",
    (s) => {
      startReceiver(s, "a");
      s.give(20_000, gate(false)).silent();
      s.poll(40_000_000).silent().phase("active");
      s.give(40_000_001, gate(true)).sendsNothing().enters("failed idle").deadline(null, null);
    },
  ),
  receiverCase(
    "open-fail-waits",
    "BND-4 OPN-2",
    "An Open that fails behind a closed gate, or is tried once more after its time.",
    (s) => {
      s.give(0, gate(false)).silent();
      s.poll(6_000_000).silent().phase("opening");
      s.give(6_000_001, gate(true)).sendsNothing().enters("failed open-timeout");
    },
  ),
  receiverCase(
    "drain-waits",
    "BND-4 END-6",
    "A closed gate that ends a draining session early, or keeps it for ever.",
    (s) => {
      startReceiver(s, "a");
      s.give(20_000, packet(2, { end: endOf(["a"]) })).phase("draining");
      s.give(30_000, gate(false)).silent().deadline(null, null);
      s.poll(11_000_000).silent().phase("draining");
      s.give(11_000_001, gate(true)).sendsNothing().enters("closed drained");
    },
  ),
];

const padding = [
  receiverCase(
    "bucket-64",
    "PKT-18",
    "Packets without padding: who listens on the path reads the lengths of tokens from acks and Opens.",
    (s) => {
      s.poll(0).sends({ open: true, size: 64 });
      const seen = s.give(10_000, packet(1, { tokens: ["a"], accept: true })).accepted();
      seen.sends({ next: 1, size: 64 });
      s.note("31 ranges entries and a delay: 64 bytes do not suffice");
      const numbers = Array.from({ length: 15 }, (_, i) => (i + 2) * 20_000);
      s.give(20_000, ...numbers.map((number) => packet(number))).sends({ size: 128 });
    },
    { config: { bucket: 64 } },
  ),
  receiverCase(
    "bucket-1024",
    "PKT-18",
    "A bucket above the size of the datagram that is rounded down, or to one bucket too many.",
    (s) => {
      s.poll(0).sends({ open: true, size: 1024 });
    },
    { config: { bucket: 1024 } },
  ),
  receiverCase(
    "bucket-exact",
    "PKT-18",
    "The mark forgotten in the sum: a packet that fills its bucket exactly is one byte too long for it.",
    (s) => {
      s.note("the Open takes 14 bytes and the mark one");
      s.poll(0).sends({ open: true, size: 15 });
    },
    { config: { bucket: 15 } },
  ),
  receiverCase(
    "bucket-exceeded-by-the-mark",
    "PKT-18",
    "The mark forgotten in the sum: the datagram has no room for it, and is discarded as `padding`.",
    (s) => {
      s.poll(0).sends({ open: true, size: 28 });
    },
    { config: { bucket: 14 } },
  ),
  receiverCase(
    "close-not-above-its-cause",
    "PKT-18 ERR-3",
    "A Close padded beyond what caused it: whoever forges small datagrams makes the receiver amplify them.",
    (s) => {
      startReceiver(s, "a", "b");
      s.note("a cause of 14 bytes: the Close may not take a whole bucket");
      s.give(20_000, packet(2, { first: 2, tokens: ["c"] }))
        .accepted()
        .sends({ size: 64 });
      s.give(30_000, packet(3, { first: 4098 + 3, tokens: ["z"] }))
        .results("limit-exceeded")
        .sends({ close: 11, size: 15 });
    },
    { config: { bucket: 64 } },
  ),
  receiverCase(
    "close-padded-to-its-bucket",
    "PKT-18 ERR-2",
    "A Close padded up to its cause: its size tells the size of what was received.",
    (s) => {
      startReceiver(s, "a", "b");
      const seen = s.give(
        20_000,
        packet(2, { first: 2, tokens: ["c".repeat(200)], end: endOf([]) }),
      );
      seen.results("final-mismatch").sends({ close: 9, size: 64 });
    },
    { config: { bucket: 64 } },
  ),
];

export const receiverGate = sessionFile(
  "receiver-gate",
  "A receiver behind its gate, and the sizes of what it sends.",
  [...gates, ...padding],
);
