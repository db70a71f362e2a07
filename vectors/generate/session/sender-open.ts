// Session vectors for attaching: 11.2 line by line, OPN-6 to OPN-10, OPN-12.

import { senderCase } from "../script.js";
import { sessionFile } from "./case.js";
import { ack, finish, open, packet, pause, push } from "./packets.js";
import { startSender, startSenderWithHint } from "./starts.js";

const attaching = [
  senderCase(
    "with-tokens",
    "OPN-8 SND-2 SND-11 OPN-7",
    "Accept in a datagram of its own, the tokens after it: the first word comes one spacing later.",
    (s) => {
      s.give(0, push("The", " sky")).accepted().silent().view({ phase: "idle", n: "2" });
      const seen = s.give(5_000, open(1)).accepted().enters("active open");
      seen.sends({ epoch: 1, number: 1, items: [0, 2], accept: true, end: false });
      seen.view({ epoch: 1, una: "0", hi: "2" }).deadline(45_000, "repeat");
    },
  ),
  senderCase(
    "without-tokens",
    "OPN-8 TIM-2 SND-11",
    "Accept that waits for a token: a slow model looks like a server that is down, and the receiver gives up after 5 s.",
    (s) => {
      const seen = s.give(5_000, open(1)).accepted().enters("active open");
      seen.sends({ number: 1, items: [], accept: true }).deadline(30_005_000, "idle");
    },
  ),
  senderCase(
    "accept-rides-until-acknowledged",
    "OPN-8 ACK-11",
    "Accept sent once: when that datagram is lost the receiver discards all that follow.",
    (s) => {
      startSender(s);
      s.note("an ack of nothing does not end it");
      s.give(20_000, push("a"), ack(2))
        .accepted()
        .sends({ number: 2, items: [0, 1], accept: true });
      s.next().sends({ number: 3, accept: true });
      s.note("packet 2 has arrived, and it carried Accept");
      s.give(70_000, ack(3, { next: 1, largest: 2 }))
        .accepted()
        .sendsNothing();
      s.give(90_000, push("b")).sends({ number: 4, items: [1, 2], accept: false });
    },
  ),
  senderCase(
    "resume-in-the-middle",
    "OPN-7 OPN-8 OPN-10 SEC-2 ERR-2 STR-5",
    "A resumption from 0, or with the numbers of the attachment before: words come twice, or acks confirm packets of another session.",
    (s) => {
      startSender(s, "a", "b", "c").sends({ number: 1, items: [0, 3] });
      const seen = s.give(30_000, open(1, { epoch: 3, prefix: ["a", "b"] })).accepted();
      seen
        .enters("active open")
        .sends(
          { close: 5, epoch: 1, number: 0 },
          { epoch: 3, number: 1, items: [2, 3], accept: true },
        );
      seen.view({ phase: "active", epoch: 3, una: "2", hi: "3", n: "3" });
      s.note("the old epoch is over");
      s.give(31_000, ack(2, { next: 3, largest: 1 }))
        .results("epoch")
        .silent();
    },
  ),
  senderCase(
    "resume-at-n",
    "OPN-7 OPN-8 TIM-2",
    "A receiver that has everything refused, or given what it has: resuming at the edge is the commonest resumption.",
    (s) => {
      s.give(0, push("a", "b"));
      const seen = s.give(1_000, open(1, { prefix: ["a", "b"] })).accepted();
      seen.sends({ number: 1, items: [], accept: true }).view({ una: "2", hi: "2" });
      s.give(40_000, push("c")).sends({ number: 2, items: [2, 3], accept: true });
    },
  ),
  senderCase(
    "resume-at-n-after-the-end",
    "OPN-7 OPN-8 END-2 SND-11",
    "A receiver that lacks only the End never gets it: the answer is complete and still spins.",
    (s) => {
      s.give(0, push("a", "b"), finish()).accepted().silent().phase("idle");
      const seen = s.give(1_000, open(1, { prefix: ["a", "b"] })).accepted();
      seen.enters("ending open").sends({ number: 1, items: [2, 3], end: true, accept: true });
    },
  ),
  senderCase(
    "reload-when-done",
    "OPN-7 END-5 END-2",
    "A log dropped with the last ack: reloading the page shows nothing.",
    (s) => {
      startSender(s, "a");
      s.give(10_000, finish(2)).accepted().sendsNothing();
      s.give(20_000, ack(2, { next: 1, largest: 1 })).sends({ number: 2, items: [1, 2] });
      s.give(30_000, ack(3, { next: 1, largest: 2, end: true })).enters("done complete");
      const seen = s
        .give(99_000_000, open(1, { epoch: 2 }))
        .accepted()
        .enters("ending open");
      seen.sends({ epoch: 2, number: 1, items: [0, 2], end: true, accept: true });
    },
  ),
  senderCase(
    "resume-in-ending",
    "OPN-7 OPN-10 END-2",
    "A resumption after the End that opens the stream again, or sends the End without the tokens before it.",
    (s) => {
      s.give(0, push("a", "b"), finish(), open(1)).phase("ending");
      const seen = s.give(10_000, open(1, { epoch: 2, prefix: ["a"] })).accepted();
      seen
        .enters("ending open")
        .sends(
          { close: 5, epoch: 1 },
          { epoch: 2, number: 1, items: [1, 3], end: true, accept: true },
        );
      s.give(20_000, push("c")).results("ended");
    },
  ),
  senderCase(
    "resume-when-detached",
    "OPN-7 TIM-1 STR-2",
    "A log dropped with the path: half a minute in a tunnel ends every answer.",
    (s) => {
      startSender(s, "a", "b");
      s.poll(30_000_000).enters("detached silence").sendsNothing().deadline(null, null);
      s.give(31_000_000, push("c")).accepted().silent().phase("detached");
      const seen = s.give(40_000_000, open(1, { epoch: 2, prefix: ["a"] })).accepted();
      seen.enters("active open").sends({ epoch: 2, number: 1, items: [1, 3], accept: true });
    },
  ),
  senderCase(
    "everything-anew",
    "OPN-7 ACK-10 SND-8",
    "Estimates of the old path kept for the new one: after a change from cable to mobile every deadline is wrong.",
    (s) => {
      startSenderWithHint(s, 20_000, "a");
      s.give(20_000, ack(2, { next: 1, largest: 1 }), push("b")).sends({
        number: 2,
        items: [1, 2],
      });
      s.note("no hint: 333 ms again; nothing repeated yet, so 40 ms, then 5/4 RTT");
      s.give(100_000, open(1, { epoch: 2 }))
        .accepted()
        .deadline(140_000, "repeat");
      s.advance().sends({ epoch: 2, number: 2 }).deadline(556_250, "repeat");
      s.advance().deadline(766_000, "repeat");
    },
  ),
  senderCase(
    "two-opens-before-a-poll",
    "OPN-10 OPN-8 SEC-2 STR-5",
    "Accept for an attachment that is superseded already: the old receiver believes that it is attached.",
    (s) => {
      s.give(0, push("a"));
      const seen = s.give(1_000, open(1), open(1, { epoch: 2 })).accepted();
      seen.enters("active open", "active open");
      seen.sends({ close: 5, epoch: 1 }, { epoch: 2, number: 1, items: [0, 1], accept: true });
    },
  ),
  senderCase(
    "highest-epoch",
    "OPN-7 OPN-12",
    "Epochs compared in 31 bits, or expected to rise by one: a receiver that counts otherwise is locked out.",
    (s) => {
      startSender(s, "a");
      const seen = s.give(50_000, open(1, { epoch: 4294967295 })).accepted();
      seen.sends({ close: 5, epoch: 1 }, { epoch: 4294967295, number: 1 });
      s.give(60_000, open(2, { epoch: 2147483648 })).results("refused-open");
    },
  ),
  senderCase(
    "number-of-the-open",
    "OPN-7 ACK-6 SND-2",
    "Numbers expected to start at 1: when the first Open is lost the session never starts.",
    (s) => {
      s.give(0, push("a"), open(3))
        .accepted()
        .sends({ number: 1, items: [0, 1] });
      s.give(10_000, ack(3, { next: 1, largest: 1 }))
        .results("duplicate")
        .silent();
      s.give(11_000, ack(4, { next: 1, largest: 1 }))
        .accepted()
        .view({ una: "1" });
    },
  ),
];

const again = [
  senderCase(
    "reopen",
    "OPN-9 OPN-8 SND-11",
    "An Open repeated by a lossy path that starts the session over: acknowledged tokens come again and numbers collide.",
    (s) => {
      startSender(s, "a");
      s.give(50_000, ack(2, { next: 1, largest: 1 }), push("b")).sends({
        number: 2,
        items: [1, 2],
        accept: false,
      });
      const seen = s.give(55_000, open(3)).accepted().enters();
      seen.sends({ number: 3, items: [1, 2], accept: true }).view({ una: "1", hi: "2" });
      s.note("packet 2 did not carry Accept, so its ack does not end it");
      s.give(100_000, ack(4, { next: 2, largest: 2 }), push("c")).sends({
        number: 4,
        accept: true,
      });
      s.give(150_000, ack(5, { next: 2, largest: 3 }), push("d")).sends({
        number: 5,
        accept: false,
      });
    },
  ),
  senderCase(
    "reopen-with-nothing-to-send",
    "OPN-9 OPN-8",
    "No Accept again when there is nothing else to send: a receiver whose Accept was lost fails after 5 s.",
    (s) => {
      startSender(s).sends({ number: 1, items: [], accept: true });
      s.give(250_000, open(2)).accepted().sends({ number: 2, items: [], accept: true });
      s.note("it counts as heard: idle is counted from here");
      s.poll(250_001).silent().deadline(30_250_000, "idle");
    },
  ),
  senderCase(
    "reopen-twice-before-a-poll",
    "OPN-9 SND-7 SEC-2",
    "An Accept for each copy of an Open: a flood of Opens is answered by a flood.",
    (s) => {
      startSender(s, "a");
      s.give(20_000, open(2), open(3), open(3))
        .results(null, null, "duplicate")
        .sends({
          number: 2,
          items: [0, 1],
          accept: true,
        });
    },
  ),
  senderCase(
    "reopen-old-number",
    "ACK-6 OPN-9 ERR-1",
    "A late copy of the first Open answered: every duplicate on the path costs a datagram.",
    (s) => {
      startSender(s, "a");
      s.give(10_000, open(1)).results("duplicate").silent().deadline(40_000, "repeat");
      s.give(11_000, ack(5)).accepted();
      s.give(12_000, open(4)).results("duplicate").silent();
      s.give(13_000, open(6)).accepted().sends({ number: 2, accept: true });
    },
  ),
  ...(
    [
      ["window", { window: 1024 }],
      ["hint", { hint: 50_000 }],
      ["next-index", { prefix: ["a"] }],
    ] as const
  ).map(([what, changed]) =>
    senderCase(
      `reopen-changed-${what}`,
      "OPN-9 ERR-1",
      "An Open that changes under way taken half: the sender works with one half of the old and one of the new.",
      (s) => {
        startSender(s, "a");
        const seen = s.give(10_000, open(2, changed)).results("unexpected").silent();
        seen.view({ una: "0", hi: "1" }).deadline(40_000, "repeat");
        s.note("it left no trace: its number is still free");
        s.give(11_000, open(2)).accepted().sends({ number: 2, accept: true });
      },
    ),
  ),
  senderCase(
    "reopen-extensions-do-not-matter",
    "OPN-9 PKT-14",
    "Extensions compared with the content: a probe of a later version breaks the repetition of an Open.",
    (s) => {
      s.give(0, push("a"), open(1, { extensions: [{ type: 9, value: "00" }] })).accepted();
      s.give(10_000, open(2)).accepted().sends({ number: 2, accept: true });
    },
  ),
  senderCase(
    "reopen-in-ending",
    "OPN-9 END-2",
    "An Open that is refused once the stream has ended: the End never reaches a receiver that lost the first Accept.",
    (s) => {
      s.give(0, push("a"), finish(), open(1))
        .enters("ending open")
        .sends({ items: [0, 2] });
      const seen = s.give(10_000, open(2)).accepted().enters().phase("ending");
      seen.sends({ number: 2, items: [0, 2], end: true, accept: true });
    },
  ),
  senderCase(
    "reopen-when-done",
    "ERR-1 OPN-9",
    "A late copy of an Open that wakes a finished session up: the answer is sent once more to nobody.",
    (s) => {
      s.give(0, push("a"), finish(), open(1)).sends({ items: [0, 2] });
      s.give(10_000, ack(2, { next: 1, largest: 1, end: true })).enters("done complete");
      s.give(20_000, open(3)).results("phase").silent().phase("done").deadline(null, null);
    },
  ),
  senderCase(
    "reopen-when-detached",
    "ERR-1 OPN-9",
    "A late copy of an Open that attaches again: the sender talks to a path that is gone.",
    (s) => {
      startSender(s, "a");
      s.poll(30_000_000).enters("detached silence");
      s.give(30_000_001, open(2)).results("phase").silent().phase("detached");
    },
  ),
  senderCase(
    "pause-rides-in-a-new-attachment",
    "SND-6 OPN-7",
    "A pause forgotten by attaching: the receiver that resumes during a pause kicks through all of it.",
    (s) => {
      startSender(s, "a");
      s.give(1_000, pause()).silent().deadline(20_000, "pause");
      s.note("the new attachment owes no pause datagram of its own, but sets the flag");
      const seen = s.give(2_000, open(1, { epoch: 2, prefix: ["a"] })).accepted();
      seen.sends({ close: 5 }, { number: 1, items: [], accept: true, paused: true });
      seen.deadline(30_002_000, "idle");
      s.give(3_000, packet(1)).results("direction");
    },
  ),
];

export const senderOpen = sessionFile(
  "sender-open",
  "A sender that is opened: attaching, resuming, and the same Open again.",
  [...attaching, ...again],
);
