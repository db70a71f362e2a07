// Session vectors for what a sender does not accept: the codes of 13.1, extensions, Closes.

import { senderCase, type Script } from "../script.js";
import { sessionFile } from "./case.js";
import { ack, close, finish, open, packet, push, raw, type Given } from "./packets.js";
import { startSender } from "./starts.js";

/** Gives packets that are not accepted and leave no trace, then a good one. */
function discards(s: Script, code: string, ...bad: readonly Given[]): void {
  startSender(s, "a", "b");
  s.give(10_000, ack(2, { next: 1, largest: 1, delay: 30_000 })).accepted();
  for (const given of bad) {
    const seen = s.give(20_000, given).results(code).silent();
    seen.view({ phase: "active", epoch: 1, una: "1", hi: "2" }).deadline(40_000, "repeat");
  }
  s.give(30_000, ack(3, { next: 2, largest: 1 }))
    .accepted()
    .view({ una: "2" });
}

const codes = [
  senderCase(
    "stream",
    "ERR-1",
    "An ack of another stream taken: two answers on one path drop each other's tokens.",
    (s) => {
      discards(
        s,
        "stream",
        ack(3, { stream: 8, next: 2, largest: 1 }),
        open(3, { stream: 8, epoch: 2 }),
        close(10, { stream: 0 }),
      );
    },
  ),
  senderCase(
    "direction",
    "ERR-1",
    "A sender packet at a sender: two machines on one socket answer each other.",
    (s) => {
      discards(s, "direction", packet(3), packet(3, { tokens: ["x"], accept: true, epoch: 9 }));
    },
  ),
  senderCase(
    "epoch",
    "OPN-12 ERR-1",
    "An ack of another attachment taken: tokens are dropped that the present receiver lacks.",
    (s) => {
      discards(
        s,
        "epoch",
        ack(3, { epoch: 2, next: 2, largest: 1 }),
        ack(3, { epoch: 2, next: 9, largest: 9 }),
        close(10, { epoch: 2 }),
      );
    },
  ),
  senderCase(
    "epoch-below",
    "OPN-12 ERR-1",
    "A late ack of the attachment before taken for one of the present.",
    (s) => {
      s.give(0, push("a", "b"), open(1, { epoch: 5 })).sends({ epoch: 5, number: 1 });
      s.give(1_000, ack(9, { epoch: 4, next: 2, largest: 1 }))
        .results("epoch")
        .silent();
      s.give(2_000, close(10, { epoch: 4 }))
        .results("epoch")
        .silent()
        .phase("active");
      s.give(3_000, ack(2, { epoch: 5, next: 2, largest: 1 }))
        .accepted()
        .view({ una: "2" });
    },
  ),
  senderCase(
    "codec",
    "ERR-1 ENC-5",
    "A malformed datagram that has an effect, is answered or throws: one stray byte ends the answer.",
    (s) => {
      startSender(s, "a", "b");
      s.note("the valid twin");
      s.give(10_000, raw("0807 1001 1802 4208 0801 1001 20b0ea01 80"))
        .accepted()
        .view({ una: "1" });
      const faults = [
        ["size", ""],
        ["padding", "0807 1001 1803 4204 0802 1001"],
        ["not-canonical", "0807 1001 1803 4205 0802 1001 80"],
        ["over-limit", "0807 1001 1803 420b 0880808080808080 10 1001 80"],
        ["invalid", "0807 1001 1803 4207 0802 1001 1a01 01 80"],
      ] as const;
      for (const [code, hex] of faults) {
        s.give(20_000, raw(hex)).results(code).silent().deadline(40_000, "repeat");
      }
      s.give(30_000, raw("0807 1001 1803 4204 0802 1001 80")).accepted().view({ una: "2" });
    },
  ),
  senderCase(
    "order-of-codes",
    "ERR-1 OPN-12",
    "Codes tried in another order: counters mislead whoever looks for the fault.",
    (s) => {
      startSender(s, "a");
      s.note("another stream, a wrong direction, another epoch: the stream comes first");
      s.give(10_000, packet(1, { stream: 8, epoch: 2 }))
        .results("stream")
        .silent();
      s.give(10_000, packet(1, { epoch: 2 }))
        .results("direction")
        .silent();
      s.note("another epoch and an old number: the epoch comes first");
      s.give(10_000, ack(1, { epoch: 2 }))
        .results("epoch")
        .silent();
      s.note("an old number and an impossible ack: the number comes first");
      s.give(10_000, ack(1, { next: 9, largest: 9 }))
        .results("duplicate")
        .silent();
    },
  ),
  senderCase(
    "extensions-are-ignored",
    "PKT-14 PKT-15",
    "An unknown extension that makes a packet fail, or comes back: no later version can ever be introduced.",
    (s) => {
      const one = [{ type: 1, value: "00" }];
      s.give(0, push("a"), open(1, { extensions: one }))
        .accepted()
        .sends({
          number: 1,
          items: [0, 1],
          size: 16,
        });
      const two = [{ type: 63 }, { type: 4294967295, value: "00".repeat(64) }];
      s.give(10_000, ack(2, { next: 1, largest: 1, extensions: two }))
        .accepted()
        .view({ una: "1" });
      s.give(50_000, push("b")).sends({ number: 2, items: [1, 2], size: 14 });
    },
  ),
];

const closing = [
  senderCase(
    "close-in-active",
    "ERR-5 ERR-3 SND-20",
    "A Close that is answered or ignored: the stream contradicts itself, and the sender goes on with it.",
    (s) => {
      startSender(s, "a");
      const seen = s.give(10_000, close(8)).accepted().enters("closed close-received 8");
      seen.sendsNothing().deadline(null, null);
      s.give(20_000, push("b")).results("closed");
      s.give(30_000, ack(2), close(8), ack(2, { epoch: 2 }))
        .results("phase", "phase", "phase")
        .silent();
      s.note("stream and direction still come first");
      s.give(40_000, ack(2, { stream: 8 }), packet(1))
        .results("stream", "direction")
        .silent();
    },
  ),
  senderCase(
    "close-in-ending",
    "ERR-5 ERR-3",
    "A Close ignored once the stream has ended.",
    (s) => {
      s.give(0, push("a"), finish(), open(1)).phase("ending");
      s.give(10_000, close(10)).accepted().enters("closed close-received 10").sendsNothing();
    },
  ),
  senderCase(
    "close-with-an-ack-before-it",
    "ERR-5 STR-5 ERR-3",
    "Datagrams sent after a Close of the same read.",
    (s) => {
      startSender(s, "a", "b");
      const seen = s.give(40_000, ack(2, { ackNow: true }), close(11)).accepted();
      seen.enters("closed close-received 11").sendsNothing();
    },
  ),
  senderCase(
    "close-when-not-attached",
    "ERR-1 ERR-5 OPN-12",
    "A Close obeyed without an attachment: a late one of an old session destroys the log.",
    (s) => {
      s.give(0, push("a")).silent();
      s.give(1, close(10)).results("epoch").silent().phase("idle");
      s.give(2, open(1))
        .accepted()
        .sends({ items: [0, 1] });
      s.poll(30_000_002).enters("detached silence");
      s.give(30_000_003, close(10)).results("phase").silent().phase("detached");
      s.give(30_000_004, finish(), open(1, { epoch: 2 }))
        .accepted()
        .sends({ items: [0, 2] });
      s.give(30_000_005, ack(2, { epoch: 2, next: 1, largest: 1, end: true })).phase("done");
      s.give(30_000_006, close(10, { epoch: 2 }))
        .results("phase")
        .silent()
        .phase("done");
      s.note("the log is still there");
      s.give(30_000_007, open(1, { epoch: 3 }))
        .enters("ending open")
        .sends({ items: [0, 2] });
    },
  ),
  senderCase(
    "close-codes-of-senders",
    "ERR-5",
    "Only the codes of receivers taken for a Close: a reflected or mistaken one is passed over, where others close.",
    (s) => {
      startSender(s, "a");
      s.give(10_000, close(1)).accepted().enters("closed close-received 1").sendsNothing();
    },
  ),
];

export const senderDiscard = sessionFile(
  "sender-discard",
  "What a sender does not accept, what it ignores, and Closes from its receiver.",
  [...codes, ...closing],
);
