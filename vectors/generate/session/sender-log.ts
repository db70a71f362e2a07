// Session vectors for the log of a sender and for its gate: SND-19, SND-20, STR-3, BND-4, ERR-4.

import { senderCase } from "../script.js";
import { sessionFile } from "./case.js";
import { ack, finish, gate, many, on, open, push } from "./packets.js";
import { startSender } from "./starts.js";

const log = [
  senderCase(
    "full-by-tokens",
    "SND-19 SND-20",
    "A log without bound: a generator without a reader fills the memory of the server.",
    (s) => {
      s.give(0, push("a", "b", "c")).accepted();
      s.note("wholly refused, and what is held stays");
      s.give(1, push("d", "e")).results("full").silent().view({ n: "3" });
      s.give(2, push("d")).accepted().view({ n: "4" });
      s.give(3, push("e")).results("full").view({ n: "4" });
      s.give(4, push()).accepted();
      s.give(5, open(1)).sends({ items: [0, 4] });
    },
    { config: { log_tokens: 4 } },
  ),
  senderCase(
    "full-by-bytes",
    "SND-19",
    "A limit of bytes one too low or too high, or counted on the wire.",
    (s) => {
      s.give(0, push(...many(1, 600))).accepted();
      s.give(1, push(...many(1, 401)))
        .results("full")
        .view({ n: "1" });
      s.give(2, push(...many(1, 400)))
        .accepted()
        .view({ n: "2" });
      s.give(3, push("x")).results("full").view({ n: "2" });
    },
    { config: { log_bytes: 1000 } },
  ),
  senderCase(
    "evicts-what-is-acknowledged",
    "SND-19 OPN-6",
    "A log that never lets go: every answer of more than its size ends with `full`.",
    (s) => {
      startSender(s, "a", "b", "c", "d");
      s.give(10_000, push("e")).results("full");
      s.give(11_000, ack(2, { next: 2, largest: 1, delay: 30_000 })).accepted();
      s.give(12_000, push("e", "f", "g"))
        .results("full")
        .view({ n: "4" });
      s.give(13_000, push("e")).accepted().view({ n: "5" });
      s.note("one was dropped, and no more than that");
      s.give(14_000, open(1, { epoch: 2 }))
        .results("refused-open")
        .sends({ close: 3 });
      s.give(15_000, open(1, { epoch: 2, prefix: ["a"] })).sends({ close: 5 }, { items: [1, 5] });
    },
    { config: { log_tokens: 4 } },
  ),
  senderCase(
    "refusal-drops-nothing",
    "SND-19",
    "Tokens dropped for a push that is refused in the end: a receiver cannot resume, and nothing was won.",
    (s) => {
      startSender(s, "a", "b", "c");
      s.give(10_000, ack(2, { next: 2, largest: 1, delay: 30_000 })).accepted();
      s.give(11_000, push("d", "e", "f", "g"))
        .results("full")
        .view({ n: "3" });
      s.give(12_000, open(1, { epoch: 2 }))
        .accepted()
        .sends({ close: 5 }, { items: [0, 3] });
    },
    { config: { log_tokens: 4 } },
  ),
  senderCase(
    "evicts-by-bytes",
    "SND-19 OPN-6",
    "As many tokens dropped as are pushed, instead of as many bytes as are needed.",
    (s) => {
      startSender(s, ...many(1, 300), ...many(1, 300, 1), ...many(1, 300, 2));
      s.give(10_000, ack(2, { next: 3, largest: 1, delay: 30_000 })).view({ una: "3" });
      s.note("100 are free, 600 more are needed: two tokens go");
      s.give(11_000, push(...many(1, 700, 3))).accepted();
      const one = many(1, 300);
      const two = [...one, ...many(1, 300, 1)];
      s.give(12_000, open(1, { epoch: 2, prefix: one })).sends({ close: 3 });
      s.give(13_000, open(1, { epoch: 2, prefix: two })).sends({ close: 5 }, { items: [2, 4] });
    },
    { config: { log_bytes: 1000 } },
  ),
  senderCase(
    "evicts-when-detached",
    "SND-19 TIM-1",
    "Nothing dropped while nobody is attached, although it was acknowledged: the generator stalls.",
    (s) => {
      startSender(s, "a", "b", "c", "d");
      s.give(10_000, ack(2, { next: 2, largest: 1, delay: 30_000 })).accepted();
      s.poll(30_010_000).enters("detached silence");
      s.give(31_000_000, push("e", "f")).accepted().view({ n: "6" });
      s.give(31_000_001, push("g")).results("full");
    },
    { config: { log_tokens: 4 } },
  ),
  senderCase(
    "counts-from-the-new-attachment",
    "SND-19 OPN-7",
    "Tokens dropped that a rewound receiver still needs: it resumed further back, and its text has a hole.",
    (s) => {
      startSender(s, "a", "b", "c", "d");
      s.give(10_000, ack(2, { next: 4, largest: 1, delay: 30_000 })).view({ una: "4" });
      s.give(20_000, open(1, { epoch: 2, prefix: ["a"] })).view({ una: "1" });
      s.give(30_000, push("e", "f")).results("full").view({ n: "4" });
      s.give(31_000, push("e")).accepted();
    },
    { config: { log_tokens: 4 } },
  ),
  senderCase(
    "refused-full-after-ended",
    "SND-20 SND-19",
    "Another code for a push that is both too late and too large.",
    (s) => {
      s.give(0, push("a", "b", "c", "d"), finish(), push("e")).results(null, null, "ended");
    },
    { config: { log_tokens: 4 } },
  ),
];

const gates = [
  senderCase(
    "gate-attach",
    "BND-4 OPN-8",
    "An Accept that leaves before the address is validated: the sender can be aimed at a third party.",
    (s) => {
      s.give(0, push("a"), gate(false));
      const seen = s.give(1_000, open(1)).accepted().enters("active open");
      seen.sendsNothing().deadline(null, null).view({ phase: "active", hi: "0" });
      s.give(1_500, push("b")).accepted().silent();
      s.note("what is due leaves at once, in one datagram");
      s.give(2_000, gate(true))
        .accepted()
        .sends({ number: 1, items: [0, 2], accept: true });
    },
  ),
  senderCase(
    "gate-opening-is-no-reason",
    "BND-4 SND-7",
    "A datagram for every opening of the gate.",
    (s) => {
      startSender(s, "a").deadline(40_000, "repeat");
      s.give(10_000, gate(false)).silent().deadline(null, null);
      s.give(20_000, gate(true)).silent().deadline(40_000, "repeat");
      s.give(30_000, gate(true)).silent().deadline(40_000, "repeat");
    },
  ),
  senderCase(
    "gate-holds-everything",
    "BND-4 SND-7 STR-6",
    "Repeats made up for when the gate opens: a burst into a path that is just being validated.",
    (s) => {
      startSender(s, "a");
      s.give(10_000, gate(false)).silent();
      s.give(100_000, push("b")).silent().deadline(null, null);
      s.poll(2_000_000).silent().deadline(null, null);
      s.give(2_500_000, gate(true)).sends({ number: 2, items: [0, 2] });
    },
  ),
  senderCase(
    "gate-forgets-a-close",
    "ERR-4 BND-4 OPN-6",
    "A Close that waits for the gate: it leaves on another path, to a receiver that has done nothing wrong.",
    (s) => {
      s.give(0, gate(false));
      s.give(1_000, open(1, { version: 2 }))
        .results("refused-open")
        .silent();
      s.give(2_000, gate(true)).silent();
    },
  ),
  senderCase(
    "gate-at-the-poll",
    "ERR-4 BND-4",
    "The gate looked at when a Close arises instead of when it leaves.",
    (s) => {
      s.give(0, gate(false), open(1, { version: 2 }), gate(true))
        .results(null, "refused-open", null)
        .sends({ close: 1 });
    },
  ),
  senderCase(
    "gate-invalid-ack",
    "ERR-4 ERR-6 BND-4 ERR-2",
    "A session that survives an impossible ack because its Close could not leave.",
    (s) => {
      startSender(s, "a");
      s.give(10_000, gate(false)).silent();
      const seen = s.give(11_000, ack(2, { largest: 9 })).results("invalid-ack");
      seen.enters("detached close-sent 6").sendsNothing();
      s.give(12_000, gate(true)).silent().phase("detached");
    },
  ),
];

const tokens = [
  senderCase(
    "token-sizes",
    "STR-3 STR-2",
    "A token that no decoder accepts taken from the application: the datagram that carries it is discarded for ever.",
    (s) => {
      s.give(0, push(...many(1, 1024), on(65535, "x")))
        .accepted()
        .view({ n: "2" });
      s.note("empty, too long, on a channel that does not exist: wholly refused");
      s.give(1, push("a", { data: "" }))
        .results("invalid")
        .view({ n: "2" });
      s.give(2, push("a", ...many(1, 1025)))
        .results("invalid")
        .view({ n: "2" });
      s.give(3, push("a", on(65536, "x")))
        .results("invalid")
        .view({ n: "2" });
      s.give(4, push("a")).accepted().view({ n: "3" });
    },
  ),
];

export const senderLog = sessionFile(
  "sender-log",
  "What a sender holds: its log, its limits, and the gate that holds everything back.",
  [...log, ...gates, ...tokens],
);
