/**
 * The generator of schedules: a few scenes on a configuration, often a usual one.
 */
import fc from "fast-check";
import { hints, mostly, oneOf, weather, windows } from "./events.js";
import { scene } from "./scenes.js";
import type { Schedule } from "./schedule.js";

const payloads = oneOf(1200, 1200, 1152, 1152, 4000, 16384);
const buckets = oneOf(1, 1, 64, 128, 1024);

/** Any schedule. */
export const schedules: fc.Arbitrary<Schedule> = fc.record({
  streamId: oneOf(0, 0, 7, 2 ** 32 - 1),
  epoch: oneOf(1, 1, 5, 300, 2 ** 32 - 3),
  sender: fc.record({
    maxPayload: payloads,
    bucket: buckets,
    logBytes: mostly(1048576, [3000, 10_000, 1]),
    logTokens: mostly(65536, [20, 5]),
  }),
  receiver: fc.record({ maxPayload: payloads, bucket: buckets }),
  opening: fc.record({
    from: oneOf("start", "start", "start", "start", "start", "start", "far"),
    epochStep: fc.constant(0),
    window: windows,
    rttHintUs: hints,
    forged: fc.constant(false),
  }),
  weather: fc.array(weather, { maxLength: 2 }),
  events: fc.array(scene, { minLength: 1, maxLength: 4 }).map((scenes) => scenes.flat()),
});
