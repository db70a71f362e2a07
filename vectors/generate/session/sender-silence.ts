// Session vectors for a sender that hears nothing: SND-9, TIM-1, TIM-2, TIM-6, TIM-7.

import { senderCase } from "../script.js";
import { sessionFile } from "./case.js";
import { ack, gate, open, pause, push } from "./packets.js";
import { startSender } from "./starts.js";

export const senderSilence = sessionFile(
  "sender-silence",
  "A sender that hears nothing: when it slows down, and when it lets go.",
  [
    senderCase(
      "quiet-just-before",
      "SND-9 SND-4",
      "Slowing down too early: the last repeat before it comes a second late.",
      (s) => {
        startSender(s, "a");
        s.poll(9_874_999).sends({ number: 2 }).deadline(9_999_999, "repeat");
        s.advance().sends({ number: 3 }).deadline(10_999_999, "repeat");
      },
    ),
    senderCase(
      "quiet-at-ten-seconds",
      "SND-9 SND-4",
      "Full rate into a path that has been dead for ten seconds.",
      (s) => {
        startSender(s, "a");
        s.note("10 s exactly: a second after the last");
        s.poll(9_875_000).sends({ number: 2 }).deadline(10_875_000, "repeat");
        s.advance().sends({ number: 3 }).deadline(11_875_000, "repeat");
        s.advance().sends({ number: 4 }).deadline(12_875_000, "repeat");
      },
    ),
    senderCase("quiet-fresh", "SND-9 SND-3", "New tokens at full rate into a dead path.", (s) => {
      startSender(s, "a");
      s.poll(12_000_000).sends({ number: 2 }).deadline(13_000_000, "repeat");
      s.give(12_100_000, push("b")).silent().deadline(13_000_000, "fresh");
      s.advance()
        .sends({ number: 3, items: [0, 2] })
        .deadline(14_000_000, "repeat");
    }),
    senderCase(
      "quiet-kick",
      "SND-9 SND-5",
      "Kicks answered at full rate through one-way silence: a path that carries only kicks is loaded for nothing.",
      (s) => {
        startSender(s, "a");
        s.poll(12_000_000).sends({ number: 2 });
        s.give(12_200_000, ack(2, { ackNow: true }))
          .sendsNothing()
          .deadline(13_000_000, "repeat");
        s.advance().sends({ number: 3 });
        s.give(13_500_000, ack(3, { ackNow: true }))
          .sendsNothing()
          .deadline(14_000_000, "repeat");
      },
    ),
    senderCase(
      "quiet-accept",
      "SND-9 OPN-9 TIM-7",
      "An Open answered at once in the silence: copies of it are an amplifier.",
      (s) => {
        startSender(s, "a");
        s.poll(12_000_000).sends({ number: 2 });
        s.give(12_300_000, open(2)).accepted().silent().deadline(13_000_000, "accept");
        s.advance().sends({ number: 3, items: [0, 1], accept: true });
        s.note("and more than a second after the last datagram at once");
        s.poll(13_900_000).silent();
        s.give(14_500_000, open(3)).accepted().sends({ number: 4, accept: true });
      },
    ),
    senderCase("quiet-pause", "SND-9 SND-6", "A pause told at once in the silence.", (s) => {
      startSender(s, "a");
      s.poll(12_000_000).sends({ number: 2 });
      s.give(12_100_000, pause()).silent().deadline(13_000_000, "repeat");
      s.advance().sends({ number: 3, paused: true });
    }),
    senderCase(
      "quiet-ends-with-an-ack",
      "SND-9 ACK-9 SND-4",
      "One datagram a second after the path has come back.",
      (s) => {
        startSender(s, "a", "b");
        s.poll(12_000_000).sends({ number: 2 }).deadline(13_000_000, "repeat");
        const heard = s.give(12_900_000, ack(2, { next: 1, largest: 2, delay: 30_000 }));
        s.note("tSlow has passed: at once");
        heard.sends({ number: 3, items: [1, 2] }).deadline(13_316_250, "repeat");
      },
    ),
    senderCase(
      "quiet-only-while-outstanding",
      "SND-9 SND-3",
      "A think pause taken for silence: the first word after it is held back for a second.",
      (s) => {
        startSender(s, "a");
        s.give(10_000, ack(2, { next: 1, largest: 1, delay: 30_000 })).accepted();
        s.give(15_000_000, push("b")).sends({ number: 2 }).deadline(15_040_000, "repeat");
        s.give(15_010_000, push("c")).silent().deadline(15_020_761, "fresh");
      },
    ),
    senderCase(
      "presumed-lost-is-not-quiet",
      "SND-9 SND-17",
      "R7 held back by the silence although an ack has just ended it.",
      (s) => {
        startSender(s, { data: "61".repeat(700) }, { data: "62".repeat(700) }).sends(
          { items: [0, 1] },
          { items: [1, 2] },
        );
        s.poll(12_000_000).sends({ number: 3, items: [0, 1] });
        s.give(12_100_000, push("c")).silent();
        s.poll(13_000_000).sends({ number: 4, items: [0, 1] });
        s.note("an old next_index and no news: still silent");
        s.give(13_100_000, ack(2)).sendsNothing().deadline(14_000_000, "fresh");
        s.note("packet 2 and 4 have arrived");
        s.give(13_200_000, ack(3, { next: 2, largest: 4, ranges: [1, 1, 1], delay: 30_000 })).sends(
          {
            number: 5,
            items: [2, 3],
          },
        );
      },
    ),
    senderCase(
      "detach",
      "TIM-1 TIM-6 TIM-7",
      "A sender that repeats for ever, or ends with a Close: servers fill with sessions of phones that are gone.",
      (s) => {
        startSender(s, "a");
        s.poll(29_500_000).sends({ number: 2 }).deadline(30_000_000, "detach");
        s.advance().enters("detached silence").sendsNothing().deadline(null, null);
        s.poll(60_000_000).silent();
        s.give(60_000_001, ack(2, { next: 1, largest: 1 }))
          .results("phase")
          .silent();
      },
    ),
    senderCase(
      "detach-before-a-repeat",
      "TIM-6 TIM-1 STR-6",
      "One more repeat at the moment of letting go.",
      (s) => {
        startSender(s, "a");
        s.note("polled for the first time after everything is due");
        s.poll(30_000_000).enters("detached silence").sendsNothing();
      },
    ),
    senderCase(
      "detach-is-put-off-by-news",
      "TIM-1 ACK-9 STR-5",
      "The 30 s counted from the attachment: every long answer is cut.",
      (s) => {
        startSender(s, "a", "b");
        s.note("news at the last moment");
        s.give(30_000_000, ack(2, { next: 1, largest: 1, delay: 30_000 }))
          .accepted()
          .phase("active")
          .sends({ number: 2, items: [1, 2] });
        s.poll(59_999_999).phase("active");
        s.poll(60_000_000).enters("detached silence");
      },
    ),
    senderCase(
      "detach-is-not-put-off-by-kicks",
      "TIM-1 ACK-9",
      "A receiver that hears nothing keeps the sender attached by its kicks.",
      (s) => {
        startSender(s, "a");
        s.give(20_000_000, ack(2, { ackNow: true })).sends({ number: 2 });
        s.give(29_999_999, ack(3, { ackNow: true })).sends({ number: 3 });
        s.poll(30_000_000).enters("detached silence").sendsNothing();
      },
    ),
    senderCase(
      "detach-counts-from-the-first-sending",
      "TIM-1 TIM-2",
      "The silence before a token was sent counted: the first token after a think pause ends the session.",
      (s) => {
        startSender(s, "a");
        s.give(10_000, ack(2, { next: 1, largest: 1, delay: 30_000 })).deadline(30_010_000, "idle");
        s.give(29_000_000, push("b")).sends({ number: 2 });
        s.poll(31_000_000).sends({ number: 3 }).phase("active");
        s.poll(58_999_999).phase("active");
        s.poll(59_000_000).enters("detached silence");
      },
    ),
    senderCase(
      "idle",
      "TIM-2 TIM-6 TIM-7",
      "A session with nothing to say that is kept for ever, or ended while its receiver kicks.",
      (s) => {
        startSender(s, "a");
        s.give(10_000, ack(2, { next: 1, largest: 1 })).deadline(30_010_000, "idle");
        s.note("an ack without news is heard all the same");
        s.give(20_000_000, ack(3, { next: 1, largest: 1 }))
          .sendsNothing()
          .deadline(50_000_000, "idle");
        s.note("a discarded packet is not");
        s.give(25_000_000, ack(3, { next: 1, largest: 1 })).results("duplicate");
        s.poll(25_000_001).silent().deadline(50_000_000, "idle");
        s.advance().enters("detached idle").sendsNothing().deadline(null, null);
      },
    ),
    senderCase(
      "idle-behind-the-gate",
      "BND-4 TIM-1 TIM-2",
      "A session let go behind a closed gate: a slow path validation ends every session.",
      (s) => {
        startSender(s, "a");
        s.give(10_000, gate(false)).silent().deadline(null, null);
        s.poll(31_000_000).silent().phase("active");
        s.give(31_000_001, gate(true)).enters("detached silence").sendsNothing();
      },
    ),
  ],
);
