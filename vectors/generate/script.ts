// The script builder: a session vector is written as a sequence of steps with claims, and the model
// says what follows from each. Knows how to drive an endpoint; what is worth driving is the session
// files' business.

import type {
  InputJson,
  ReceiverConfigJson,
  SenderConfigJson,
  StepRequest,
  StepResponse,
  Stepped,
} from "./model/lines.js";
import { ModelReceiver } from "./model/receiver.js";
import { ModelSender } from "./model/sender.js";
import { Seen } from "./session/claims.js";
import type { StepJson, Unnamed } from "./session/case.js";
import { describe } from "./session/describe.js";
import { DEFAULT_WINDOW, STREAM, type Given } from "./session/packets.js";

/** One case while it is written. */
export class Script {
  readonly steps: StepJson[] = [];
  private nextNote: string | undefined;
  private response: StepResponse | undefined;

  constructor(
    private readonly where: string,
    private readonly endpoint: Stepped,
  ) {}

  /** Says what the next step is for. */
  note(note: string): this {
    this.nextNote = note;
    return this;
  }

  /** Gives inputs, at `now` unless they have a time of their own, and polls at `now`. */
  give(now: number, ...given: readonly Given[]): Seen {
    const inputs = given.map((input): InputJson => ({ at: now, ...input }));
    return this.step({ now, inputs });
  }

  /** Polls. */
  poll(now: number): Seen {
    return this.give(now);
  }

  /** The deadline of the last step; a claim that there is one. */
  get deadline(): number {
    const deadline = this.response?.deadline ?? null;
    if (deadline === null) throw new Error(`${this.where}: there is no deadline`);
    return deadline;
  }

  /** The timer of the last step. */
  get timer(): string | null {
    return this.response?.timer ?? null;
  }

  /** Polls one microsecond before the deadline, when nothing may happen, and then at it. */
  advance(): Seen {
    const { deadline, nextNote } = this;
    this.nextNote = undefined;
    this.poll(deadline - 1)
      .silent()
      .deadline(deadline, this.timer);
    this.nextNote = nextNote;
    return this.poll(deadline);
  }

  /** Polls at the deadline only. */
  next(): Seen {
    return this.poll(this.deadline);
  }

  private step(request: StepRequest): Seen {
    const response = this.endpoint.step(request);
    const note = this.nextNote === undefined ? {} : { note: this.nextNote };
    this.nextNote = undefined;
    this.response = response;
    const packets = packetsOf(request, response);
    const words = packets.length === 0 ? {} : { packets };
    this.steps.push({ ...note, ...request, expect: response, ...words });
    return new Seen(this.where, request, response);
  }
}

function packetsOf(request: StepRequest, response: StepResponse): string[] {
  const received = request.inputs.flatMap((input) =>
    input.type === "receive" ? [`in:  ${describe(input.datagram)}`] : [],
  );
  const sent = response.outputs.flatMap((output) =>
    output.type === "transmit" ? [`out: ${describe(output.datagram)}`] : [],
  );
  return [...received, ...sent];
}

/** What differs from the default endpoint: stream 7, epoch 1, no padding, made at 0. */
export interface Options<Config> {
  readonly config?: Partial<Config>;
  /** When the endpoint is made. */
  readonly now?: number;
}

const SENDER_CONFIG: SenderConfigJson = {
  stream_id: STREAM,
  max_payload: 1200,
  bucket: 1,
  log_bytes: 1048576,
  log_tokens: 65536,
};

const RECEIVER_CONFIG: ReceiverConfigJson = {
  stream_id: STREAM,
  epoch: 1,
  next_index: "0",
  window: String(DEFAULT_WINDOW),
  max_payload: 1200,
  bucket: 1,
};

/**
 * A case for a sender.
 *
 * @param clauses - what it proves, separated by spaces
 * @param why - the bug that it hunts, and what that bug does to a user
 */
export function senderCase(
  slug: string,
  clauses: string,
  why: string,
  write: (script: Script) => void,
  { now = 0, config: differing = {} }: Options<SenderConfigJson> = {},
): Unnamed {
  return (file) => {
    const id = `${file}/${slug}`;
    const config = { ...SENDER_CONFIG, ...differing };
    const script = new Script(id, new ModelSender(config));
    write(script);
    const { steps } = script;
    return { id, role: "sender-exact", clauses: clauses.split(" "), why, now, config, steps };
  };
}

/** A case for a receiver; the parameters are those of a sender's. */
export function receiverCase(
  slug: string,
  clauses: string,
  why: string,
  write: (script: Script) => void,
  { now = 0, config: differing = {} }: Options<ReceiverConfigJson> = {},
): Unnamed {
  return (file) => {
    const id = `${file}/${slug}`;
    const config = { ...RECEIVER_CONFIG, ...differing };
    const script = new Script(id, new ModelReceiver(config, now));
    write(script);
    const { steps } = script;
    return { id, role: "receiver", clauses: clauses.split(" "), why, now, config, steps };
  };
}
