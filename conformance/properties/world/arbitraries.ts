/**
 * The generator of schedules: a few scenes on a configuration, often a usual one.
 */
import fc from "fast-check";
import { hints, mostly, oneOf, weather, windows } from "./events.js";
import { brief, scene } from "./scenes.js";
import type { Event, Opening, Schedule, Weather } from "./schedule.js";

const payloads = oneOf(1200, 1200, 1152, 1152, 4000, 16384);
const buckets = oneOf(1, 1, 64, 128, 1024);

const opening: fc.Arbitrary<Opening> = fc.record({
  from: oneOf("start", "start", "start", "start", "start", "start", "far"),
  epochStep: fc.constant(0),
  window: windows,
  rttHintUs: hints,
  forged: fc.constant(false),
});

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
  opening,
  weather: fc.array(weather, { maxLength: 2 }),
  events: fc.array(scene, { minLength: 1, maxLength: 4 }).map((scenes) => scenes.flat()),
  heals: fc.constant(false),
});

/** Schedules of honest peers whose path harms no datagram; in the end all is well. */
export const honestSchedules: fc.Arbitrary<Schedule> = schedules.map((schedule) => ({
  ...schedule,
  epoch: Math.min(schedule.epoch, 300),
  sender: { ...schedule.sender, logBytes: 1048576, logTokens: 65536 },
  opening: honestOpening(schedule.opening),
  weather: schedule.weather.map(harmless),
  events: schedule.events.flatMap(honest),
  heals: true,
}));

/** Schedules of few events: what fails in few is told in few. */
export const briefSchedules: fc.Arbitrary<Schedule> = fc
  .tuple(schedules, fc.array(brief, { minLength: 1, maxLength: 10 }))
  .map(([schedule, events]) => ({
    ...schedule,
    opening: { ...schedule.opening, from: "start" },
    weather: [],
    events,
  }));

function honest(event: Event): Event[] {
  switch (event.type) {
    case "forge":
      return [];
    case "weather":
      return [{ ...event, weather: harmless(event.weather) }];
    case "open":
      return [{ ...event, opening: { ...honestOpening(event.opening), epochStep: 1 } }];
    default:
      return [event];
  }
}

function honestOpening(opened: Opening): Opening {
  return { ...opened, from: opened.from === "start" ? "start" : "resume", forged: false };
}

function harmless(one: Weather): Weather {
  const fates = one.fates.map((fate) => (fate === "flip" || fate === "cut" ? "drop" : fate));
  return { ...one, fates };
}
