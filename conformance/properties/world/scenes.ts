/**
 * Generators of scenes: lists of events, each of which leads where single events seldom come.
 */
import fc from "fast-check";
import {
  channels,
  delays,
  fates,
  free,
  mostly,
  oneOf,
  opening,
  polls,
  sizes,
  tokensOf,
  way,
  who,
  windows,
} from "./events.js";
import type { Event, Fate, Forgery, Weather } from "./schedule.js";

const weatherOf = (one: Weather["way"], delayUs: number, list: readonly Fate[]): Event => ({
  type: "weather",
  weather: { way: one, delayUs, fates: list },
});
const waitOf = (us: number): Event => ({ type: "wait", us, polls: "prompt" });
const calm: Event[] = [weatherOf("down", 20_000, ["on"]), weatherOf("up", 20_000, ["on"])];

/** A minimum RTT, then a path that queues: lean sending (SND-12). */
const queueing = fc
  .tuple(
    fc.integer({ min: 3, max: 8 }),
    oneOf(130_000, 200_000, 260_000, 500_000),
    fates,
    sizes,
    fc.integer({ min: 10, max: 60 }),
    oneOf(5000, 16_667, 33_333),
  )
  .map(([warm, delayUs, list, size, times, intervalUs]): Event[] => {
    const tokens = { count: 1, size, channels: [0] };
    return [
      ...calm,
      { type: "speak", tokens, times: warm, intervalUs: 50_000 },
      weatherOf("down", delayUs, list),
      weatherOf("up", delayUs, ["on"]),
      { type: "speak", tokens, times, intervalUs },
    ];
  });

/** More than a datagram holds: overdue, bursts, R7 (SND-13 to SND-17). */
const overflow = fc
  .tuple(
    fates,
    fates,
    delays,
    fc.integer({ min: 8, max: 40 }),
    oneOf(100, 300, 600, 1024),
    channels,
  )
  .map(([down, up, delayUs, count, size, list]): Event[] => [
    weatherOf("down", delayUs, down),
    weatherOf("up", Math.min(delayUs, 50_000), up),
    { type: "push", tokens: { count, size, channels: list }, held: false },
    waitOf(60_000),
    { type: "push", tokens: { count: 3, size, channels: list }, held: false },
    waitOf(400_000),
  ]);

/** Many short runs: 32 of them fill a packet (LIM-1). */
const runs = fc
  .tuple(fc.integer({ min: 20, max: 150 }), fates)
  .map(([count, list]): Event[] => [
    weatherOf("down", 30_000, list),
    { type: "push", tokens: { count, size: 3, channels: [0, 9] }, held: false },
    waitOf(300_000),
  ]);

/** Half and more is lost while acks come through: the loss step and the breaker (CC-2). */
const lossy = fc
  .tuple(
    oneOf<readonly Fate[]>(["on", "drop"], ["on", "drop", "drop"], ["drop", "on", "on"]),
    fc.integer({ min: 100, max: 420 }),
    oneOf(40_000, 60_000, 100_000),
  )
  .map(([list, times, intervalUs]): Event[] => [
    weatherOf("down", 20_000, list),
    weatherOf("up", 20_000, ["on"]),
    { type: "speak", tokens: { count: 1, size: 4, channels: [0] }, times, intervalUs },
  ]);

/** Nothing comes through for long: G, quiet, detach, idle; then perhaps a new attachment. */
const silence = fc
  .tuple(way, oneOf(3_000_000, 9_000_000, 11_000_000, 25_000_000, 31_000_000), polls, fc.boolean())
  .map(([one, us, how, heals]): Event[] => [
    { type: "push", tokens: { count: 2, size: 3, channels: [0] }, held: false },
    weatherOf(one, 20_000, ["drop"]),
    { type: "wait", us, polls: how },
    ...(heals ? [...calm, waitOf(500_000)] : []),
  ]);

/** Every second packet is lost many times: a 17th range (RCV-1). */
const ranges = fc
  .tuple(oneOf<readonly Fate[]>(["on", "drop"], ["on", "drop", "on", "on", "drop"]), who)
  .map(([list]): Event[] => [
    waitOf(300_000),
    weatherOf("down", 1000, list),
    {
      type: "speak",
      tokens: { count: 1, size: 2, channels: [0] },
      times: 45,
      intervalUs: 30_000,
    },
    { type: "forge", forgery: { kind: "replay", way: "down", back: 44 }, held: false },
    { type: "forge", forgery: { kind: "replay", way: "down", back: 43 }, held: false },
  ]);

/** Many attachments while one exists: Closes in a row, digests of prefixes (11.2, ERR-4). */
const reattach = fc
  .array(fc.tuple(opening, oneOf(0, 0, 100, 50_000, 400_000), tokensOf(2)), {
    minLength: 2,
    maxLength: 7,
  })
  .map((list) =>
    list.flatMap(([one, us, tokens]): Event[] => [
      { type: "open", opening: { ...one, epochStep: Math.max(0, one.epochStep) } },
      { type: "push", tokens, held: true },
      { type: "wait", us, polls: us === 100 ? "late" : "prompt" },
    ]),
  );

/** A full log in which old tokens make room, then a receiver that wants them again (SND-19). */
const eviction = fc
  .tuple(
    fc.integer({ min: 4, max: 20 }),
    oneOf(200, 500, 1024),
    opening,
    fc.integer({ min: -20, max: 0 }),
  )
  .map(([times, size, one, back]): Event[] => [
    ...calm,
    {
      type: "speak",
      tokens: { count: 2, size, channels: [0] },
      times,
      intervalUs: 60_000,
    },
    foreignOpen(1, 1, back, false),
    waitOf(100_000),
    { type: "open", opening: one },
    waitOf(300_000),
  ]);

/** An ack that is right, or of a packet number so far below the next. */
const ackOf = (number: number, largest: number, ranges: readonly number[]): Event => ({
  type: "forge",
  forgery: {
    kind: "ack",
    number,
    epoch: 0,
    streamId: 0,
    nextIndex: 0,
    largest,
    ranges,
    delayUs: 0,
    endReceived: false,
    ackNow: ranges.length === 0,
    stop: 0,
  },
  held: false,
});

/** A receiver that asks and asks and never says what arrived: a sender forgets records (SND-18). */
export const hoard: readonly Event[] = [
  ...calm,
  waitOf(300_000),
  { type: "push", tokens: { count: 2, size: 3, channels: [0] }, held: false },
  waitOf(200_000),
  weatherOf("up", 0, ["drop"]),
  weatherOf("down", 0, ["drop"]),
  ...Array.from({ length: 1100 }, (_, i) => [ackOf(i + 1, 1_000_000, []), waitOf(21_000)]).flat(),
  { type: "push", tokens: { count: 2, size: 3, channels: [0] }, held: false },
  ackOf(1101, 1090, [1, 1, 2]),
  ackOf(1102, 1025, [1, 1, 2]), // the youngest that is forgotten
  waitOf(100_000),
  ackOf(1103, 1024, [1, 1, 2]), // the oldest that is not
  waitOf(100_000),
  ackOf(1104, 3, [600]),
  waitOf(100_000),
];

/** Small tokens without number: 4096 outstanding, windows of 1024 bytes (LIM-10). */
const crowd = fc
  .tuple(windows, oneOf(4090, 4100, 5000))
  .map(([window, count]): Event[] => [
    opened(window),
    waitOf(100_000),
    { type: "push", tokens: { count, size: 1, channels: [0, 1] }, held: false },
    waitOf(1000),
    { type: "finish", reason: 1, held: false },
    waitOf(30_000),
  ]);

const packetOf = (
  packet: Pick<
    Extract<Forgery, { kind: "packet" }>,
    "number" | "firstIndex" | "tokens" | "genuine" | "end"
  >,
): Event => ({
  type: "forge",
  forgery: { kind: "packet", epoch: 0, accept: true, paused: false, ...packet },
  held: false,
});

const opened = (window: number): Event => ({
  type: "open",
  opening: { from: "resume", epochStep: 1, window, rttHintUs: 0, forged: false },
});

/** A sender that contradicts itself beyond a gap, or sends more than the window (RCV-5, RCV-6). */
const contradiction = fc
  .tuple(
    oneOf(1024, 1500, 262144, 262144),
    fc.array(
      fc.record({
        firstIndex: oneOf(0, 1, 1, 1, 1, 1, 2, 4095, 4096),
        size: fc.oneof({ weight: 3, arbitrary: fc.constant(3) }, { weight: 1, arbitrary: sizes }),
        count: oneOf(1, 1, 2, 3),
        channel: oneOf(0, 1),
      }),
      { minLength: 2, maxLength: 5 },
    ),
    fc.boolean(),
    mostly(true, [false]),
  )
  .map(([window, list, genuine, isGateOpen]): Event[] => [
    ...calm,
    opened(window),
    { type: "gate", who: "receiver", open: isGateOpen, held: false },
    ...list.map(({ firstIndex, size, count, channel }, i) =>
      packetOf({
        number: 50 + i,
        firstIndex,
        tokens: { count, size, channels: [channel] },
        genuine,
      }),
    ),
    { type: "gate", who: "receiver", open: true, held: false },
  ]);

/** Ends that differ, or that come before tokens (END-3). */
const ends = fc
  .array(
    fc.record({
      count: oneOf(0, 0, 1, 2),
      firstIndex: oneOf(1, 1, 3),
      end: fc.option(
        fc.record({
          finalCount: oneOf(0, 1, 3, 3, 3, 4),
          reason: oneOf(1, 1, 2),
          forged: fc.constant(false),
        }),
        { nil: undefined },
      ),
    }),
    { minLength: 2, maxLength: 4 },
  )
  .map((list): Event[] => [
    ...calm,
    opened(262144),
    ...list.map(({ count, firstIndex, end }, i) => {
      const tokens = { count, size: 3, channels: [0] };
      return packetOf({ number: 50 + i, firstIndex, tokens, genuine: false, ...(end && { end }) });
    }),
  ]);

const foreignOpen = (epoch: number, version: number, nextIndex: number, held: boolean): Event => ({
  type: "forge",
  forgery: {
    kind: "open",
    number: 1,
    epoch,
    version,
    nextIndex,
    forged: false,
    window: 262144,
    rttHintUs: 0,
    stop: 0,
  },
  held,
});

/** Closes behind a gate, and more of them at once than are kept (ERR-4). */
const closes = fc
  .tuple(
    fc.array(fc.tuple(oneOf(-1, 0, 1), oneOf(1, 2, 2), oneOf(0, 100)), {
      minLength: 1,
      maxLength: 7,
    }),
    fc.boolean(),
    fc.boolean(),
  )
  .map(([list, gated, polled]): Event[] => [
    waitOf(100_000),
    { type: "gate", who: "sender", open: !gated, held: true },
    ...list.map(([epoch, version, nextIndex]) => foreignOpen(epoch, version, nextIndex, true)),
    { type: "wait", us: 1000, polls: polled ? "late" : "prompt" },
    { type: "gate", who: "sender", open: true, held: false },
    waitOf(10_000),
  ]);

/** More than a minute of one session, on a path that grows longer: minimum RTT periods (ACK-10). */
const long = fc.tuple(delays, delays, oneOf(35, 70, 100)).map(([first, second, times]): Event[] => {
  const tokens = { count: 1, size: 2, channels: [0] };
  const speaks: Event = { type: "speak", tokens, times, intervalUs: 400_000 };
  return [
    ...calm,
    speaks,
    weatherOf("down", first, ["on"]),
    speaks,
    weatherOf("down", second, ["on"]),
    speaks,
  ];
});

/** One event of a short story: little is said, and acks tell of what was sent just before. */
export const brief: fc.Arbitrary<Event> = fc.oneof(
  {
    weight: 3,
    arbitrary: tokensOf(2).map((tokens): Event => ({ type: "push", tokens, held: false })),
  },
  { weight: 4, arbitrary: oneOf(20_000, 40_000, 60_000, 150_000, 450_000, 2_000_000).map(waitOf) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 3 }))
      .map(([number, largest]) => ackOf(number, largest, [1])),
  },
  { weight: 1, arbitrary: way.map((one) => weatherOf(one, 20_000, ["drop"])) },
  {
    weight: 1,
    arbitrary: oneOf<Event>(
      { type: "finish", reason: 1, held: false },
      { type: "pause", held: false },
    ),
  },
);

/** Any scene; those that take long are rare. */
export const scene: fc.Arbitrary<readonly Event[]> = fc.oneof(
  { weight: 1200, arbitrary: fc.array(free, { maxLength: 12 }) },
  { weight: 400, arbitrary: overflow },
  { weight: 150, arbitrary: contradiction },
  { weight: 80, arbitrary: ends },
  { weight: 80, arbitrary: closes },
  { weight: 200, arbitrary: queueing },
  { weight: 200, arbitrary: silence },
  { weight: 200, arbitrary: reattach },
  { weight: 200, arbitrary: eviction },
  { weight: 150, arbitrary: runs },
  { weight: 100, arbitrary: ranges },
  { weight: 60, arbitrary: lossy },
  { weight: 20, arbitrary: long },
  { weight: 4, arbitrary: crowd },
  { weight: 1, arbitrary: fc.constant(hoard) },
);
