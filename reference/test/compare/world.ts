/**
 * Carries out a schedule: one sender, its receivers, a network between them, each machine twice. It
 * decides nothing about the protocol; the machines differ or they do not.
 */
import type { StepResponse, TokenJson } from "../../../vectors/generate/model/lines.js";
import { advance, EMPTY_DIGEST } from "../../../vectors/generate/model/transcript.js";
import { forge, type Surroundings } from "./forge.js";
import { Network } from "./network.js";
import type { Event, Opening, Polls, Schedule, Tokens, Way, Who } from "./schedule.js";
import type { Tally } from "./tally.js";
import { Twin } from "./twin.js";

/** Steps after which a schedule ends wherever it is. */
const STEPS_MAX = 4000;
const UINT32_MAX = 2 ** 32 - 1;
const FAR_INDEX = 2 ** 53 - 5000;

class OutOfSteps extends Error {}

/**
 * Carries out a whole schedule.
 *
 * @throws Difference where reference and model differ.
 */
export function play(schedule: Schedule, tally: Tally): void {
  const world = new World(schedule, tally);
  try {
    for (const event of schedule.events) world.happen(event);
  } catch (error) {
    if (!(error instanceof OutOfSteps)) throw error;
  }
}

class World {
  readonly #schedule: Schedule;
  readonly #tally: Tally;
  readonly #network = new Network();
  readonly #sender: Twin;
  /** The latest first; those before it hear the network too. */
  #receivers: Twin[] = [];
  readonly #tokens: TokenJson[] = [];
  /** D of each prefix of the tokens. */
  readonly #digests = [EMPTY_DIGEST];
  #epoch: number;
  /** Where the application of the latest receiver is, and its digest there. */
  #rendered = { index: 0, digest: EMPTY_DIGEST };
  #now = 0;
  #steps = 0;

  constructor(schedule: Schedule, tally: Tally) {
    this.#schedule = schedule;
    this.#tally = tally;
    const { maxPayload, bucket, logBytes, logTokens } = schedule.sender;
    this.#sender = Twin.sender({
      stream_id: schedule.streamId,
      max_payload: maxPayload,
      bucket,
      log_bytes: logBytes,
      log_tokens: logTokens,
    });
    this.#step(this.#sender);
    for (const weather of schedule.weather) this.#network.set(weather);
    this.#epoch = schedule.epoch;
    this.#open({ ...schedule.opening, epochStep: 0 });
  }

  happen(event: Event): void {
    switch (event.type) {
      case "push":
        this.#push(event.tokens);
        {
          this.#poll("sender", event.held);
          return;
        }
      case "speak": {
        this.#speak(event.tokens, event.times, event.intervalUs);
        return;
      }
      case "finish":
        this.#sender.give({ at: this.#now, type: "finish", reason: event.reason });
        {
          this.#poll("sender", event.held);
          return;
        }
      case "abort":
        this.#sender.give({ at: this.#now, type: "abort", error_code: event.errorCode });
        {
          this.#poll("sender", event.held);
          return;
        }
      case "pause":
        this.#sender.give({ at: this.#now, type: "pause" });
        {
          this.#poll("sender", event.held);
          return;
        }
      case "stop":
        this.#receivers[0]?.give({ at: this.#now, type: "stop", reason: event.reason });
        {
          this.#poll("receiver", event.held);
          return;
        }
      case "gate":
        this.#twin(event.who)?.give({ at: this.#now, type: "gate", open: event.open });
        {
          this.#poll(event.who, event.held);
          return;
        }
      case "wait": {
        this.#wait(event.us, event.polls);
        return;
      }
      case "weather": {
        this.#network.set(event.weather);
        return;
      }
      case "open": {
        this.#open(event.opening);
        return;
      }
      case "forge": {
        this.#forge(event);
        return;
      }
    }
  }

  #twin(who: Who): Twin | undefined {
    return who === "sender" ? this.#sender : this.#receivers[0];
  }

  #poll(who: Who, held: boolean): void {
    const twin = this.#twin(who);
    if (!held && twin) this.#step(twin);
  }

  /** Tokens are those of their index, so that a receiver's text says where it came from. */
  #push({ count, size, channels }: Tokens): void {
    const tokens = Array.from({ length: count }, (_, i): TokenJson => {
      const channel = channels[i % Math.max(1, channels.length)] ?? 0;
      const data = Buffer.alloc(size, this.#tokens.length + i + 1).toString("hex");
      return { ...(channel !== 0 && { channel }), data };
    });
    this.#sender.give({ at: this.#now, type: "push", tokens });
  }

  #speak(tokens: Tokens, times: number, intervalUs: number): void {
    for (let i = 0; i < times; i += 1) {
      this.#push(tokens);
      this.#step(this.#sender);
      this.#wait(intervalUs, "prompt");
    }
  }

  #open({ from, epochStep, window, rttHintUs, forged }: Opening): void {
    this.#epoch = Math.min(UINT32_MAX, Math.max(1, this.#epoch + epochStep));
    const { index, digest } = this.#place(from);
    const { maxPayload, bucket } = this.#schedule.receiver;
    const receiver = Twin.receiver(
      {
        stream_id: this.#schedule.streamId,
        epoch: this.#epoch,
        next_index: String(index),
        ...(index > 0 && { digest: forged ? EMPTY_DIGEST : digest }),
        window: String(window),
        ...(rttHintUs > 0 && { rtt_hint_us: rttHintUs }),
        max_payload: maxPayload,
        bucket,
      },
      this.#now,
    );
    this.#rendered = { index, digest };
    this.#receivers = [receiver, ...this.#receivers].slice(0, 2);
    this.#step(receiver);
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

  #forge({ forgery, held }: Extract<Event, { type: "forge" }>): void {
    const forged = forge(forgery, this.#surroundings());
    const twin = forged && this.#twin(forged.to);
    if (!forged || !twin) return;
    twin.give({ at: this.#now, type: "receive", datagram: forged.datagram });
    this.#poll(forged.to, held);
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

  #wait(us: number, polls: Polls): void {
    const end = this.#now + us;
    const lag = typeof polls === "object" ? polls.lagUs : 0;
    for (;;) {
      const next = Math.min(this.#network.next() ?? Infinity, this.#nextDeadline(polls, lag));
      if (next > end) break;
      this.#now = Math.max(this.#now, next);
      this.#arrive();
      if (polls !== "late") this.#pollDue(lag);
    }
    this.#now = end;
    if (polls === "late") for (const twin of this.#twins()) this.#step(twin);
  }

  #twins(): Twin[] {
    return [this.#sender, ...this.#receivers];
  }

  #nextDeadline(polls: Polls, lag: number): number {
    if (polls === "late") return Infinity;
    return Math.min(...this.#twins().map(({ deadline }) => (deadline ?? Infinity) + lag));
  }

  /** Hands over what has arrived; the machines are not polled. */
  #arrive(): void {
    for (let it = this.#network.take(this.#now); it; it = this.#network.take(this.#now)) {
      const { way, datagram } = it;
      const input = { at: this.#now, type: "receive", datagram } as const;
      for (const twin of way === "up" ? [this.#sender] : this.#receivers) twin.give(input);
    }
  }

  #pollDue(lag: number): void {
    for (const twin of this.#twins()) {
      if (twin.hasPending || (twin.deadline ?? Infinity) + lag <= this.#now) this.#step(twin);
    }
  }

  #step(twin: Twin): void {
    this.#steps += 1;
    if (this.#steps > STEPS_MAX) throw new OutOfSteps();
    const before = { timer: twin.timer, view: twin.view };
    const { inputs, response } = twin.step(this.#now);
    inputs.forEach((input, i) => {
      if (input.type === "push" && response.results[i] === null) this.#pushed(input.tokens);
    });
    this.#tally.note(twin.who, before, inputs, response, this.#now);
    this.#carryOut(twin, response);
  }

  #pushed(tokens: readonly TokenJson[]): void {
    for (const token of tokens) {
      this.#tokens.push(token);
      this.#digests.push(advance(this.#digests.at(-1) ?? EMPTY_DIGEST, token));
    }
  }

  #carryOut(twin: Twin, { outputs }: StepResponse): void {
    const way: Way = twin === this.#sender ? "down" : "up";
    for (const output of outputs) {
      if (output.type === "transmit") this.#network.send(way, output.datagram, this.#now);
      if (output.type === "render" && twin === this.#receivers[0]) {
        const digest = output.tokens.reduce(advance, this.#rendered.digest);
        this.#rendered = { index: Number(output.index) + output.tokens.length, digest };
      }
    }
  }
}
