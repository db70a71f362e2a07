// Session vectors for how far a sender may go ahead: SND-1, by bytes and by tokens.

import { senderCase } from "../script.js";
import { sessionFile } from "./case.js";
import { ack, finish, many, open, push } from "./packets.js";

const cases = [
  senderCase(
    "bytes",
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
    "one-byte-over",
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
    "holds-back-the-end",
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
    "end-takes-no-room",
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
    "tokens",
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

export const senderWindow = sessionFile(
  "sender-window",
  "How far a sender may go ahead of its receiver: the window, in bytes and in tokens.",
  cases,
);
