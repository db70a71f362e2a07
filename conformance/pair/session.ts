// One session between two ports in virtual time: applications on both sides, links in between, deadlines
// as the ports give them, in lock-step. What is right and wrong is the witness's.

import { Prng } from "../../simulator/prng.js";
import type {
  InputJson,
  ReceiverConfigJson,
  SenderConfigJson,
  StepResponse,
} from "../../vectors/generate/model/lines.js";
import type { Fault } from "./fault.js";
import { Path, type Arrival, type TraceEntry } from "./path.js";
import { peerOf, type Party, type PartyReply, type PartyRequest, type Side } from "./party.js";
import type { Preset } from "./presets.js";
import { writeScript, type Plot, type Script } from "./script.js";
import { Witness } from "./witness.js";

/** What is played, by whom, in what weather. */
export interface SessionSetup {
  readonly parties: Readonly<Record<Side, Party>>;
  /** As a report calls them. */
  readonly names: Readonly<Record<Side, string>>;
  readonly preset: Preset;
  readonly plot: Plot;
  readonly seed: number;
  readonly tokens: number;
}

/** What came of a session. */
export interface SessionResult {
  readonly preset: string;
  readonly plot: Plot;
  /** The first fault; the session ends with it. */
  readonly fault?: Fault;
  /** When the End was delivered, or the fault was found; virtual microseconds. */
  readonly atUs: number;
  /** Datagrams sent by both. */
  readonly datagrams: number;
  readonly pushed: number;
  /** Tokens in all datagrams of the sender: over `pushed` it is how often each was sent. */
  readonly carried: number;
  readonly trace: readonly TraceEntry[];
}

const AGREED = { streamId: 7, epoch: 1 };
const MAX_PAYLOAD = 1200;
const SENDER: SenderConfigJson = {
  ...{ stream_id: AGREED.streamId, max_payload: MAX_PAYLOAD, bucket: 128 },
  ...{ log_bytes: 1048576, log_tokens: 65536 },
};
const RECEIVER: ReceiverConfigJson = {
  ...{ stream_id: AGREED.streamId, epoch: AGREED.epoch, next_index: "0", window: "262144" },
  ...{ max_payload: MAX_PAYLOAD, bucket: 64 },
};

/** After the last command: to repair what the weather did, and to drain. */
const PATIENCE_US = 45_000_000;
/** A right pair needs some 200 steps for each second. */
const STEPS_MAX = 50_000;
const STEPS_PER_TOKEN = 100;
const SIDES: readonly Side[] = ["sender", "receiver"];

/** Plays a session to its end or its first fault. */
export async function playSession(setup: SessionSetup): Promise<SessionResult> {
  return new Session(setup).play();
}

class Session {
  readonly #setup: SessionSetup;
  readonly #script: Script;
  readonly #path: Path;
  readonly #witness: Witness;
  readonly #cues: Record<Side, readonly InputJson[]>;
  readonly #deadlines: Record<Side, number | null> = { sender: 0, receiver: 0 };
  #now = 0;

  constructor(setup: SessionSetup) {
    const { names, preset, plot, seed, tokens } = setup;
    const prng = Prng.fromSeed(seed).stream(preset.name).stream(plot);
    this.#setup = setup;
    this.#script = writeScript(plot, tokens, prng.stream("script"));
    this.#cues = { ...this.#script.cues };
    this.#path = new Path(preset, prng.stream("path"));
    const script = this.#script;
    this.#witness = new Witness({ names, agreed: AGREED, maxPayload: MAX_PAYLOAD, script });
  }

  async play(): Promise<SessionResult> {
    const fault = (await this.#start()) ?? (await this.#run());
    const { preset, plot } = this.#setup;
    const { pushed, carried } = this.#witness.counts;
    const atUs = fault === undefined ? (this.#witness.endedAtUs ?? this.#now) : this.#now;
    return {
      ...{ preset: preset.name, plot, atUs, pushed, carried },
      ...(fault === undefined ? {} : { fault }),
      datagrams: this.#path.tally("sender").sent + this.#path.tally("receiver").sent,
      trace: this.#path.trace,
    };
  }

  async #start(): Promise<Fault | undefined> {
    for (const side of SIDES) {
      const config = side === "sender" ? SENDER : RECEIVER;
      const request = { cmd: "new", endpoint: side, role: side, now: 0, config } as const;
      const asked = await this.#ask(side, request);
      if ("fault" in asked) return asked.fault;
    }
    return undefined;
  }

  async #run(): Promise<Fault | undefined> {
    const stepsMax = STEPS_MAX + STEPS_PER_TOKEN * this.#setup.tokens;
    const boundUs = this.#script.lastUs + PATIENCE_US;
    for (let steps = 0; steps < stepsMax; steps += 1) {
      for (const side of SIDES) {
        const fault = await this.#visit(side);
        if (fault !== undefined) return fault;
      }
      if (this.#witness.isOver) return this.#witness.missing();
      const next = this.#nextUs();
      if (next === undefined)
        return this.#stalled("nothing is under way and neither has a deadline");
      if (next > boundUs) return this.#stalled(`not over within ${boundUs / 1_000_000} s`);
      this.#now = next;
    }
    return { ...this.#stalled(`not over after ${stepsMax} steps`), kind: "busy" };
  }

  /** Steps a side if there is anything to do for it now. */
  async #visit(side: Side): Promise<Fault | undefined> {
    const now = this.#now;
    const due = this.#path.arrivals(peerOf(side), now);
    const cues = this.#takeCues(side);
    const deadline = this.#deadlines[side];
    const isDue = deadline !== null && deadline <= now;
    if (due.length === 0 && cues.length === 0 && !isDue) return undefined;
    const received = due.map(({ datagram }): InputJson => ({ at: now, type: "receive", datagram }));
    const inputs = [...cues, ...received];
    const asked = await this.#ask(side, { cmd: "step", endpoint: side, now, inputs });
    if ("fault" in asked) return asked.fault;
    // The driver has held it to the schema: this is the shape.
    const answer = asked.value as StepResponse;
    this.#record(side, cues, due, answer);
    const fault = this.#witness.fault(side, inputs, answer, now);
    if (fault !== undefined) return fault;
    this.#deadlines[side] = answer.deadline;
    return this.#pastDeadline(side, answer);
  }

  /** The commands that are due; none for a sender whose application was told to stop. */
  #takeCues(side: Side): readonly InputJson[] {
    if (side === "sender" && this.#witness.isStopped) this.#cues.sender = [];
    const due = this.#cues[side].filter(({ at }) => at <= this.#now);
    this.#cues[side] = this.#cues[side].slice(due.length);
    return due;
  }

  #nextUs(): number | undefined {
    const times = SIDES.flatMap((side) => [
      this.#deadlines[side] ?? undefined,
      this.#cues[side][0]?.at,
      this.#path.nextUs(side, this.#now),
    ]).filter((time) => time !== undefined);
    return times.length === 0 ? undefined : Math.max(this.#now, Math.min(...times));
  }

  #pastDeadline(side: Side, { deadline, timer }: StepResponse): Fault | undefined {
    if (deadline === null || deadline > this.#now) return undefined;
    const name = this.#setup.names[side];
    const summary = `${name}, polled at ${this.#now} us, has its deadline ${timer ?? ""} at ${deadline} us: it would be polled for ever`;
    return { kind: "busy", side, summary };
  }

  #stalled(how: string): Fault {
    const { pushed, rendered } = this.#witness.counts;
    const side = rendered === pushed ? "receiver" : "sender";
    return { kind: "stalled", side, summary: `${how}: ${this.#witness.describe()}` };
  }

  async #ask(
    side: Side,
    request: PartyRequest,
  ): Promise<{ readonly value: object } | { readonly fault: Fault }> {
    const reply = await this.#setup.parties[side].ask(request);
    return reply.type === "ok" ? { value: reply.value } : { fault: this.#broken(side, reply) };
  }

  #broken(side: Side, reply: Exclude<PartyReply, { type: "ok" }>): Fault {
    const name = this.#setup.names[side];
    const fault = (what: string): Fault => ({ kind: "broken", side, summary: `${name} ${what}` });
    switch (reply.type) {
      case "reject":
        return fault(`rejects a whole request as ${reply.code}`);
      case "unsupported":
        return fault(`answers unsupported ${reply.what} in a role that it claims`);
      case "fault":
        return fault(`reports a fault: ${reply.text}`);
      case "broken": {
        const line = reply.line === undefined ? "" : `; the line is ${reply.line}`;
        const stderr = reply.stderr === undefined ? {} : { stderr: reply.stderr };
        return { ...fault(`broke: ${reply.text}${line}`), ...stderr };
      }
    }
  }

  /** Sends, and keeps what is seen of a step before it is judged: the fault then ends the trace. */
  #record(
    side: Side,
    cues: readonly InputJson[],
    due: readonly Arrival[],
    { results, outputs }: StepResponse,
  ): void {
    const note = (text: string): void => {
      this.#path.note(side, this.#now, text);
    };
    for (const cue of cues) note(describeCue(cue));
    for (const [place, arrival] of due.entries()) {
      const code = results[cues.length + place] ?? null;
      if (code !== null) arrival.discard(code);
    }
    for (const output of outputs) {
      if (output.type === "transmit") this.#path.send(side, output.datagram, this.#now);
      if (output.type === "render") note(`renders ${output.tokens.length} from ${output.index}`);
      if (output.type === "phase") note(`is ${output.phase} (${output.cause})`);
      if (output.type === "end") note(`End of ${output.final_count}, reason ${output.reason}`);
      if (output.type === "stop") note(`Stop, reason ${output.reason}`);
    }
  }
}

function describeCue(cue: InputJson): string {
  return cue.type === "push"
    ? `push of ${cue.tokens.length === 1 ? "1 token" : `${cue.tokens.length} tokens`}`
    : cue.type;
}
