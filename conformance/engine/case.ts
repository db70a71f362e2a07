// What the kit can run against a port: vectors as cases. A case is data with an id, the clauses that it
// is proof of, and the reason why it exists. The formats are those of vectors/*.schema.json.

import type {
  ReceiverConfigJson,
  SenderConfigJson,
  StepRequest,
  StepResponse,
} from "../../vectors/generate/model/lines.js";
import type { PacketJson } from "../../vectors/generate/model/packet-json.js";

/** The roles that have cases, in the order in which they depend on each other. */
export const ROLES = ["codec", "receiver", "sender-exact"] as const;

/** A role of SPEC 17.3 that has cases. */
export type Role = (typeof ROLES)[number];

/** What every case has. */
export interface CaseHead {
  /** File and fault: `runs/two-channels`. Stable for ever. */
  readonly id: string;
  readonly role: Role;
  /** The clauses that this case is proof of, the main one first. */
  readonly clauses: readonly string[];
  /** The bug that it hunts, and what that bug does to a user. */
  readonly why: string;
}

/** A piece of a datagram with what it says. */
export interface FieldNote {
  readonly hex: string;
  readonly note: string;
}

/** How a packet is to be padded. */
export interface EncodeJson {
  readonly max_payload: number;
  readonly bucket: number;
}

/** A datagram that decodes to this packet, and which this packet encodes to. */
export interface ValidCase extends CaseHead {
  readonly type: "valid";
  readonly datagram: string;
  /** The datagram cut into pieces, for people. */
  readonly fields?: readonly FieldNote[];
  readonly packet: PacketJson;
  /** Absent where the amount of padding is not what an encoder would write. */
  readonly encode?: EncodeJson;
}

/** A datagram that is discarded with a code. Its twin, one fault away, decodes. */
export interface InvalidCase extends CaseHead {
  readonly type: "invalid";
  readonly datagram: string;
  /** The datagram cut into pieces, for people. */
  readonly fields?: readonly FieldNote[];
  readonly code: string;
  readonly twin: string;
}

/** A packet that an encoder refuses with a code. Its twin, one fault away, encodes. */
export interface RefuseCase extends CaseHead {
  readonly type: "refuse";
  readonly packet: PacketJson;
  readonly code: string;
  readonly encode: EncodeJson;
  readonly twinPacket: PacketJson;
}

/** A step of a session with all that must follow. */
export interface SessionStep extends StepRequest {
  readonly note?: string;
  readonly expect: StepResponse;
}

/** A script in virtual time for one endpoint. */
export interface SessionCase extends CaseHead {
  readonly type: "session";
  readonly now: number;
  readonly config: SenderConfigJson | ReceiverConfigJson;
  readonly steps: readonly SessionStep[];
}

/** Anything that can be run against a port. */
export type Case = ValidCase | InvalidCase | RefuseCase | SessionCase;
