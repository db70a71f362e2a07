// What a session needs of a port: two commands of the adapter protocol and what may come back. It does not
// know whether a process or a function answers; the driver's ports fit as they are.

import type {
  InputJson,
  ReceiverConfigJson,
  SenderConfigJson,
} from "../../vectors/generate/model/lines.js";

/** The two ends of a session. */
export type Side = "sender" | "receiver";

/** The other end. */
export function peerOf(side: Side): Side {
  return side === "sender" ? "receiver" : "sender";
}

/** The requests that a session makes. */
export type PartyRequest =
  | {
      readonly cmd: "new";
      readonly endpoint: string;
      readonly role: Side;
      readonly now: number;
      readonly config: SenderConfigJson | ReceiverConfigJson;
    }
  | {
      readonly cmd: "step";
      readonly endpoint: string;
      readonly now: number;
      readonly inputs: readonly InputJson[];
    };

/** What a port answers; the value of an `ok` has the shape that the protocol gives it. */
export type PartyReply =
  | { readonly type: "ok"; readonly value: object }
  | { readonly type: "reject"; readonly code: string }
  | { readonly type: "unsupported"; readonly what: string }
  | { readonly type: "fault"; readonly text: string }
  | {
      readonly type: "broken";
      readonly breakdown: string;
      readonly text: string;
      readonly line?: string;
      readonly stderr?: string;
    };

/** A port that can take part in a session. */
export interface Party {
  ask(request: PartyRequest): Promise<PartyReply>;
}
