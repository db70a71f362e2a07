// The adapter protocol as types (conformance/ADAPTER.md): what the kit asks and how a port can answer.
// The schemas in conformance/schemas say the same to other languages; schema.ts holds both together.

import type {
  InputJson,
  ReceiverConfigJson,
  SenderConfigJson,
} from "../../vectors/generate/model/lines.js";
import type { PacketJson } from "../../vectors/generate/model/packet-json.js";
import type { Json, JsonObject } from "../json.js";

/** What a port says of itself. */
export interface Hello {
  readonly name: string;
  readonly version: string;
  readonly spec: number;
  readonly roles: readonly string[];
}

/** A line from the kit, without its id. */
export type Request =
  | { readonly cmd: "hello"; readonly adapter: 1 }
  | { readonly cmd: "decode"; readonly datagram: string }
  | {
      readonly cmd: "encode";
      readonly packet: PacketJson;
      readonly max_payload: number;
      readonly bucket: number;
    }
  | {
      readonly cmd: "new";
      readonly endpoint: string;
      readonly role: "sender" | "receiver";
      readonly now: number;
      readonly config: SenderConfigJson | ReceiverConfigJson;
    }
  | {
      readonly cmd: "step";
      readonly endpoint: string;
      readonly now: number;
      readonly inputs: readonly InputJson[];
    }
  | { readonly cmd: "canary" };

/** The name of a command. */
export type Command = Request["cmd"];

/** How a port failed to answer. All but `bad-line` cost the process its life. */
export type Breakdown = "hang" | "crash" | "garbage" | "wrong-id" | "flood" | "closed" | "bad-line";

/** A port's answer: one of the four outcomes, or that there was none. */
export type Reply =
  | { readonly type: "ok"; readonly value: JsonObject }
  | { readonly type: "reject"; readonly code: string }
  | { readonly type: "unsupported"; readonly what: string }
  | { readonly type: "fault"; readonly text: string }
  | {
      readonly type: "broken";
      readonly breakdown: Breakdown;
      /** One sentence. */
      readonly text: string;
      /** The line at fault, shortened. */
      readonly line?: string;
      /** The end of what the process wrote to stderr. */
      readonly stderr?: string;
    };

/** Something that answers requests one at a time: a child process or a function. */
export interface Port {
  /** Asks and waits. Never rejects for the port's faults: those are replies. */
  ask(request: Request): Promise<Reply>;
  /** Ends the port and all that it started. */
  close(): Promise<void>;
}

/** A port in this process: takes the request with its id, gives the response line as an object. */
export type Handler = (request: JsonObject) => Json | Promise<Json>;
