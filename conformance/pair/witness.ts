// What must hold in every session, whatever the weather: each answer of a port is compared with what was
// pushed, sent and rendered so far. It finds the first fault and knows neither links nor deadlines.

import type {
  InputJson,
  OutputJson,
  StepResponse,
  TokenJson,
} from "../../vectors/generate/model/lines.js";
import { isNatural, judgeDiscard, kitVerdict, type Agreed } from "./discard.js";
import type { Fault } from "./fault.js";
import { peerOf, type Side } from "./party.js";
import type { Script } from "./script.js";
import { isSameToken, numberOf, tokensIn, untruth } from "./truth.js";

/** Whom a session is between, and what was agreed. */
export interface Setting {
  /** As a report calls them. */
  readonly names: Readonly<Record<Side, string>>;
  readonly agreed: Agreed;
  readonly maxPayload: number;
  readonly script: Script;
}

const PHASES: Readonly<Record<Side, readonly string[]>> = {
  sender: ["idle", "active", "ending", "done"],
  receiver: ["opening", "active", "ending", "draining", "closed"],
};

/** Watches one session. */
export class Witness {
  readonly #setting: Setting;
  readonly #pushed: TokenJson[] = [];
  /** Numbers of packets that have arrived at the receiver. */
  readonly #arrived = new Set<number>();
  /** By who received. */
  readonly #highest: Record<Side, number> = { sender: 0, receiver: 0 };
  readonly #phases: Record<Side, string> = { sender: "idle", receiver: "opening" };
  #rendered = 0;
  #endedAtUs: number | undefined;
  #isStopped = false;
  #hasDrained = false;
  #tokensSent = 0;

  constructor(setting: Setting) {
    this.#setting = setting;
  }

  /** How many tokens were pushed and rendered, and how many the sender's datagrams carried in all. */
  get counts(): { readonly pushed: number; readonly rendered: number; readonly carried: number } {
    return {
      pushed: this.#pushed.length,
      rendered: this.#rendered,
      carried: this.#tokensSent,
    };
  }

  /** When the End was delivered, in microseconds. */
  get endedAtUs(): number | undefined {
    return this.#endedAtUs;
  }

  /** Whether the receiver's Stop has reached the sender's application, which then pushes no more. */
  get isStopped(): boolean {
    return this.#isStopped;
  }

  /** Whether both are where a session ends. */
  get isOver(): boolean {
    return this.#phases.sender === "done" && this.#phases.receiver === "closed";
  }

  /** The phases of both, in words. */
  describe(): string {
    const { names } = this.#setting;
    const { pushed, rendered } = this.counts;
    return (
      `${rendered} of ${pushed} tokens rendered, ${names.sender} is ${this.#phases.sender}, ` +
      `${names.receiver} is ${this.#phases.receiver}`
    );
  }

  /** What is wrong with an answer; the first fault, in the order of causes. */
  fault(
    side: Side,
    inputs: readonly InputJson[],
    answer: StepResponse,
    now: number,
  ): Fault | undefined {
    const { results, outputs, view } = answer;
    if (results.length !== inputs.length) {
      const summary = `${this.#name(side)} gives ${results.length} results for ${inputs.length} inputs`;
      return { kind: "refused", side, summary };
    }
    for (const [place, input] of inputs.entries()) {
      const fault = this.#taken(side, input, results[place] ?? null, view.phase);
      if (fault !== undefined) return fault;
    }
    for (const output of outputs) {
      const fault = this.#given(side, output, now);
      if (fault !== undefined) return fault;
    }
    const fault = this.#phaseFault(side, view.phase);
    this.#phases[side] = view.phase;
    if (side === "receiver" && view.phase === "draining") this.#hasDrained = true;
    return fault;
  }

  /** What is missing in the end, when {@link isOver}. */
  missing(): Fault | undefined {
    const name = this.#name("receiver");
    if (this.#endedAtUs === undefined) {
      const summary = `${name} is closed and has not delivered the End (RCV-8)`;
      return { kind: "wrong-end", side: "receiver", summary };
    }
    if (this.#hasDrained) return undefined;
    const summary = `${name} is closed without having been draining (END-6)`;
    return { kind: "wrong-phase", side: "receiver", summary };
  }

  #name(side: Side): string {
    return this.#setting.names[side];
  }

  #taken(side: Side, input: InputJson, result: string | null, phase: string): Fault | undefined {
    if (input.type === "receive") return this.#received(side, input.datagram, result, phase);
    if (result !== null) {
      const summary = `${this.#name(side)} refuses a ${input.type} of its application as ${result}`;
      return { kind: "refused", side, summary, code: result };
    }
    if (input.type === "push") this.#pushed.push(...input.tokens);
    return undefined;
  }

  #received(side: Side, datagram: string, result: string | null, phase: string): Fault | undefined {
    const highest = this.#highest[side];
    const number = numberOf(datagram);
    if (number !== undefined) {
      this.#highest[side] = Math.max(highest, number);
      if (side === "receiver") this.#arrived.add(number);
    }
    const what = `${this.#name(peerOf(side))}'s ${number === undefined ? "datagram" : `packet ${number}`}`;
    if (result === null) return this.#accepted(side, datagram, what);
    const reception = { side, datagram, result, highest, phase };
    if (isNatural(reception)) return undefined;
    const judgement = judgeDiscard(reception, this.#setting.names, this.#setting.agreed);
    return {
      ...{ kind: "discarded", side, code: result, datagram },
      summary: `${this.#name(side)} discarded ${what} as ${result}`,
      ...(judgement === undefined ? {} : { judgement }),
    };
  }

  #accepted(side: Side, datagram: string, what: string): Fault | undefined {
    const verdict = kitVerdict(datagram);
    if (verdict === undefined) return undefined;
    const { code, clause } = verdict;
    return {
      ...{ kind: "accepted-invalid", side, code, datagram },
      summary: `${this.#name(side)} accepted ${what}, which must be discarded as ${code}`,
      judgement: `By ${clause} both are wrong: who sent it and who took it.`,
    };
  }

  #given(side: Side, output: OutputJson, now: number): Fault | undefined {
    switch (output.type) {
      case "transmit":
        return this.#sent(side, output.datagram);
      case "render":
        return this.#renders(side, output);
      case "end":
        return this.#ends(side, output, now);
      case "stop":
        return this.#stops(side, output.reason);
      case "phase":
        return this.#phaseFault(side, output.phase, output.cause);
    }
  }

  #sent(side: Side, datagram: string): Fault | undefined {
    const { maxPayload } = this.#setting;
    const bytes = datagram.length / 2;
    if (side === "sender") this.#tokensSent += tokensIn(datagram).length;
    const known = { pushed: this.#pushed, rendered: this.#rendered, arrived: this.#arrived };
    const what =
      bytes > maxPayload
        ? `sends a datagram of ${bytes} bytes on a path of ${maxPayload} (PKT-18)`
        : untruth(datagram, known);
    if (what === undefined) return undefined;
    return { kind: "untrue", side, summary: `${this.#name(side)} ${what}`, datagram };
  }

  #renders(side: Side, { index, tokens }: Extract<OutputJson, { type: "render" }>) {
    const name = this.#name(side);
    const fault = (summary: string): Fault => ({ kind: "not-a-prefix", side, summary });
    if (Number(index) !== this.#rendered) {
      return fault(`${name} renders from ${index} having rendered ${this.#rendered} (RCV-4)`);
    }
    const place = tokens.findIndex(
      (token, at) => !isSameToken(token, this.#pushed[this.#rendered + at]),
    );
    if (place !== -1) {
      return fault(
        `${name} renders another token ${this.#rendered + place} than was pushed (RCV-4)`,
      );
    }
    this.#rendered += tokens.length;
    return undefined;
  }

  #ends(
    side: Side,
    { final_count, reason, error_code = 0 }: Extract<OutputJson, { type: "end" }>,
    now: number,
  ): Fault | undefined {
    const { end } = this.#setting.script;
    const pushed = this.#pushed.length;
    const got = `${final_count} tokens, reason ${reason}, error code ${error_code}`;
    const must = `${pushed} tokens, reason ${end.reason}, error code ${end.errorCode}`;
    const wrong =
      this.#endedAtUs !== undefined
        ? "delivers the End twice"
        : this.#rendered !== pushed
          ? `delivers the End having rendered ${this.#rendered} of ${pushed} tokens`
          : got !== must
            ? `delivers an End of ${got}, not of ${must}`
            : undefined;
    this.#endedAtUs = now;
    if (wrong === undefined) return undefined;
    return { kind: "wrong-end", side, summary: `${this.#name(side)} ${wrong} (RCV-8)` };
  }

  #stops(side: Side, reason: number): Fault | undefined {
    const wasStopped = this.#isStopped;
    this.#isStopped = true;
    if (!wasStopped && reason === this.#setting.script.stopReason) return undefined;
    const summary = `${this.#name(side)} reports a Stop of reason ${reason} that was not asked for (END-8)`;
    return { kind: "wrong-end", side, summary };
  }

  #phaseFault(side: Side, phase: string, cause?: string): Fault | undefined {
    if (PHASES[side].includes(phase)) return undefined;
    const why = cause === undefined ? "" : ` (${cause})`;
    const summary = `${this.#name(side)} is ${phase}${why} without cause; ${this.describe()} before`;
    return { kind: "wrong-phase", side, summary };
  }
}
