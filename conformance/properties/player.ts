// Plays scripts and schedules on a port and judges every answer: the invariants first, then, where there
// is one, the answer of the model.

import type { StepRequest, StepResponse, Stepped } from "../../vectors/generate/model/lines.js";
import type { Port } from "../driver/protocol.js";
import { compareStep } from "../engine/judge-session.js";
import { Trial } from "../engine/trial.js";
import type { Failure } from "../engine/verdict.js";
import { clauseOf, packetsIn } from "./blame.js";
import type { Finding, Played } from "./finding.js";
import { ms, type Watch } from "./invariant.js";
import { modelOf, scriptOf, type Script, type ScriptStep } from "./script.js";
import { ReceiverWatch } from "./watch-receiver.js";
import { SenderWatch } from "./watch-sender.js";
import { inWords } from "./words.js";
import type { Schedule } from "./world/schedule.js";
import { play, type PlayOptions, type Seat } from "./world/world.js";

/** Plays a script; with `isExact` a sender's times are bounded too. */
export async function playScript(script: Script, port: Port, isExact: boolean): Promise<Played> {
  const player = new Player("e", script, port, isExact);
  let finding = await player.make();
  let last: StepResponse | undefined;
  for (const step of finding === undefined ? script.steps : []) {
    const stepped = await player.step(step);
    if ("finding" in stepped) {
      finding = stepped.finding;
      break;
    }
    last = stepped.answer;
  }
  finding ??= player.endFinding(last);
  return { assertions: player.assertions, ...(finding && { finding }) };
}

/** How a schedule is played live. */
export interface LiveOptions extends PlayOptions {
  /** The seats that the port takes; the model takes the others. */
  readonly roles: readonly Seat["role"][];
  readonly isExact: boolean;
}

/** Plays a schedule with the port in some seats: what it sends decides what follows. */
export async function playLive(
  schedule: Schedule,
  port: Port,
  options: LiveOptions,
): Promise<Played> {
  const players = new Map<Seat, Player>();
  const models = new Map<Seat, Stepped>();
  const done = (finding?: Finding): Played => {
    const assertions = [...players.values()].reduce((sum, each) => sum + each.assertions, 0);
    return { assertions, ...(finding && { finding }) };
  };
  const playing = play(schedule, options);
  let next = playing.next();
  while (next.done !== true) {
    const { seat, request } = next.value;
    if (!options.roles.includes(seat.role)) {
      const model = models.get(seat) ?? modelOf(seat);
      models.set(seat, model);
      next = playing.next(model.step(request));
      continue;
    }
    let player = players.get(seat);
    if (player === undefined) {
      player = new Player(seat.endpoint, scriptOf(seat, []), port, options.isExact);
      players.set(seat, player);
      const finding = await player.make();
      if (finding !== undefined) return done(finding);
    }
    const stepped = await player.step(request);
    if ("finding" in stepped) return done(stepped.finding);
    next = playing.next(stepped.answer);
  }
  const { isWhole, hasHealed } = next.value;
  if (!schedule.heals || !isWhole || hasHealed) return done();
  return done(notLive([...players]));
}

/** The endpoint that is to blame when a session does not end well, and how. */
function notLive(players: readonly (readonly [Seat, Player])[]): Finding | undefined {
  const sender = players.find(([seat]) => seat.role === "sender");
  const receiver = players.findLast(([seat]) => seat.role === "receiver");
  const isStuck = sender !== undefined && sender[0].view?.phase !== "done";
  const found = isStuck || receiver === undefined ? sender : receiver;
  return found?.[1].stuck(found[0]);
}

/** One endpoint of a port under way. */
class Player {
  readonly #endpoint: string;
  readonly #script: Script;
  readonly #trial: Trial;
  readonly #watch: Watch;
  /** Every step so far. */
  readonly #steps: ScriptStep[] = [];
  #previous: StepResponse | undefined;
  #hasNews = false;

  constructor(endpoint: string, script: Script, port: Port, isExact: boolean) {
    this.#endpoint = endpoint;
    this.#script = script;
    this.#trial = new Trial(port);
    this.#watch =
      script.role === "sender"
        ? new SenderWatch(script.config, isExact)
        : new ReceiverWatch(script.config, script.now);
  }

  get assertions(): number {
    return this.#watch.assertions + this.#trial.assertions;
  }

  async make(): Promise<Finding | undefined> {
    const { role, now, config } = this.#script;
    const endpoint = this.#endpoint;
    const asked = await this.#trial.ask({ cmd: "new", endpoint, role, now, config });
    if ("failure" in asked) return this.#finding(asked.failure, "STR-4");
    if (asked.answer.type === "ok") return undefined;
    const summary = `the port refuses to make a ${role}: ${asked.answer.code}`;
    return this.#finding({ kind: "refused-endpoint", summary }, "STR-4");
  }

  async step(
    step: ScriptStep,
  ): Promise<{ readonly answer: StepResponse } | { readonly finding: Finding }> {
    const { now, inputs, expect } = step;
    this.#steps.push(step);
    const asked = await this.#trial.ask({ cmd: "step", endpoint: this.#endpoint, now, inputs });
    if ("failure" in asked || asked.answer.type === "reject") {
      const summary = "the port rejects a whole step; what an input is refused for is a result";
      const failure = "failure" in asked ? asked.failure : ({ kind: "result", summary } as const);
      return { finding: this.#finding(this.#placed(failure), "STR-4") };
    }
    // The driver has held it to the schema: this is the shape.
    const answer = asked.answer.value as unknown as StepResponse;
    this.#hasNews ||= packetsIn(inputs).some(({ ack }) => ack !== undefined);
    const finding = this.#breach(step, answer) ?? this.#difference(step, answer);
    if (answer.timer === "repeat") this.#hasNews = false;
    this.#previous = expect ?? answer;
    return finding === undefined ? { answer } : { finding };
  }

  /** A finding if the script says how it must end, and it did not. */
  endFinding(last: StepResponse | undefined): Finding | undefined {
    const { ends } = this.#script;
    if (ends === undefined || last === undefined) return undefined;
    this.#trial.assert(undefined);
    if (ends.phases.includes(last.view.phase)) return undefined;
    return this.#stuckIn(last, ends.phases, ends.clause);
  }

  /** The finding that this endpoint has not come to its end. */
  stuck(seat: Seat): Finding {
    const isSender = seat.role === "sender";
    const phases = isSender ? ["done"] : ["draining", "closed"];
    return this.#stuckIn(this.#previous, phases, isSender ? "END-5" : "END-6");
  }

  #stuckIn(last: StepResponse | undefined, phases: readonly string[], clause: string): Finding {
    const state = JSON.stringify(last?.view ?? {});
    const summary = `a minute after the path has healed SPEC's ${this.#script.role} is ${phases.join(" or ")}, your port's is at ${state}`;
    const found = this.#finding(this.#placed({ kind: "not-live", summary }), clause);
    return { ...found, script: { ...found.script, ends: { clause, phases } } };
  }

  #breach(step: StepRequest, answer: StepResponse): Finding | undefined {
    const breach = this.#watch.judge(step, answer);
    if (breach === undefined) return undefined;
    const summary = `at ${ms(step.now)} your port ${breach.text}`;
    return this.#finding(this.#placed({ kind: "invariant", summary }), breach.clause);
  }

  #difference({ inputs, now, expect }: ScriptStep, got: StepResponse): Finding | undefined {
    if (expect === undefined) return undefined;
    const failure = compareStep(inputs, expect, got, this.#trial);
    if (failure === undefined) return undefined;
    const { role } = this.#script;
    const step = { inputs, now };
    const suspect = { role, step, expected: expect, got, previous: this.#previous, failure };
    const hasNews = this.#hasNews;
    const summary = inWords(failure, now, expect, got);
    return this.#finding(this.#placed({ ...failure, summary }), clauseOf({ ...suspect, hasNews }));
  }

  /** The failure with the step that it is in. */
  #placed(failure: Failure): Failure {
    return { ...failure, step: this.#steps.length - 1 };
  }

  #finding(failure: Failure, clause: string): Finding {
    return {
      ...{ clause, failure, exchange: this.#trial.exchange },
      script: { ...this.#script, steps: this.#steps },
      isBroken: this.#trial.breakdown !== undefined,
    };
  }
}
