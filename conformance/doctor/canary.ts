// A canary: one thing that every sound adapter gets right, with what to change if it does not. It dies by
// throwing; that a port has not come so far yet is another matter than being wrong.

import type { Breakdown, Port, Reply, Request } from "../driver/protocol.js";
import { shorten } from "../driver/schema.js";
import type { JsonObject } from "../json.js";

/** What a canary has to sing with. */
export interface Cage {
  readonly port: Port;
  /** The same port in another process, which whoever made the cage closes. */
  readonly fresh: () => Port;
}

/** One thing to try. */
export interface Canary {
  readonly name: string;
  /** What to change if it dies, in one line. */
  readonly change: string;
  /** Throws {@link CanaryDied} or {@link NotThereYet}. */
  readonly sing: (cage: Cage) => Promise<void>;
}

/** Something is wrong with the adapter. */
export class CanaryDied extends Error {
  override readonly name = "CanaryDied";
  /** What to change, where that is known better than by the canary. */
  readonly change: string | undefined;
  /** How the process broke, and not only its answer. */
  readonly breakdown: Breakdown | undefined;

  constructor(text: string, change?: string, breakdown?: Breakdown) {
    super(text);
    this.change = change;
    this.breakdown = breakdown;
  }
}

/** The port says itself that it does not have this. */
export class NotThereYet extends Error {
  override readonly name = "NotThereYet";

  /** Takes the command and what the port says of it. */
  constructor(cmd: string, what: string) {
    // The templates of `init` say `decode: fill in part 1 of port.mjs`.
    const own = what.startsWith(`${cmd}: `) ? what.slice(cmd.length + 2) : undefined;
    super(
      own === undefined
        ? `${cmd}, which is answered unsupported "${shorten(what, 80)}"`
        : `${shorten(own, 160)} (${cmd})`,
    );
  }
}

const CHANGES: Readonly<Record<Exclude<Breakdown, "bad-line">, string>> = {
  hang: "answer each request with one line, end it with the byte 0x0A, and flush stdout",
  crash: "catch what is thrown and answer `fault`; live until stdin ends",
  garbage: "write nothing but answers to stdout, one line for each request; print to stderr",
  "wrong-id": "echo the id of the request",
  flood: "write one line for each request; print to stderr",
  closed: "keep stdin and stdout open until stdin ends",
};

/** The answer `ok` to a request; everything else is the end of the canary. */
export async function askOk(port: Port, request: Request): Promise<JsonObject> {
  const reply = await ask(port, request);
  if (reply.type === "ok") return reply.value;
  throw new CanaryDied(`${request.cmd}: expected ok, got ${describe(reply)}`);
}

/** The code with which a request is rejected; everything else is the end of the canary. */
export async function askReject(port: Port, request: Request): Promise<string> {
  const reply = await ask(port, request);
  if (reply.type === "reject") return reply.code;
  throw new CanaryDied(`${request.cmd}: expected reject, got ${describe(reply)}`);
}

async function ask(port: Port, request: Request): Promise<Reply> {
  const reply = await port.ask(request);
  if (reply.type === "unsupported") throw new NotThereYet(request.cmd, reply.what);
  if (reply.type === "broken") throw broken(reply);
  return reply;
}

/** A port that does not answer, as a finding. */
export function broken({ breakdown, text, line }: Extract<Reply, { type: "broken" }>): CanaryDied {
  const full = line === undefined ? text : `${text}; the line is ${line}`;
  if (breakdown === "bad-line") return new CanaryDied(full);
  return new CanaryDied(full, CHANGES[breakdown], breakdown);
}

/** A reply in few words. */
export function describe(reply: Reply): string {
  switch (reply.type) {
    case "ok":
      return `ok ${shorten(JSON.stringify(reply.value))}`;
    case "reject":
      return `reject ${reply.code}`;
    case "unsupported":
      return `unsupported ${shorten(reply.what)}`;
    case "fault":
      return `fault ${shorten(reply.text)}`;
    case "broken":
      return reply.text;
  }
}
