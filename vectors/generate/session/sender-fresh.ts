// Session vectors for the spacing of fresh datagrams: SND-3, SND-10, CC-1. The expected times are
// computed from the table of Appendix B and by a third program, not by the model.

import { senderCase } from "../script.js";
import { sessionFile } from "./case.js";
import { ack, open, push } from "./packets.js";
import { startSender } from "./starts.js";

const spacing = [
  senderCase(
    "first-at-once",
    "SND-3 SND-8",
    "The first token held back by a spacing: every answer starts later than it must.",
    (s) => {
      startSender(s);
      s.poll(999_999).silent().deadline(30_000_000, "idle");
      s.give(1_000_000, push("a")).sends({ number: 2, items: [0, 1] });
    },
  ),
  senderCase(
    "spacing",
    "SND-3 SND-10 SND-11 STR-6",
    "A datagram for each token: a model of 100 tokens a second makes 100 datagrams.",
    (s) => {
      startSender(s, "a");
      s.give(1_000, push("b")).accepted().silent().deadline(18_105, "fresh");
      s.advance()
        .sends({ number: 2, items: [0, 2] })
        .deadline(58_105, "repeat");
      s.note("the factor changes with the number: 20761 after packet 2");
      s.give(18_106, push("c"))
        .silent()
        .deadline(18_105 + 20_761, "fresh");
      s.advance().sends({ number: 3, items: [0, 3] });
      s.give(38_867, push("d"))
        .silent()
        .deadline(38_866 + 21_093, "fresh");
    },
  ),
  senderCase(
    "tokens-share-a-datagram",
    "SND-3 SND-7 SND-11",
    "One datagram for each push that waits: what one spacing collected leaves as a burst.",
    (s) => {
      startSender(s, "a");
      s.give(1_000, push("b")).silent();
      s.give(2_000, push("c"), push("d")).silent().deadline(18_105, "fresh");
      s.advance().sends({ number: 2, items: [0, 4] });
    },
  ),
  senderCase(
    "late-poll-sends-once",
    "STR-6 SND-7 SND-8",
    "Every missed deadline made up for: a process that was stopped sends a burst of copies.",
    (s) => {
      startSender(s, "a");
      s.give(1_000, push("b")).silent();
      s.note(
        "fresh was due at 18 ms, repeat at 40 ms: one emission serves both, and counts as fresh",
      );
      s.poll(60_000)
        .sends({ number: 2, items: [0, 2] })
        .deadline(100_000, "repeat");
    },
  ),
  senderCase(
    "same-time-as-push",
    "STR-5 SND-3",
    "Deadlines served before the inputs of the same time: the token waits for another spacing.",
    (s) => {
      startSender(s, "a");
      s.give(18_105, push("b")).sends({ number: 2, items: [0, 2] });
    },
  ),
  senderCase(
    "jitter-by-epoch",
    "SND-10 STR-4",
    "A jitter that leaves out the epoch, or is random: no run can be repeated, and flows may collide.",
    (s) => {
      s.give(0, push("a"), open(1, { epoch: 2 })).sends({ number: 1 });
      s.give(1_000, push("b")).silent().deadline(19_863, "fresh");
    },
  ),
  senderCase(
    "jitter-by-stream",
    "SND-10 STR-4",
    "A jitter that leaves out the stream: all answers on one path are sent at the same moments.",
    (s) => {
      s.give(0, push("a"), open(1, { stream: 0 })).sends({ number: 1 });
      s.give(1_000, push("b")).silent().deadline(22_988, "fresh");
    },
    { config: { stream_id: 0 } },
  ),
  senderCase(
    "jitter-of-large-identifiers",
    "SND-10 STR-4",
    "Signed 32-bit arithmetic in the mixing: some streams are spaced otherwise than all others.",
    (s) => {
      s.give(0, push("a"), open(1, { stream: 4294967295, epoch: 4294967295 })).sends({ number: 1 });
      s.give(1_000, push("b")).silent().deadline(21_347, "fresh");
    },
    { config: { stream_id: 4294967295 } },
  ),
  senderCase(
    "any-datagram-counts",
    "SND-3 SND-5",
    "A spacing from the last fresh datagram only: repeats and answers come on top of the rate.",
    (s) => {
      startSender(s);
      s.note("a kick is answered by an empty packet at 100 ms; a token of 101 ms waits for it");
      s.give(100_000, ack(2, { largest: 0, ackNow: true })).sends({ number: 2, items: [] });
      s.give(101_000, push("a"))
        .silent()
        .deadline(100_000 + 20_761, "fresh");
    },
  ),
];

const rate = [
  senderCase(
    "queueing-delay",
    "CC-1 SND-3 ACK-10",
    "A rate that does not fall when the path queues: the sender fills its own bottleneck, and every word waits in it.",
    (s) => {
      startSender(s, "a");
      s.give(20_000, ack(2, { next: 1, largest: 1 })).accepted();
      s.give(100_000, push("b")).sends({ number: 2 });
      s.note("a second sample of 300 ms: frtt 90 ms, minimum 20 ms, so qd 70 ms and D 25 ms");
      s.give(400_000, ack(3, { next: 2, largest: 2 }), push("c")).sends({ number: 3 });
      s.give(400_001, push("d"))
        .silent()
        .deadline(400_000 + 26_367, "fresh");
    },
  ),
  senderCase(
    "queueing-delay-capped",
    "CC-1 SND-3",
    "A spacing without bound: after one bad second the text crawls.",
    (s) => {
      startSender(s, "a");
      s.give(20_000, ack(2, { next: 1, largest: 1 })).accepted();
      s.give(100_000, push("b")).sends({ number: 2 });
      s.note("a second sample of 2 s: qd 495 ms would make 237.5 ms, D is 150 ms at most");
      s.give(2_100_000, ack(3, { next: 2, largest: 2 }), push("c")).sends({ number: 3 });
      s.give(2_100_001, push("d"))
        .silent()
        .deadline(2_100_000 + 158_203, "fresh");
    },
  ),
  senderCase(
    "growth-ends-with-an-ack",
    "SND-3 ACK-9",
    "A spacing that stays long after an outage: the text comes back in slow steps.",
    (s) => {
      startSender(s, "a");
      s.note("polled only after 2.4 s: G is 100 ms from then on");
      s.poll(2_400_000).sends({ number: 2 }).deadline(2_500_000, "repeat");
      s.give(2_400_001, push("b")).silent().deadline(2_500_000, "repeat");
      s.poll(2_420_762).silent();
      s.note("packet 2 has arrived: the silence is over, and the spacing of 20.761 ms has passed");
      const seen = s.give(2_420_763, ack(2, { largest: 2, delay: 30_000 })).accepted();
      seen.sends({ number: 3, items: [0, 2] });
    },
  ),
  senderCase(
    "growth-of-fresh",
    "SND-3 SND-10",
    "Growth applied to repeats only: new tokens keep the full rate through an outage.",
    (s) => {
      s.give(0, push("a"), open(1, { hint: 1_000_000 })).sends({ number: 1 });
      s.note("1.2 s without an ack: G is 50 ms, and J makes 51.9 ms of it");
      s.poll(1_200_000).sends({ number: 2 });
      s.give(1_200_001, push("b"))
        .silent()
        .deadline(1_200_000 + 51_904, "fresh");
      s.advance().sends({ number: 3, items: [0, 2] });
    },
  ),
  senderCase(
    "growth-capped",
    "SND-3 SND-10",
    "A growth without bound: after a long outage the recovery itself takes seconds.",
    (s) => {
      s.give(0, push("a"), open(1, { hint: 1_000_000 })).sends({ number: 1 });
      s.note("8 s: a 24th would be 333 ms, G is 125 ms at most");
      s.poll(8_000_000).sends({ number: 2 });
      s.give(8_000_001, push("b"))
        .silent()
        .deadline(8_000_000 + 129_760, "fresh");
    },
  ),
  senderCase(
    "no-growth-when-all-is-acknowledged",
    "SND-3 SND-10",
    "Growth from a silence in which nothing was outstanding: after a think pause the text starts slowly.",
    (s) => {
      startSender(s, "a");
      s.poll(2_400_000).sends({ number: 2 });
      s.give(2_400_001, ack(2, { next: 1, largest: 2, delay: 30_000 })).accepted();
      s.give(2_400_002, push("b"))
        .silent()
        .deadline(2_400_000 + 20_761, "fresh");
    },
  ),
];

export const senderFresh = sessionFile(
  "sender-fresh",
  "When new tokens leave: at once, then spaced by D, the jitter and the growth in an outage.",
  [...spacing, ...rate],
);
