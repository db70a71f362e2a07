// Session vectors for an Open that is refused: 11.2, OPN-6, and that nothing else changes.

import { senderCase, type Script } from "../script.js";
import { sessionFile } from "./case.js";
import type { Sent } from "./claims.js";
import { ack, close, finish, open, push, type Given } from "./packets.js";
import { startSender } from "./starts.js";

/** An active sender refuses an Open and goes on as if nothing had come. */
function refuses(s: Script, given: Given, answer: Sent): void {
  startSender(s, "a", "b").deadline(40_000, "repeat");
  const seen = s.give(10_000, given).results("refused-open").enters();
  seen.sends({ number: 0, ...answer });
  seen.view({ phase: "active", epoch: 1, una: "0", hi: "2" }).deadline(40_000, "repeat");
  s.note("the attachment that exists goes on");
  s.advance().sends({ epoch: 1, number: 2, items: [0, 2] });
}

const lines = [
  senderCase(
    "version",
    "OPN-6 ERR-2 ERR-3",
    "A version that is not spoken met with silence: a newer client cannot fall back to version 1.",
    (s) => {
      refuses(s, open(1, { epoch: 2, version: 2 }), { close: 1, epoch: 2 });
    },
  ),
  senderCase(
    "version-before-epoch",
    "OPN-6",
    "Lines of the table in another order: the receiver corrects its epoch for ever, and the fault is the version.",
    (s) => {
      refuses(s, open(5, { epoch: 1, version: 4294967295, window: 1024 }), { close: 1, epoch: 1 });
    },
  ),
  senderCase(
    "stale-epoch",
    "OPN-6",
    "An old receiver that comes back and takes the stream away: two tabs fight for it.",
    (s) => {
      startSender(s, "a");
      s.give(10_000, open(1, { epoch: 5 })).accepted();
      const seen = s.give(20_000, open(7, { epoch: 4 })).results("refused-open");
      seen.sends({ close: 4, epoch: 4, number: 0 }).view({ phase: "active", epoch: 5 });
    },
  ),
  senderCase(
    "stale-epoch-before-mismatch",
    "OPN-6",
    "Lines of the table in another order: a stale tab is told to clear its text.",
    (s) => {
      startSender(s, "a");
      s.give(10_000, open(1, { epoch: 5 })).accepted();
      s.give(20_000, open(7, { epoch: 4, prefix: ["X"] })).sends({ close: 4, epoch: 4 });
    },
  ),
  senderCase(
    "mismatch-index",
    "OPN-6",
    "An index beyond the stream accepted: the receiver waits behind a hole that can never be filled.",
    (s) => {
      refuses(s, open(1, { epoch: 2, prefix: ["a", "b", "c"] }), { close: 2, epoch: 2 });
    },
  ),
  senderCase(
    "mismatch-digest",
    "OPN-6 OPN-3",
    "A digest that is not compared: the new answer is glued to the old text of another one.",
    (s) => {
      refuses(s, open(1, { epoch: 2, prefix: ["a", "B"] }), { close: 2, epoch: 2 });
    },
  ),
  senderCase(
    "mismatch-channel",
    "OPN-6 OPN-3",
    "A digest over bytes alone: a prefix whose labels differ is taken for the same.",
    (s) => {
      const prefix = ["a", { channel: 1, data: "62" }];
      refuses(s, open(1, { epoch: 2, prefix }), { close: 2, epoch: 2 });
    },
  ),
  senderCase(
    "expired",
    "OPN-6 SND-19",
    "Tokens that are gone sent as if they were there, or an offset into the log taken for an index: wrong words at the right place.",
    (s) => {
      startSender(s, "a", "b", "c");
      s.give(10_000, ack(2, { next: 3, largest: 1 })).view({ una: "3" });
      s.note("room for four: a and b are dropped, c and after are held");
      s.give(30_000, push("d", "e", "f"))
        .accepted()
        .sends({ number: 2, items: [3, 6] });
      const seen = s.give(31_000, open(1, { epoch: 2, prefix: ["a"] })).results("refused-open");
      seen.sends({ close: 3, epoch: 2 }).view({ phase: "active", epoch: 1 });
      s.note("gone is gone, whatever the digest");
      s.give(32_000, open(1, { epoch: 2, prefix: ["X"] })).sends({ close: 3, epoch: 2 });
      s.give(33_000, open(1, { epoch: 2 })).sends({ close: 3, epoch: 2 });
      s.give(34_000, open(1, { epoch: 2, prefix: ["a", "b"] }))
        .accepted()
        .sends({ close: 5, epoch: 1 }, { epoch: 2, number: 1, items: [2, 6] });
    },
    { config: { log_tokens: 4 } },
  ),
];

const phases = [
  senderCase(
    "in-idle",
    "OPN-6",
    "Nothing answered before the first attachment: a wrong first Open fails by time-out and says nothing.",
    (s) => {
      s.give(0, open(1, { version: 2 }))
        .results("refused-open")
        .sends({ close: 1, epoch: 1 });
      s.give(1_000, open(2, { prefix: ["a"] }))
        .sends({ close: 2 })
        .view({ phase: "idle", epoch: 0 });
      s.note("the refused epoch is still free");
      s.give(2_000, open(3)).accepted().enters("active open").sends({ number: 1, accept: true });
    },
  ),
  senderCase(
    "in-ending-and-done",
    "OPN-6",
    "An Open refused differently once the stream has ended.",
    (s) => {
      s.give(0, push("a"), finish(), open(1, { epoch: 2 })).phase("ending");
      s.give(1_000, open(2)).results("refused-open").sends({ close: 4, epoch: 1 }).phase("ending");
      s.give(2_000, ack(2, { epoch: 2, next: 1, largest: 1, end: true })).phase("done");
      s.give(3_000, open(3)).results("refused-open").sends({ close: 4, epoch: 1 }).phase("done");
      s.note("the index of the End is not an index of a token");
      const beyond = s.give(4_000, open(1, { epoch: 3, prefix: ["a", "b"] }));
      beyond.results("refused-open").sends({ close: 2, epoch: 3 }).phase("done");
    },
  ),
  senderCase(
    "in-detached",
    "OPN-6",
    "A detached sender that answers nothing: a receiver that comes back with an old epoch never learns why.",
    (s) => {
      s.give(0, push("a"), open(1, { epoch: 2 }));
      s.poll(30_000_000).phase("detached");
      s.give(30_000_001, open(1)).results("refused-open").sends({ close: 4, epoch: 1 });
      s.give(30_000_002, open(1, { epoch: 3, prefix: ["b"] })).sends({ close: 2, epoch: 3 });
      s.poll(30_000_003).silent().phase("detached").deadline(null, null);
    },
  ),
  senderCase(
    "in-closed",
    "OPN-6 ERR-5",
    "A closed sender that is silent, or sends tokens that it has dropped: a reload hangs instead of starting elsewhere.",
    (s) => {
      startSender(s, "a");
      s.give(10_000, close(10)).accepted().enters("closed close-received 10").sendsNothing();
      s.give(20_000, open(1, { epoch: 2 }))
        .results("refused-open")
        .sends({ close: 3, epoch: 2 });
      s.note("before everything else: version, epoch, prefix");
      s.give(30_000, open(1, { epoch: 3, version: 2 })).sends({ close: 3, epoch: 3 });
      s.give(40_000, open(2)).results("refused-open").sends({ close: 3, epoch: 1 });
      s.poll(50_000).silent().phase("closed").deadline(null, null);
    },
  ),
];

const sizes = [
  senderCase(
    "close-not-above-its-cause",
    "PKT-18 ERR-3",
    "A Close padded beyond what caused it: whoever forges small Opens makes the sender amplify them.",
    (s) => {
      s.note("an Open of 15 bytes");
      s.give(0, open(1, { version: 2 })).sends({ close: 1, size: 15 });
      s.note("one of 64");
      s.give(1, open(2, { version: 2, bucket: 64 })).sends({ close: 1, size: 64 });
      s.note("one of 256: the Close takes one bucket");
      s.give(2, open(3, { version: 2, bucket: 256 })).sends({ close: 1, size: 128 });
    },
    { config: { bucket: 128 } },
  ),
  senderCase(
    "one-close-each",
    "ERR-3 ERR-4 OPN-6 SEC-2",
    "One Close for several Opens, or several for one: a refused receiver waits for nothing, or a flood is doubled.",
    (s) => {
      const seen = s.give(
        0,
        open(1, { epoch: 1, version: 2 }),
        open(1, { epoch: 2, version: 2 }),
        open(1, { epoch: 3, prefix: ["a"] }),
      );
      seen.results("refused-open", "refused-open", "refused-open");
      seen.sends({ close: 1, epoch: 1 }, { close: 1, epoch: 2 }, { close: 2, epoch: 3 });
      s.poll(1).silent();
    },
  ),
  senderCase(
    "four-closes-between-polls",
    "ERR-4",
    "Closes without bound between two polls: a flood of Opens fills the memory, and leaves as a flood.",
    (s) => {
      const opens = [1, 2, 3, 4, 5].map((epoch) => open(1, { epoch, version: 2 }));
      const seen = s.give(0, ...opens).results(...opens.map(() => "refused-open"));
      s.note("the first four are kept; the next poll has room again");
      seen.sends(...[1, 2, 3, 4].map((epoch) => ({ close: 1, epoch })));
      s.give(1, open(1, { epoch: 6, version: 2 })).sends({ close: 1, epoch: 6 });
    },
  ),
  senderCase(
    "superseded-close-not-above-its-cause",
    "PKT-18 ERR-3 OPN-10",
    "The Close to the old receiver padded beyond the Open that caused it.",
    (s) => {
      s.give(0, open(1)).sends({ size: 128, accept: true });
      s.give(1_000, open(1, { epoch: 2 })).sends(
        { close: 5, size: 15 },
        { accept: true, size: 128 },
      );
    },
    { config: { bucket: 128 } },
  ),
];

export const senderRefuse = sessionFile(
  "sender-refuse",
  "An Open that is refused: the reason, by which line of 11.2, and what stays as it was.",
  [...lines, ...phases, ...sizes],
);
