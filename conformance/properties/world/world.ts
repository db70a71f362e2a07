/**
 * Carries out a schedule: one sender, its receivers, a network between them. It decides nothing about the
 * protocol and does not know whose machines they are: each step is asked for, and its answer handed in.
 */
import type {
  InputJson,
  ReceiverConfigJson,
  SenderConfigJson,
  StepRequest,
  StepResponse,
  TokenJson,
} from "../../../vectors/generate/model/lines.js";
import { advance, EMPTY_DIGEST } from "../../../vectors/generate/model/transcript.js";
import { forge, type Surroundings } from "./forge.js";
import { Network } from "./network.js";
import type { Event, Opening, Polls, Schedule, Tokens, Way, Who } from "./schedule.js";

/** A machine in a schedule, as it was made and as it answered last. */
export type Seat = {
  /** Unique among the machines of its time; an older one may have had the name. */
  readonly endpoint: string;
  /** When it was made. */
  readonly start: number;
  /** What the last poll said; `undefined` for none. */
  deadline: number | undefined;
  timer: string | undefined;
  view: StepResponse["view"] | undefined;
  /** Inputs that wait for a poll. */
  pending: InputJson[];
} & (
  | { readonly role: "sender"; readonly config: SenderConfigJson }
  | { readonly role: "receiver"; readonly config: ReceiverConfigJson }
);

/** A step that is to be made. */
export interface Ask {
  /** A seat that was never asked for before is a new machine. */
  readonly seat: Seat;
  readonly request: StepRequest;
}

/** How a schedule ended. */
export interface Outcome {
  /** Whether it was carried out wholly, not cut off after too many steps. */
  readonly isWhole: boolean;
  /** Of a schedule that heals: whether sender and receiver have ended well. */
  readonly hasHealed: boolean;
}

/** A schedule under way: yields steps, takes answers. */
export type Play = Generator<Ask, Outcome, StepResponse>;

/** Bounds of a play. */
export interface PlayOptions {
  /** Steps after which the events of a schedule end wherever they are; default 4000. */
  readonly stepsMax?: number;
}

const STEPS_MAX = 4000;
/** For what follows the events of a schedule that heals. */
const HEALING_STEPS_MAX = 1000;
const UINT32_MAX = 2 ** 32 - 1;
const FAR_INDEX = 2 ** 53 - 5000;
/** Detection of a dead peer takes 30 s, a resumed session seconds. */
const HEALED_WITHIN_US = 60_000_000;
const LOOK_EVERY_US = 1_000_000;

class OutOfSteps extends Error {}

/** Carries out a whole schedule. */
export function* play(schedule: Schedule, { stepsMax = STEPS_MAX }: PlayOptions = {}): Play {
  const world = new World(schedule, stepsMax);
  try {
    yield* world.begin();
    for (const event of schedule.events) yield* world.happen(event);
  } catch (error) {
    if (!(error instanceof OutOfSteps)) throw error;
    if (!schedule.heals) return { isWhole: false, hasHealed: false };
  }
  return schedule.heals ? yield* healed(world) : { isWhole: true, hasHealed: false };
}

function* healed(world: World): Play {
  try {
    return { isWhole: true, hasHealed: yield* world.heal() };
  } catch (error) {
    if (!(error instanceof OutOfSteps)) throw error;
    return { isWhole: false, hasHealed: false };
  }
}

type Steps<Result = void> = Generator<Ask, Result, StepResponse>;

class World {
  readonly #schedule: Schedule;
  readonly #network = new Network();
  readonly #sender: Seat;
  /** The latest first; those before it hear the network too. */
  #receivers: Seat[] = [];
  #opened = 0;
  readonly #tokens: TokenJson[] = [];
  /** D of each prefix of the tokens. */
  readonly #digests = [EMPTY_DIGEST];
  #epoch: number;
  /** Where the application of the latest receiver is, and its digest there. */
  #rendered = { index: 0, digest: EMPTY_DIGEST };
  #now = 0;
  #steps: number;

  constructor(schedule: Schedule, stepsMax: number) {
    this.#schedule = schedule;
    this.#steps = stepsMax;
    const { maxPayload, bucket, logBytes, logTokens } = schedule.sender;
    this.#sender = seat("sender", 0, {
      role: "sender",
      config: {
        stream_id: schedule.streamId,
        max_payload: maxPayload,
        bucket,
        log_bytes: logBytes,
        log_tokens: logTokens,
      },
    });
    for (const weather of schedule.weather) this.#network.set(weather);
    this.#epoch = schedule.epoch;
  }

  *begin(): Steps {
    yield* this.#step(this.#sender);
    yield* this.#open({ ...this.#schedule.opening, epochStep: 0 });
  }

  *happen(event: Event): Steps {
    switch (event.type) {
      case "speak":
        return yield* this.#speak(event.tokens, event.times, event.intervalUs);
      case "wait":
        return yield* this.#wait(event.us, event.polls);
      case "weather":
        this.#network.set(event.weather);
        return;
      case "open":
        return yield* this.#open(event.opening);
      case "forge":
        return yield* this.#forge(event);
      default:
        return yield* this.#command(event);
    }
  }

  /** Ends the schedule well, if the machines can; whether they did. */
  *heal(): Steps<boolean> {
    this.#steps = HEALING_STEPS_MAX;
    for (const who of ["sender", "receiver"] as const) {
      yield* this.#command({ type: "gate", who, open: true, held: false });
    }
    for (const way of ["down", "up"] as const) {
      this.#network.set({ way, delayUs: 20_000, fates: ["on"] });
    }
    yield* this.#command({ type: "finish", reason: 1, held: false });
    for (let us = 0; us < HEALED_WITHIN_US; us += LOOK_EVERY_US) {
      if (this.#isOver()) return true;
      if (this.#isDead()) yield* this.#open(RESUME);
      yield* this.#wait(LOOK_EVERY_US, "prompt");
    }
    return this.#isOver();
  }

  #isOver(): boolean {
    const receiver = this.#receivers[0]?.view?.phase ?? "";
    return this.#sender.view?.phase === "done" && ["draining", "closed"].includes(receiver);
  }

  /** Whether only a new receiver can go on. */
  #isDead(): boolean {
    const sender = this.#sender.view?.phase;
    const receiver = this.#receivers[0]?.view?.phase;
    return sender === "detached" || receiver === "failed" || receiver === "closed";
  }

  *#command(event: Command): Steps {
    const at = this.#now;
    const who = event.type === "gate" ? event.who : event.type === "stop" ? "receiver" : "sender";
    const target = this.#seatOf(who);
    if (target === undefined) return;
    target.pending.push(this.#inputOf(event, at));
    if (!event.held) yield* this.#step(target);
  }

  #inputOf(event: Command, at: number): InputJson {
    switch (event.type) {
      case "push":
        return this.#pushOf(event.tokens);
      case "finish":
      case "stop":
        return { at, type: event.type, reason: event.reason };
      case "abort":
        return { at, type: "abort", error_code: event.errorCode };
      case "pause":
        return { at, type: "pause" };
      case "gate":
        return { at, type: "gate", open: event.open };
    }
  }

  #seatOf(who: Who): Seat | undefined {
    return who === "sender" ? this.#sender : this.#receivers[0];
  }

  /** Tokens are those of their index, so that a receiver's text says where it came from. */
  #pushOf({ count, size, channels }: Tokens): InputJson {
    const tokens = Array.from({ length: count }, (_, i): TokenJson => {
      const channel = channels[i % Math.max(1, channels.length)] ?? 0;
      const data = Buffer.alloc(size, this.#tokens.length + i + 1).toString("hex");
      return { ...(channel !== 0 && { channel }), data };
    });
    return { at: this.#now, type: "push", tokens };
  }

  *#speak(tokens: Tokens, times: number, intervalUs: number): Steps {
    for (let i = 0; i < times; i += 1) {
      yield* this.#command({ type: "push", tokens, held: false });
      yield* this.#wait(intervalUs, "prompt");
    }
  }

  *#open({ from, epochStep, window, rttHintUs, forged }: Opening): Steps {
    this.#epoch = Math.min(UINT32_MAX, Math.max(1, this.#epoch + epochStep));
    const { index, digest } = this.#place(from);
    const { maxPayload, bucket } = this.#schedule.receiver;
    this.#opened += 1;
    const receiver = seat(`receiver-${this.#opened % 2}`, this.#now, {
      role: "receiver",
      config: {
        stream_id: this.#schedule.streamId,
        epoch: this.#epoch,
        next_index: String(index),
        ...(index > 0 && { digest: forged ? EMPTY_DIGEST : digest }),
        window: String(window),
        ...(rttHintUs > 0 && { rtt_hint_us: rttHintUs }),
        max_payload: maxPayload,
        bucket,
      },
    });
    this.#rendered = { index, digest };
    this.#receivers = [receiver, ...this.#receivers].slice(0, 2);
    yield* this.#step(receiver);
  }

  #place(from: Opening["from"]): { index: number; digest: string } {
    const { index, digest } = this.#rendered;
    switch (from) {
      case "start":
        return { index: 0, digest: EMPTY_DIGEST };
      case "resume":
        return { index, digest };
      case "ahead":
        return { index: index + 1, digest: this.#digests[index + 1] ?? EMPTY_DIGEST };
      case "far":
        return { index: FAR_INDEX, digest: EMPTY_DIGEST };
    }
  }

  *#forge({ forgery, held }: Extract<Event, { type: "forge" }>): Steps {
    const forged = forge(forgery, this.#surroundings());
    const target = forged && this.#seatOf(forged.to);
    if (!forged || !target) return;
    target.pending.push({ at: this.#now, type: "receive", datagram: forged.datagram });
    if (!held) yield* this.#step(target);
  }

  #surroundings(): Surroundings {
    return {
      streamId: this.#schedule.streamId,
      epoch: this.#epoch,
      tokens: this.#tokens,
      digests: this.#digests,
      nextIndex: this.#rendered.index,
      sender: this.#sender.view,
      sent: (way, back) => this.#network.sent(way, back),
    };
  }

  *#wait(us: number, polls: Polls): Steps {
    const end = this.#now + us;
    const lag = typeof polls === "object" ? polls.lagUs : 0;
    for (;;) {
      const next = Math.min(this.#network.next() ?? Infinity, this.#nextDeadline(polls, lag));
      if (next > end) break;
      this.#now = Math.max(this.#now, next);
      this.#arrive();
      if (polls !== "late") yield* this.#pollDue(lag);
    }
    this.#now = end;
    if (polls === "late") for (const each of this.#seats()) yield* this.#step(each);
  }

  #seats(): Seat[] {
    return [this.#sender, ...this.#receivers];
  }

  #nextDeadline(polls: Polls, lag: number): number {
    if (polls === "late") return Infinity;
    return Math.min(...this.#seats().map(({ deadline }) => (deadline ?? Infinity) + lag));
  }

  /** Hands over what has arrived; the machines are not polled. */
  #arrive(): void {
    for (let it = this.#network.take(this.#now); it; it = this.#network.take(this.#now)) {
      const { way, datagram } = it;
      const input = { at: this.#now, type: "receive", datagram } as const;
      for (const each of way === "up" ? [this.#sender] : this.#receivers) each.pending.push(input);
    }
  }

  *#pollDue(lag: number): Steps {
    for (const each of this.#seats()) {
      if (each.pending.length > 0 || (each.deadline ?? Infinity) + lag <= this.#now) {
        yield* this.#step(each);
      }
    }
  }

  *#step(target: Seat): Steps {
    if (this.#steps === 0) throw new OutOfSteps();
    this.#steps -= 1;
    const inputs = target.pending;
    target.pending = [];
    const response = yield { seat: target, request: { now: this.#now, inputs } };
    target.deadline = response.deadline ?? undefined;
    target.timer = response.timer ?? undefined;
    target.view = response.view;
    inputs.forEach((input, i) => {
      if (input.type === "push" && response.results[i] === null) this.#pushed(input.tokens);
    });
    this.#carryOut(target, response);
  }

  #pushed(tokens: readonly TokenJson[]): void {
    for (const token of tokens) {
      this.#tokens.push(token);
      this.#digests.push(advance(this.#digests.at(-1) ?? EMPTY_DIGEST, token));
    }
  }

  #carryOut(from: Seat, { outputs }: StepResponse): void {
    const way: Way = from === this.#sender ? "down" : "up";
    for (const output of outputs) {
      if (output.type === "transmit") this.#network.send(way, output.datagram, this.#now);
      if (output.type === "render" && from === this.#receivers[0]) {
        const digest = output.tokens.reduce(advance, this.#rendered.digest);
        this.#rendered = { index: Number(output.index) + output.tokens.length, digest };
      }
    }
  }
}

type Command = Extract<Event, { type: "push" | "finish" | "abort" | "pause" | "stop" | "gate" }>;

const RESUME: Opening = {
  ...{ from: "resume", epochStep: 1, window: 262144, rttHintUs: 0, forged: false },
};

function seat(
  endpoint: string,
  start: number,
  made:
    | Pick<Extract<Seat, { role: "sender" }>, "role" | "config">
    | Pick<Extract<Seat, { role: "receiver" }>, "role" | "config">,
): Seat {
  const nothing = { deadline: undefined, timer: undefined, view: undefined, pending: [] };
  return { endpoint, start, ...nothing, ...made };
}
