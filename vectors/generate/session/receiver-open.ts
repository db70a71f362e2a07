// Session vectors for a receiver that opens: OPN-1 to OPN-4, and a stop before there is a session.

import { receiverCase } from "../script.js";
import { sessionFile } from "./case.js";
import { digest, packet, stop } from "./packets.js";

const schedule = [
  receiverCase(
    "schedule",
    "OPN-1 OPN-2 ACK-5 TIM-7",
    "An Open that is repeated too seldom, or under an old number: one lost datagram at the start, and the answer appears seconds late or never.",
    (s) => {
      s.poll(0).sends({ open: true, number: 1, next: 0 }).deadline(250_000, "open-retry");
      s.advance().sends({ open: true, number: 2 }).deadline(750_000, "open-retry");
      s.advance().sends({ open: true, number: 3 }).deadline(1_750_000, "open-retry");
      s.advance().sends({ open: true, number: 4 }).deadline(3_750_000, "open-retry");
      s.advance().sends({ open: true, number: 5 }).deadline(5_000_000, "open-fail");
      s.advance().sendsNothing().enters("failed open-timeout").deadline(null, null);
      s.poll(60_000_000).silent().phase("failed");
    },
  ),
  receiverCase(
    "late-poll-skips",
    "OPN-1 STR-6 TIM-7",
    "Every missed Open sent at once after a late poll: a phone that wakes up floods the path with copies of one datagram.",
    (s) => {
      s.poll(0).sends({ open: true, number: 1 });
      s.note("250 ms and 750 ms have passed: one Open serves both");
      s.poll(800_000).sends({ open: true, number: 2 }).deadline(1_750_000, "open-retry");
      s.advance().sends({ open: true, number: 3 }).deadline(3_750_000, "open-retry");
    },
  ),
  receiverCase(
    "first-poll-late",
    "OPN-1 STR-6",
    "A schedule that counts from the first poll instead of the start: retries and failure come late.",
    (s) => {
      s.note("made at 5 ms, first polled when its second Open is due");
      s.poll(255_000).sends({ open: true, number: 1 }).deadline(755_000, "open-retry");
      s.advance().sends({ open: true, number: 2 }).deadline(1_755_000, "open-retry");
    },
    { now: 5_000 },
  ),
  receiverCase(
    "late-fail",
    "OPN-2 TIM-6 STR-6",
    "An Open that leaves although its time is over: the sender attaches a receiver that nobody reads.",
    (s) => {
      s.poll(0).sends({ open: true });
      s.note("the retries and the failure are due together: the failure wins");
      s.poll(5_000_000).sendsNothing().enters("failed open-timeout").deadline(null, null);
    },
  ),
];

const content = [
  receiverCase(
    "resume",
    "OPN-3 STR-4",
    "A resumption without its index, or with the digest of another prefix: the answer starts over, or the sender refuses it.",
    (s) => {
      s.poll(0).sends({ open: true, epoch: 3, number: 1, next: 2 });
      s.advance().sends({ open: true, epoch: 3, number: 2, next: 2 });
    },
    {
      config: {
        epoch: 3,
        next_index: "2",
        digest: digest(["The", " sky"]),
        window: "1024",
        rtt_hint_us: 80_000,
      },
    },
  ),
  receiverCase(
    "resume-at-one",
    "OPN-3",
    "The first index that is not 0, or the smallest hint, taken for absent: an Open that no sender accepts.",
    (s) => {
      s.poll(0).sends({ open: true, next: 1 });
      const seen = s.give(10_000, packet(1, { first: 1, tokens: ["b"], accept: true })).accepted();
      seen.renders(1, "b").sends({ next: 2 });
    },
    { config: { next_index: "1", digest: digest(["a"]), rtt_hint_us: 1 } },
  ),
  receiverCase(
    "largest-members",
    "OPN-3 LIM-10",
    "Identifiers or limits in fewer bits than the schema has: sessions of high epochs can never open.",
    (s) => {
      s.poll(0).sends({ open: true, epoch: 4294967295, next: 9007199254740991 });
    },
    {
      config: {
        stream_id: 4294967295,
        epoch: 4294967295,
        window: "16777216",
        next_index: "9007199254740991",
        digest: digest([]),
        rtt_hint_us: 4294967295,
      },
    },
  ),
  receiverCase(
    "large-times",
    "OPN-1 TIM-3 ACK-4",
    "Times kept in 32 bits: after 71 minutes of uptime no deadline is right and the session hangs.",
    (s) => {
      const start = 9_000_000_000_000_000;
      s.poll(start)
        .sends({ open: true })
        .deadline(start + 250_000, "open-retry");
      const seen = s.give(start + 1_000, packet(1, { tokens: ["a"], accept: true }));
      seen.renders(0, "a").deadline(start + 401_000, "kick");
      s.advance().sends({ kick: true, next: 1, delay: 400_000 });
    },
    { now: 9_000_000_000_000_000 },
  ),
];

const accepting = [
  receiverCase(
    "needs-accept",
    "OPN-4 ERR-1",
    "Tokens taken before Accept: a straggler of another attachment is rendered into the new one.",
    (s) => {
      s.poll(0).sends({ open: true });
      const early = s.give(10_000, packet(1, { tokens: ["a"] }));
      early.results("unexpected").silent().phase("opening").deadline(250_000, "open-retry");
      s.note("the same number again, with Accept: the discarded one left no trace");
      const seen = s.give(20_000, packet(1, { tokens: ["a"], accept: true })).accepted();
      seen.enters("active accept").renders(0, "a").sends({ number: 2, next: 1, largest: 1 });
    },
  ),
  receiverCase(
    "accept-stops-opens",
    "OPN-1 ACK-1 TIM-3",
    "An Open that leaves although Accept has come at that very time: the sender answers it once more for nothing.",
    (s) => {
      s.poll(0).sends({ open: true });
      const seen = s.give(250_000, packet(1, { accept: true })).accepted();
      seen.enters("active accept").sends({ open: false, number: 2, next: 0, largest: 1 });
      seen.deadline(650_000, "kick");
      s.poll(649_999).silent();
    },
  ),
  receiverCase(
    "accept-with-later-number",
    "RCV-3 OPN-4 ACK-3",
    "A receiver that insists on packet 1: when the first datagram is lost the session never starts.",
    (s) => {
      s.poll(0).sends({ open: true });
      const seen = s.give(40_000, packet(3, { tokens: ["a"], accept: true })).accepted();
      seen.renders(0, "a").sends({ next: 1, largest: 3, ranges: [] });
      s.note("an earlier packet arrives later and is acknowledged too");
      const late = s.give(41_000, packet(1, { tokens: ["a"], accept: true })).accepted();
      late.rendersNothing().sends({ largest: 3, ranges: [1, 1, 1], delay: 1_000 });
    },
  ),
  receiverCase(
    "stop-in-opening",
    "END-7 END-9",
    "A stop before the session is open that is forgotten: the user pressed stop, and the answer streams to its end.",
    (s) => {
      s.poll(0).sends({ open: true, stop: 0 });
      s.note("no datagram for the stop itself: the next Open carries it");
      s.give(100_000, stop(1)).accepted().silent().deadline(250_000, "open-retry");
      s.give(110_000, stop(2)).results("stopped").silent();
      s.advance().sends({ open: true, number: 2, stop: 1 });
      const seen = s.give(260_000, packet(1, { tokens: ["a"], accept: true })).accepted();
      seen.sends({ number: 3, next: 1, largest: 1, stop: 1 });
    },
  ),
  receiverCase(
    "stop-before-first-open",
    "END-7 OPN-1",
    "A stop that makes a receiver skip its Open: the sender never hears of the stop.",
    (s) => {
      s.give(0, stop(3)).accepted().sends({ open: true, number: 1, stop: 3 });
    },
  ),
];

export const receiverOpen = sessionFile(
  "receiver-open",
  "A receiver that opens: its schedule, what its Open says, and what ends it.",
  [...schedule, ...content, ...accepting],
);
