// Session vectors for what a receiver does not accept: the codes of 13.1, extensions, Closes.

import { receiverCase, type Script } from "../script.js";
import { sessionFile } from "./case.js";
import { ack, close, endOf, open, packet, raw, type Given } from "./packets.js";
import { startReceiver } from "./starts.js";

/** Gives a packet that is accepted, then one that is not and leaves no trace, then a good one. */
function discards(s: Script, code: string, ...bad: readonly Given[]): void {
  startReceiver(s, "a");
  s.give(20_000, packet(2, { first: 1, tokens: ["b"] }))
    .accepted()
    .deadline(420_000, "kick");
  for (const given of bad) {
    const seen = s.give(30_000, given).results(code).silent();
    seen.view({ phase: "active", next_index: "2", largest: "2" }).deadline(420_000, "kick");
  }
  const after = s.give(40_000, packet(3, { first: 2, tokens: ["c"] })).accepted();
  after.renders(2, "c").sends({ number: 4, next: 3, largest: 3, ranges: [3] });
}

const codes = [
  receiverCase(
    "stream",
    "ERR-1",
    "A packet of another stream taken: two answers on one path are mixed into one text.",
    (s) => {
      discards(
        s,
        "stream",
        packet(3, { stream: 8, first: 2, tokens: ["X"] }),
        packet(3, { stream: 0, first: 2, tokens: ["X"] }),
        close(7, { stream: 8 }),
        ack(3, { stream: 8 }),
      );
    },
  ),
  receiverCase(
    "stream-zero",
    "ERR-1",
    "Stream 0, which is not written on the wire, taken for none: the commonest stream is deaf.",
    (s) => {
      s.poll(0).sends({ open: true });
      s.give(10_000, packet(1, { stream: 1, tokens: ["X"], accept: true })).results("stream");
      s.give(20_000, packet(1, { stream: 0, tokens: ["a"], accept: true })).renders(0, "a");
    },
    { config: { stream_id: 0 } },
  ),
  receiverCase(
    "direction",
    "ERR-1",
    "A receiver packet at a receiver: a reflected ack counts as a sign of life, and a dead session never ends.",
    (s) => {
      discards(s, "direction", ack(3), open(3), ack(3, { epoch: 2 }));
    },
  ),
  receiverCase(
    "epoch",
    "OPN-12 ERR-1",
    "A packet of another attachment taken: indexes of an older one are rendered over the new text.",
    (s) => {
      discards(
        s,
        "epoch",
        packet(3, { epoch: 2, first: 2, tokens: ["X"] }),
        packet(3, { epoch: 4294967295 }),
        close(5, { epoch: 2 }),
      );
    },
  ),
  receiverCase(
    "epoch-below",
    "OPN-12 ERR-1",
    "Only higher epochs refused: a straggler of the connection before is rendered.",
    (s) => {
      s.poll(0).sends({ open: true, epoch: 3 });
      const old = s.give(5_000, packet(9, { epoch: 2, tokens: ["X"], accept: true }));
      old.results("epoch").silent().phase("opening");
      s.give(6_000, close(5, { epoch: 2 }))
        .results("epoch")
        .silent()
        .phase("opening");
      s.give(7_000, packet(1, { epoch: 3, tokens: ["a"], accept: true })).renders(0, "a");
    },
    { config: { epoch: 3 } },
  ),
  receiverCase(
    "codec",
    "ERR-1 ENC-5",
    "A malformed datagram that has an effect, is answered or throws: one stray byte ends the answer.",
    (s) => {
      startReceiver(s, "a");
      s.note("the valid twin");
      s.give(20_000, raw("0807 1001 1802 2001 2a03 1201 62 80")).accepted().renders(1, "b");
      const deadline = 420_000;
      const faults = [
        ["size", ""],
        ["padding", "0807 1001 1803 2002 2a03 1201 63"],
        ["not-canonical", "0807 1001 1803 2002 2a03 1202 63 80"],
        ["over-limit", "0807 1001 1803 2002 2a07 08808004 1201 63 80"],
        ["invalid", "0807 1001 1803 2002 2a06 1201 63 1a01 01 80"],
      ] as const;
      for (const [code, hex] of faults) {
        s.give(30_000, raw(hex)).results(code).silent().deadline(deadline, "kick");
      }
      s.give(40_000, raw("0807 1001 1803 2002 2a03 1201 63 80")).accepted().renders(2, "c");
    },
  ),
  receiverCase(
    "order-of-codes",
    "ERR-1 OPN-12",
    "Codes tried in another order: counters mislead whoever looks for the fault.",
    (s) => {
      startReceiver(s, "a");
      s.note("another stream, a wrong direction and another epoch: the stream comes first");
      s.give(20_000, ack(1, { stream: 8, epoch: 2 }))
        .results("stream")
        .silent();
      s.note("a wrong direction and another epoch: the direction comes first");
      s.give(20_000, ack(1, { epoch: 2 }))
        .results("direction")
        .silent();
      s.note("another epoch and a number seen: the epoch comes first");
      s.give(20_000, packet(1, { epoch: 2 }))
        .results("epoch")
        .silent();
    },
  ),
  receiverCase(
    "duplicate-before-unexpected",
    "ERR-1 OPN-4 RCV-1",
    "A number taken although its packet was discarded: the packet that repairs it is refused.",
    (s) => {
      s.poll(0);
      s.give(10_000, packet(2)).results("unexpected").silent();
      s.give(11_000, packet(2, { accept: true }))
        .accepted()
        .sends({ largest: 2, ranges: [] });
      s.give(12_000, packet(2)).results("duplicate").silent();
    },
  ),
];

const extensions = [
  receiverCase(
    "extensions-are-ignored",
    "PKT-14 PKT-15",
    "An unknown extension that makes a packet fail: no later version can ever be introduced.",
    (s) => {
      s.poll(0);
      const one = [{ type: 1, value: "00" }];
      s.give(10_000, packet(1, { tokens: ["a"], accept: true, extensions: one }))
        .accepted()
        .renders(0, "a")
        .sends({ next: 1, size: 13 });
      const two = [{ type: 63 }, { type: 4294967295, value: "00".repeat(64) }];
      const seen = s.give(20_000, packet(2, { first: 1, tokens: ["b"], extensions: two }));
      seen.accepted().renders(1, "b").sends({ next: 2, size: 16 });
    },
  ),
  receiverCase(
    "extensions-alone",
    "PKT-14 ACK-1",
    "A packet with nothing but an extension discarded instead of acknowledged: probes of a later version look like loss.",
    (s) => {
      startReceiver(s, "a");
      const seen = s.give(20_000, packet(2, { extensions: [{ type: 64, value: "ff" }] }));
      seen
        .accepted()
        .rendersNothing()
        .sends({ next: 1, largest: 2, ranges: [2] });
    },
  ),
];

/** Every code that a sender sends, with what it is. */
const CLOSES = [
  [1, "VERSION"],
  [2, "MISMATCH"],
  [3, "EXPIRED"],
  [4, "STALE_EPOCH"],
] as const;

const closing = [
  ...CLOSES.map(([code, name]) =>
    receiverCase(
      `close-in-opening-${name.toLowerCase().replace("_", "-")}`,
      "ERR-5 ERR-3",
      `A refusal that is not heard: instead of saying ${name} at once, the application waits five seconds and learns nothing.`,
      (s) => {
        s.poll(0).sends({ open: true });
        const seen = s.give(10_000, close(code)).accepted();
        seen.enters(`failed close-received ${code}`).sendsNothing().deadline(null, null);
        s.poll(250_000).silent();
      },
    ),
  ),
  receiverCase(
    "close-in-active",
    "ERR-5 ERR-3",
    "A Close that is answered, or ignored: two peers close each other for ever, or a superseded tab kicks on.",
    (s) => {
      startReceiver(s, "a");
      const seen = s.give(20_000, packet(2, { first: 1, tokens: ["b"] }), close(5)).accepted();
      seen.renders(1, "b").enters("failed close-received 5").sendsNothing().deadline(null, null);
      s.give(30_000, packet(3), close(5)).results("phase", "phase").silent();
    },
  ),
  receiverCase(
    "close-in-ending",
    "ERR-5 ERR-3",
    "A Close ignored once the End is known: the receiver kicks a sender that has long gone.",
    (s) => {
      startReceiver(s, "a");
      s.give(20_000, packet(2, { end: endOf(["a", "b"]) })).phase("ending");
      s.give(30_000, close(7)).accepted().enters("failed close-received 7").sendsNothing();
    },
  ),
  receiverCase(
    "close-in-draining",
    "ERR-1 ERR-5",
    "A Close that spoils a complete answer: text that is whole and verified is shown as failed.",
    (s) => {
      startReceiver(s, "a");
      s.give(20_000, packet(2, { end: endOf(["a"]) })).phase("draining");
      s.give(30_000, close(6)).results("phase").silent().deadline(10_020_000, "drain");
    },
  ),
  receiverCase(
    "phase-before-epoch",
    "ERR-1",
    "The epoch looked at in a session that is over: counters blame a second tab that does not exist.",
    (s) => {
      startReceiver(s, "a");
      s.give(20_000, packet(2, { end: endOf(["a"]) })).phase("draining");
      s.note("in draining another epoch is still another epoch");
      s.give(30_000, packet(3, { epoch: 2 }))
        .results("epoch")
        .silent();
      s.poll(10_020_000).enters("closed drained");
      s.give(10_030_000, packet(3, { epoch: 2 }), close(5, { epoch: 2 }))
        .results("phase", "phase")
        .silent();
      s.note("stream and direction still come first");
      s.give(10_040_000, packet(3, { stream: 8 }), ack(1))
        .results("stream", "direction")
        .silent();
    },
  ),
];

export const receiverDiscard = sessionFile(
  "receiver-discard",
  "What a receiver does not accept, what it ignores, and Closes from its sender.",
  [...codes, ...extensions, ...closing],
);
