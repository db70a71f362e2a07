// What a session vector is: a script in virtual time for one endpoint, with everything that must
// follow. The shapes of vectors/session.schema.json.

import type {
  InputJson,
  ReceiverConfigJson,
  SenderConfigJson,
  StepResponse,
} from "../model/lines.js";

/** One step: inputs, one poll at `now`, and the complete answer. */
export interface StepJson {
  /** What happens here, where it is not obvious. */
  readonly note?: string;
  readonly now: number;
  readonly inputs: readonly InputJson[];
  readonly expect: StepResponse;
  /** Each datagram of the step in words, for people. */
  readonly packets?: readonly string[];
}

interface Case {
  readonly id: string;
  readonly clauses: readonly string[];
  readonly why: string;
  /** The time at which the endpoint is made. */
  readonly now: number;
  readonly steps: readonly StepJson[];
}

export interface ReceiverCase extends Case {
  readonly role: "receiver";
  readonly config: ReceiverConfigJson;
}

export interface SenderCase extends Case {
  readonly role: "sender-exact";
  readonly config: SenderConfigJson;
}

export type SessionCase = ReceiverCase | SenderCase;

/** One file of session vectors. */
export interface SessionFile {
  readonly $schema: string;
  readonly file: string;
  readonly about: string;
  readonly cases: readonly SessionCase[];
}

/** A case whose file is not known yet; `build` gives it its id. */
export type Unnamed = (file: string) => SessionCase;

/** A file of cases, each with the id `file/slug`. */
export function sessionFile(file: string, about: string, cases: readonly Unnamed[]): SessionFile {
  const $schema = "../session.schema.json";
  return { $schema, file, about, cases: cases.map((build) => build(file)) };
}
