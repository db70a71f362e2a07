// Smaller schedules than a given one, simplest first: fewer events, then simpler events, then a usual
// configuration. Works on the data alone, so that scenes come apart and nothing of how a schedule was
// drawn remains.

import fc from "fast-check";
import type { Event, Fate, Opening, Schedule, Tokens, Weather } from "./world/schedule.js";

/** An arbitrary that shrinks by a function of the value alone. */
export class Shrinking<T> extends fc.Arbitrary<T> {
  readonly #source: fc.Arbitrary<T>;
  readonly #smaller: (value: T) => Iterable<T>;

  constructor(source: fc.Arbitrary<T>, smaller: (value: T) => Iterable<T>) {
    super();
    this.#source = source;
    this.#smaller = smaller;
  }

  override generate(mrng: fc.Random, biasFactor: number | undefined): fc.Value<T> {
    return new fc.Value(this.#source.generate(mrng, biasFactor).value, undefined);
  }

  override canShrinkWithoutContext(value: unknown): value is T {
    return value !== undefined;
  }

  override shrink(value: T): fc.Stream<fc.Value<T>> {
    const values = this.#smaller(value)[Symbol.iterator]();
    return fc.stream(values as IterableIterator<T>).map((each) => new fc.Value(each, undefined));
  }
}

/** Schedules that are smaller than this one by one change. */
export function* smallerSchedules(schedule: Schedule): Generator<Schedule> {
  for (const events of shorter(schedule.events)) yield { ...schedule, events };
  yield* plainer(schedule);
  for (const [place, event] of schedule.events.entries()) {
    for (const simple of simpler(event)) {
      yield { ...schedule, events: schedule.events.with(place, simple) };
    }
  }
}

/** Lists without a stretch, long stretches and late ones first. */
export function* shorter<T>(list: readonly T[]): Generator<T[]> {
  for (let size = list.length; size >= 1; size = Math.floor(size / 2)) {
    for (let from = list.length - size; from >= 0; from -= size) {
      yield [...list.slice(0, from), ...list.slice(from + size)];
    }
  }
}

const USUAL: Opening = {
  ...{ from: "start", epochStep: 0, window: 262144, rttHintUs: 0, forged: false },
};

/** A usual configuration, member by member. */
function* plainer(schedule: Schedule): Generator<Schedule> {
  const { sender, receiver, opening } = schedule;
  if (schedule.heals) yield { ...schedule, heals: false };
  if (schedule.weather.length > 0) yield { ...schedule, weather: [] };
  for (const weather of shorter(schedule.weather)) yield { ...schedule, weather };
  if (schedule.streamId !== 0) yield { ...schedule, streamId: 0 };
  if (schedule.epoch !== 1) yield { ...schedule, epoch: 1 };
  if (sender.bucket !== 1) yield { ...schedule, sender: { ...sender, bucket: 1 } };
  if (receiver.bucket !== 1) yield { ...schedule, receiver: { ...receiver, bucket: 1 } };
  if (sender.maxPayload !== 1200) yield { ...schedule, sender: { ...sender, maxPayload: 1200 } };
  if (receiver.maxPayload !== 1200) {
    yield { ...schedule, receiver: { ...receiver, maxPayload: 1200 } };
  }
  if (sender.logBytes !== 1048576 || sender.logTokens !== 65536) {
    yield { ...schedule, sender: { ...sender, logBytes: 1048576, logTokens: 65536 } };
  }
  for (const usual of plainerOpening(opening)) yield { ...schedule, opening: usual };
}

function* plainerOpening(opening: Opening): Generator<Opening> {
  for (const name of ["from", "window", "rttHintUs", "forged"] as const) {
    if (opening[name] !== USUAL[name]) yield { ...opening, [name]: USUAL[name] };
  }
}

function* simpler(event: Event): Generator<Event> {
  if ("held" in event && event.held) yield { ...event, held: false };
  switch (event.type) {
    case "push":
      for (const tokens of fewer(event.tokens)) yield { ...event, tokens };
      return;
    case "speak":
      yield { type: "push", tokens: event.tokens, held: false };
      for (const times of lower(event.times, 1)) yield { ...event, times };
      for (const tokens of fewer(event.tokens)) yield { ...event, tokens };
      return;
    case "wait":
      if (event.polls !== "prompt") yield { ...event, polls: "prompt" };
      for (const us of lower(event.us, 0)) yield { ...event, us };
      return;
    case "weather":
      for (const weather of calmer(event.weather)) yield { ...event, weather };
      return;
    case "open":
      for (const opening of plainerOpening(event.opening)) yield { ...event, opening };
      return;
    case "forge":
      yield* plainerForgery(event);
      return;
    default:
      return;
  }
}

function* fewer(tokens: Tokens): Generator<Tokens> {
  for (const count of lower(tokens.count, 1)) yield { ...tokens, count };
  for (const size of lower(tokens.size, 1)) yield { ...tokens, size };
  for (const channels of shorter(tokens.channels)) {
    if (channels.length > 0) yield { ...tokens, channels };
  }
}

function* calmer(weather: Weather): Generator<Weather> {
  for (const fates of shorter<Fate>(weather.fates)) {
    if (fates.length > 0) yield { ...weather, fates };
  }
  for (const [place, fate] of weather.fates.entries()) {
    if (fate !== "on") yield { ...weather, fates: weather.fates.with(place, "on") };
  }
  for (const delayUs of lower(weather.delayUs, 0)) yield { ...weather, delayUs };
}

function* plainerForgery(event: Extract<Event, { type: "forge" }>): Generator<Event> {
  const { forgery } = event;
  if (forgery.kind === "ack") {
    for (const ranges of shorter(forgery.ranges))
      yield { ...event, forgery: { ...forgery, ranges } };
    for (const delayUs of lower(forgery.delayUs, 0)) {
      yield { ...event, forgery: { ...forgery, delayUs } };
    }
    if (forgery.ackNow) yield { ...event, forgery: { ...forgery, ackNow: false } };
    if (forgery.stop > 0) yield { ...event, forgery: { ...forgery, stop: 0 } };
  }
  if (forgery.kind === "packet") {
    for (const tokens of fewer(forgery.tokens)) yield { ...event, forgery: { ...forgery, tokens } };
  }
}

/** Smaller numbers down to `least`, the smallest first, then by halves; round ones where there are. */
function* lower(value: number, least: number): Generator<number> {
  if (value <= least) return;
  yield least;
  for (let step = value - least; step > 1; step = Math.floor(step / 2)) {
    const next = value - Math.floor(step / 2);
    if (next < value && next > least) yield next;
  }
  const round = 10 ** Math.floor(Math.log10(value));
  if (value % round !== 0 && value - (value % round) > least) yield value - (value % round);
}
