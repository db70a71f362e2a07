// Session vectors for the loss estimate P, the records behind it, and the breaker: ACK-12, SND-18,
// CC-1, CC-2. The sequences of hits and misses that give P its edges were found by search.

import { senderCase, type Script } from "../script.js";
import { sessionFile } from "./case.js";
import { ack, finish, open, push } from "./packets.js";
import { startSenderWithHint, volley, type Volley, type VolleyStart } from "./starts.js";

/** Resolves packets with these outcomes; packet 1 is the Accept. */
function resolved(s: Script, outcomes: string): Volley {
  startSenderWithHint(s, 100_000);
  return volley(s, outcomes, { at: 30_000, spacing: 30_000, number: 2, before: 1 });
}

const estimate = [
  senderCase(
    "quick-repeat-at-1966",
    "ACK-12 SND-4",
    "The threshold of loss off by one: deadlines differ from every other port's.",
    (s) => {
      const { now } = resolved(s, `hhhhmm${"h".repeat(39)}`);
      s.note("P is exactly 1966: the quick repeat after 40 ms");
      s.give(now, push("a")).deadline(now + 40_000, "repeat");
    },
  ),
  senderCase(
    "no-quick-repeat-at-1965",
    "ACK-12 SND-4",
    "Quick repeats on a path that loses nothing: a third more bytes for no gain.",
    (s) => {
      const { now } = resolved(s, `hhhhhm${"h".repeat(28)}`);
      s.note("P is 1965: 150 ms, and tSlow of 125 ms comes before");
      s.give(now, push("a")).deadline(now + 125_000, "repeat");
    },
  ),
  senderCase(
    "quick-repeat-after-150-ms",
    "ACK-12 SND-4",
    "No quick repeat at all on a path without loss: the one loss that comes costs 5/4 RTT.",
    (s) => {
      startSenderWithHint(s, 1_000_000);
      const start = { at: 260_000, spacing: 260_000, number: 2, before: 1 };
      const { now } = volley(s, "h".repeat(17), start);
      s.give(now, push("a")).deadline(now + 150_000, "repeat");
      s.advance()
        .sends({ items: [0, 1] })
        .deadline(now + 150_000 + 1_250_000, "repeat");
    },
  ),
  senderCase(
    "still-quick-after-16-hits",
    "ACK-12 SND-4",
    "Another initial value of P, or another weight: the quick repeat ends earlier or later.",
    (s) => {
      startSenderWithHint(s, 1_000_000);
      const start = { at: 260_000, spacing: 260_000, number: 2, before: 1 };
      const { now } = volley(s, "h".repeat(16), start);
      s.give(now, push("a")).deadline(now + 40_000, "repeat");
    },
  ),
  senderCase("spacing-at-19660", "ACK-12 CC-1", "The threshold of the spacing off by one.", (s) => {
    const { now } = resolved(s, "mmmmmhmhmmmmmhh");
    s.note("P is exactly 19660: D stays 20 ms, times the factor of packet 17");
    s.give(now, push("a")).sends({ number: 16 });
    s.give(now + 1, push("b"))
      .silent()
      .deadline(now + 19_882, "fresh");
  }),
  senderCase(
    "spacing-at-19661",
    "ACK-12 CC-1",
    "The rate kept at 30 % loss: a path that is full is kept full.",
    (s) => {
      const { now, number } = resolved(s, "mhmmhmmhmhhmmmmmh");
      s.give(now + 50_000, ack(number, { largest: 17, ackNow: true })).sends({ number: 18 });
      s.note("P is 19661: D is 40 ms, times the factor of packet 20");
      s.give(now + 100_000, push("a")).sends({ number: 19 });
      const seen = s.give(now + 100_001, push("b")).silent();
      seen.deadline(now + 100_000 + 33_554, "fresh");
    },
  ),
  senderCase(
    "starts-anew-with-an-attachment",
    "OPN-7 ACK-12 CC-1",
    "The loss of the path before kept for the new one.",
    (s) => {
      const { now } = resolved(s, "mhmmhmmhmhhmmmmmh");
      s.give(now, push("a"), open(1, { epoch: 2, hint: 100_000 })).accepted();
      s.note("epoch 2, packet 2: 19863, from a D of 20 ms");
      s.give(now + 1, push("b"))
        .silent()
        .deadline(now + 19_863, "fresh");
    },
  ),
];

const records = [
  senderCase(
    "forgotten",
    "SND-18 ACK-10 ACK-7 ACK-9",
    "Records without bound, or an ack of a forgotten packet taken for impossible: memory grows for hours, or the session ends.",
    (s) => {
      startSenderWithHint(s, 20_000);
      for (let i = 0; i < 1024; i += 1) {
        s.give(20_000 * (i + 1), ack(i + 2, { ackNow: true })).sends({ number: i + 2, items: [] });
      }
      const now = 21_000_000;
      s.note("packet 1 is forgotten: no sample, so the deadlines are those of the hint");
      const heard = s.give(now, ack(2_000, { largest: 1 }), push("a")).accepted();
      heard.sends({ number: 1026, items: [0, 1], accept: true }).deadline(now + 25_000, "repeat");
      s.advance()
        .sends({ number: 1027 })
        .deadline(now + 45_000, "repeat");
      s.note("packets 2 and 3 too, since 1026 and 1027; but a largest that rises is news");
      const news = s.give(now + 30_000, ack(2_001, { largest: 2 })).accepted();
      news.sendsNothing().deadline(now + 50_000, "repeat");
      s.note("packet 4 is not forgotten: a sample of 20.97 s");
      s.give(now + 30_001, ack(2_002, { largest: 4 }))
        .accepted()
        .sendsNothing();
      s.poll(now + 50_000).silent();
    },
  ),
];

const BAD = "m".repeat(10) + "h".repeat(10);
const GOOD = "m".repeat(9) + "h".repeat(11);

/** Resolves packets over 5 s, after an earlier period or as the first. */
function period(
  s: Script,
  outcomes: string,
  before?: Volley,
  more: Pick<VolleyStart, "inputs" | "withAck"> = {},
): Volley {
  const spacing = 250_000;
  if (before === undefined) {
    return volley(s, outcomes, { at: spacing, spacing, number: 2, before: 1 });
  }
  const at = before.now + spacing;
  return volley(s, outcomes, { ...following(before), at, spacing, ...more });
}

/** The numbers that follow. */
function following({ number, largest }: Volley): { number: number; first: number } {
  return { number, first: largest + 1 };
}

/** Attaches, and has two bad periods. */
function twoBad(s: Script): Volley {
  startSenderWithHint(s, 20_000);
  const one = period(s, BAD);
  one.seen.enters().deadline(35_000_000, "idle");
  const two = period(s, BAD, one);
  two.seen.enters().sendsNothing().phase("active");
  return two;
}

const breaker = [
  senderCase(
    "breaker-three-bad-periods",
    "CC-2 ERR-2",
    "No breaker: a sender that goes on for hours into a path which loses half of everything.",
    (s) => {
      const { seen, now } = period(s, BAD, twoBad(s));
      seen.enters("detached close-sent 7").sends({ close: 7, epoch: 1 }).deadline(null, null);
      s.note("the log is kept, and a new attachment begins with a clean record");
      s.give(now + 1, push("a"), open(1, { epoch: 2 })).sends({ epoch: 2, items: [0, 1] });
    },
  ),
  senderCase(
    "breaker-good-period-between",
    "CC-2",
    "Bad periods counted without the good one between, or half taken for more than half: a long session on a poor path is cut.",
    (s) => {
      const good = period(s, GOOD, twoBad(s));
      good.seen.enters().phase("active");
      const again = period(s, BAD, period(s, BAD, good));
      again.seen.enters().sendsNothing().phase("active");
    },
  ),
  senderCase(
    "breaker-good-period-first",
    "CC-2",
    "Packets counted as lost that were not: a session is cut one period early.",
    (s) => {
      startSenderWithHint(s, 20_000);
      const bad = period(s, BAD, period(s, BAD, period(s, GOOD)));
      bad.seen.enters().sendsNothing().phase("active");
    },
  ),
  senderCase(
    "breaker-too-few-packets",
    "CC-2",
    "A period judged by a handful of packets: a few unlucky ones end the session.",
    (s) => {
      const few = period(s, BAD.slice(0, 19), twoBad(s));
      few.seen.enters().phase("active");
      const { now, number, largest } = few;
      s.note("the twentieth, in the same period: 10 of 20 are lost");
      s.give(now + 20_000, ack(number, { largest, ackNow: true })).sends({ number: largest + 1 });
      const last = ack(number + 1, { largest: largest + 1, delay: 30_000 });
      s.give(now + 40_000, last)
        .accepted()
        .enters("detached close-sent 7")
        .sends({ close: 7 });
    },
  ),
  senderCase(
    "breaker-too-short",
    "CC-2",
    "A period that ends before 5 s: one burst of losses counts three times.",
    (s) => {
      const two = twoBad(s);
      const start = { ...following(two), at: two.now + 249_999, spacing: 237_500 };
      const short = volley(s, BAD, start);
      short.seen.enters().phase("active");
      s.note("any later ack ends the period when 5 s are over");
      const again = ack(short.number, { largest: short.largest, delay: 30_000 });
      s.give(two.now + 5_000_000, again)
        .enters("detached close-sent 7")
        .sends({ close: 7 });
    },
  ),
  senderCase(
    "breaker-before-stop",
    "CC-2 ACK-8 END-8",
    "The rest of an ack applied after the breaker has ended the session: the stream ends, and nobody is told.",
    (s) => {
      const { seen } = period(s, BAD, twoBad(s), { withAck: { stop: 1 } });
      seen.stops().enters("detached close-sent 7").sends({ close: 7 });
    },
  ),
  senderCase(
    "breaker-in-ending",
    "CC-2",
    "No breaker once the stream has ended: an End that is never acknowledged is sent into a full path.",
    (s) => {
      const { seen } = period(s, BAD, twoBad(s), { inputs: [finish()] });
      seen.enters("detached close-sent 7").sends({ close: 7 }).phase("detached");
    },
  ),
];

export const senderLoss = sessionFile(
  "sender-loss",
  "The loss estimate and what it changes, the records behind it, and the breaker.",
  [...estimate, ...records, ...breaker],
);
