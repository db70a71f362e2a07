// Session vectors at edges of the sender's arithmetic that the other files do not reach: the least margin
// of 6.2 and both ends of an RTT sample (8.3), each where one microsecond shows.

import { senderCase } from "../script.js";
import { sessionFile } from "./case.js";
import { ack, push } from "./packets.js";
import { startSender } from "./starts.js";

export const senderEdges = sessionFile(
  "sender-edges",
  "Edges of a sender's arithmetic, where one microsecond shows.",
  [
    senderCase(
      "least-margin",
      "SND-4 SND-13",
      "No least margin on a path that never varies: every ack that is a little late is taken for a loss.",
      (s) => {
        startSender(s, "0");
        s.note("a constant RTT of 100 ms: the variation shrinks until the margin of 10 ms is more");
        for (let i = 0; i < 12; i += 1) {
          const at = i * 200_000;
          if (i > 0) s.give(at, push(String(i)));
          const seen = { next: i + 1, largest: i + 1, ranges: i === 0 ? [] : [i + 1] };
          s.give(at + 100_000, ack(2 + i, seen)).accepted();
        }
        s.give(2_400_000, push("x")).accepted();
        s.next().deadline(2_510_000, "repeat");
      },
    ),
    senderCase(
      "cap-to-the-microsecond",
      "ACK-10",
      "A cap of samples that is off by one: every later deadline differs from those of other ports.",
      (s) => {
        startSender(s, "a");
        s.give(20_001, ack(2, { next: 1, largest: 1 })).accepted();
        s.give(100_000, push("b")).sends({ number: 2 });
        s.give(200_000, ack(3, { next: 2, largest: 1 })).accepted();
        s.give(25_000_000, ack(4, { next: 2, largest: 1 })).accepted();
        s.give(50_000_000, ack(5, { next: 2, largest: 1 })).accepted();
        s.note("packet 2 after 70 s: srtt8 is 60140007, one less than a multiple of 8");
        s.give(70_100_000, ack(6, { next: 2, largest: 2 })).accepted();
        s.give(70_100_000, push("x")).accepted().deadline(70_140_000, "repeat");
        s.next().deadline(79_536_875, "repeat");
      },
    ),
    senderCase(
      "delay-above-the-time-then-another",
      "ACK-10",
      "A negative sample: the variation of the next one is wrong, and with it when a loss is repaired.",
      (s) => {
        startSender(s, "a");
        s.give(1_000, ack(2, { next: 1, largest: 1, delay: 25_000 })).accepted();
        s.note("the first sample is 1 us, the second 400 ms: srtt 50 ms and not 29, D 40 ms");
        s.give(100_000, push("b")).sends({ number: 2 });
        s.give(500_000, ack(3, { next: 2, largest: 2 })).accepted();
        s.give(600_000, push("c")).sends({ number: 3 }).deadline(662_500, "repeat");
      },
    ),
  ],
);
