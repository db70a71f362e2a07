/**
 * Generators of single events and their parts, weighted towards what a network and an application do.
 */
import fc from "fast-check";
import type { Event, Fate, Forgery, Opening, Polls, Tokens, Weather } from "./schedule.js";

export const oneOf = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
export const mostly = <T>(usually: T, seldom: readonly T[]): fc.Arbitrary<T> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constant(usually) },
    { weight: 1, arbitrary: fc.constantFrom(...seldom) },
  );
const held = fc.integer({ min: 0, max: 3 }).map((n) => n === 3);
export const who = oneOf("sender" as const, "receiver" as const);
export const way = oneOf("down" as const, "up" as const);

export const sizes = fc.oneof(
  { weight: 40, arbitrary: fc.integer({ min: 1, max: 8 }) },
  { weight: 20, arbitrary: fc.integer({ min: 9, max: 200 }) },
  { weight: 10, arbitrary: fc.integer({ min: 200, max: 1024 }) },
  { weight: 10, arbitrary: oneOf(127, 128, 1023, 1024) },
  { weight: 1, arbitrary: oneOf(0, 1025) },
);
export const channels = fc.oneof(
  { weight: 3, arbitrary: fc.constant([0]) },
  { weight: 1, arbitrary: fc.constant([0, 1]) },
  { weight: 1, arbitrary: fc.array(oneOf(0, 1, 127, 128, 65535), { minLength: 1, maxLength: 4 }) },
);
export const tokensOf = (max: number): fc.Arbitrary<Tokens> =>
  fc.record({ count: fc.integer({ min: 0, max }), size: sizes, channels });

const usual: fc.Arbitrary<Fate> = oneOf("on", "on", "on", "on", "drop", "twice", "slow");
const bad: fc.Arbitrary<Fate> = oneOf("on", "drop", "drop", "twice", "slow", "flip", "cut");
export const fates: fc.Arbitrary<readonly Fate[]> = fc.oneof(
  { weight: 3, arbitrary: fc.array(usual, { minLength: 1, maxLength: 12 }) },
  { weight: 2, arbitrary: fc.array(bad, { minLength: 1, maxLength: 12 }) },
  {
    weight: 1,
    arbitrary: oneOf<readonly Fate[]>(["drop"], ["on"], ["on", "drop"], ["slow", "on"]),
  },
);
export const delays = oneOf(0, 1, 1000, 5000, 20_000, 50_000, 120_000, 300_000, 700_000);
export const weather: fc.Arbitrary<Weather> = fc.record({ way, delayUs: delays, fates });

const waits = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 100_000 }) },
  { weight: 3, arbitrary: fc.integer({ min: 100_000, max: 2_000_000 }) },
  { weight: 1, arbitrary: oneOf(5_000_000, 10_000_000, 12_000_000, 31_000_000, 65_000_000) },
);
export const polls: fc.Arbitrary<Polls> = fc.oneof(
  { weight: 6, arbitrary: fc.constant("prompt" as const) },
  { weight: 2, arbitrary: fc.record({ lagUs: oneOf(1, 999, 7000, 40_000, 600_000) }) },
  { weight: 1, arbitrary: fc.constant("late" as const) },
);

export const windows = oneOf(262144, 262144, 262144, 1024, 1500, 4096, 16777216);
export const hints = oneOf(0, 0, 1, 20_000, 60_000, 400_000, 1_000_000, 2 ** 32 - 1);
export const opening: fc.Arbitrary<Opening> = fc.record({
  from: oneOf("start", "resume", "resume", "resume", "ahead", "far"),
  epochStep: oneOf(1, 1, 1, 2, 0, -1, 1000),
  window: windows,
  rttHintUs: hints,
  forged: oneOf(false, false, false, true),
});

const small = fc.integer({ min: -2, max: 3 });
const epochs = oneOf(0, 0, 0, 0, 0, 1, -1, 2 ** 31);
const streamIds = oneOf(0, 0, 0, 0, 0, 0, 0, 1);
const numbers = oneOf(1, 1, 1, 1, 2, 0, -1, 10, 100);
const stops = oneOf(0, 0, 0, 1, 4);
const forgery: fc.Arbitrary<Forgery> = fc.oneof(
  fc.record({
    kind: fc.constant("ack" as const),
    number: numbers,
    epoch: epochs,
    streamId: streamIds,
    nextIndex: oneOf(0, 0, 0, 1, 2, 3, 5, 20, -1, -5),
    largest: oneOf(1, 1, 1, 2, 3, 4, 8, 20, 0, 1000),
    ranges: fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 9 }),
    delayUs: oneOf(0, 0, 0, 1, 3000, 24_999, 25_000, 25_001, 100_000, 2 ** 32 - 1),
    endReceived: oneOf(false, false, false, true),
    ackNow: fc.boolean(),
    stop: stops,
  }),
  fc.record({
    kind: fc.constant("open" as const),
    number: numbers,
    epoch: epochs,
    version: oneOf(1, 1, 1, 1, 2),
    nextIndex: oneOf(0, 0, 0, 1, -1, -3, 100),
    forged: oneOf(false, false, true),
    window: windows,
    rttHintUs: hints,
    stop: stops,
  }),
  fc.record(
    {
      kind: fc.constant("packet" as const),
      number: numbers,
      epoch: epochs,
      firstIndex: oneOf(0, 0, 1, 2, 5, -1, -2, 4094, 4095, 4096),
      tokens: tokensOf(3),
      genuine: fc.boolean(),
      accept: fc.boolean(),
      paused: oneOf(false, false, true),
      end: fc.record({
        finalCount: small,
        reason: oneOf(1, 2, 6),
        forged: oneOf(false, false, true),
      }),
    },
    {
      requiredKeys: [
        "kind",
        "number",
        "epoch",
        "firstIndex",
        "tokens",
        "genuine",
        "accept",
        "paused",
      ],
    },
  ),
  fc.record({
    kind: fc.constant("close" as const),
    to: who,
    epoch: epochs,
    code: fc.integer({ min: 1, max: 11 }),
  }),
  fc.record({
    kind: fc.constant("bytes" as const),
    to: who,
    bytes: fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 24 }),
  }),
  fc.record({ kind: fc.constant("replay" as const), way, back: fc.integer({ min: 0, max: 40 }) }),
);

const commands: fc.Arbitrary<Event> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ type: fc.constant("push" as const), tokens: tokensOf(6), held }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant("finish" as const),
      reason: oneOf(1, 2, 4, 5),
      held,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant("abort" as const),
      errorCode: oneOf(1, 300, 2 ** 32 - 1),
      held,
    }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("pause" as const), held }) },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant("stop" as const),
      reason: fc.integer({ min: 1, max: 4 }),
      held,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ type: fc.constant("gate" as const), who, open: fc.boolean(), held }),
  },
);
const wait = (us: fc.Arbitrary<number>): fc.Arbitrary<Event> =>
  fc.record({ type: fc.constant("wait" as const), us, polls });
const forged: fc.Arbitrary<Event> = fc.record({
  type: fc.constant("forge" as const),
  forgery,
  held,
});
const opened: fc.Arbitrary<Event> = fc.record({ type: fc.constant("open" as const), opening });
const changed: fc.Arbitrary<Event> = fc.record({ type: fc.constant("weather" as const), weather });
const speak = (times: number, tokens = tokensOf(3)): fc.Arbitrary<Event> =>
  fc.record({
    type: fc.constant("speak" as const),
    tokens,
    times: fc.integer({ min: 1, max: times }),
    intervalUs: oneOf(0, 5000, 16_667, 20_000, 33_333, 100_000, 400_000),
  });

export const free: fc.Arbitrary<Event> = fc.oneof(
  { weight: 6, arbitrary: commands },
  { weight: 6, arbitrary: wait(waits) },
  { weight: 3, arbitrary: forged },
  { weight: 3, arbitrary: changed },
  { weight: 3, arbitrary: speak(12) },
  { weight: 1, arbitrary: opened },
);
