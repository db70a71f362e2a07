// The examination: every canary that the port's roles call for, in order, each with what became of it. It
// starts and ends the processes; how the findings are shown is the command's.

import type { ChildPort } from "../driver/child-port.js";
import type { Breakdown, Hello, Port } from "../driver/protocol.js";
import { ROLES } from "../engine/case.js";
import { ALL_PROPERTIES } from "../properties/properties.js";
import { broken, CanaryDied, describe, NotThereYet, type Cage, type Canary } from "./canary.js";
import { CODEC_CANARIES } from "./codec-canaries.js";
import { RECEIVER_CANARIES, SENDER_CANARIES } from "./endpoint-canaries.js";

/** What became of a canary. */
export interface Examined {
  readonly name: string;
  /** What is wrong, and what to change. */
  readonly finding?: { readonly text: string; readonly change: string };
  /** What the port does not have yet. */
  readonly missing?: string;
}

/** Processes that break in as many canaries one after the other end the examination. */
const BROKEN_MAX = 3;

/**
 * Examines a port that has said hello, and ends it.
 *
 * @param start - starts the same port in another process
 * @param leaveMs - how long it may take to leave when its stdin has ended
 */
export async function* examine(
  hello: Hello,
  port: ChildPort,
  start: () => ChildPort,
  leaveMs: number,
): AsyncGenerator<Examined> {
  const started: ChildPort[] = [];
  const fresh = (): Port => {
    const another = start();
    started.push(another);
    return another;
  };
  yield* rolesExamined(hello);
  let brokenInARow = 0;
  try {
    for (const canary of canariesFor(hello.roles)) {
      const { examined, breakdown } = await listen(canary, { port, fresh });
      yield examined;
      // With other lines on stdout no answer can be told to be that of its request.
      if (breakdown === "garbage") return;
      brokenInARow = breakdown === undefined ? 0 : brokenInARow + 1;
      if (brokenInARow === BROKEN_MAX) return;
    }
    yield await leaving(port, leaveMs);
  } finally {
    for (const one of [port, ...started]) await one.close();
  }
}

function* rolesExamined({ roles }: Hello): Generator<Examined> {
  // `sender` has properties and no case.
  const known = new Set<string>([...ROLES, ...ALL_PROPERTIES.map(({ role }) => role)]);
  const unknown = roles.filter((role) => !known.has(role));
  if (unknown.length === 0) return;
  const text = `it claims ${unknown.join(", ")}, which this kit does not know`;
  yield {
    name: "its roles are known",
    finding: { text, change: `claim what the port has of ${[...known].join(", ")}` },
  };
}

function canariesFor(roles: readonly string[]): readonly Canary[] {
  const isSender = roles.some((role) => role.startsWith("sender"));
  return [
    UNKNOWN_COMMAND,
    ...(roles.includes("codec") ? CODEC_CANARIES : []),
    ...(roles.includes("receiver") ? RECEIVER_CANARIES : []),
    ...(isSender ? SENDER_CANARIES : []),
  ];
}

const UNKNOWN_COMMAND: Canary = {
  name: "a command that nobody has is answered `unsupported`",
  change: 'answer {"id":…,"unsupported":"cmd …"} to every command that the adapter does not know',
  sing: async ({ port }) => {
    const reply = await port.ask({ cmd: "canary" });
    if (reply.type === "broken") throw broken(reply);
    if (reply.type !== "unsupported") {
      throw new CanaryDied(`expected unsupported, got ${describe(reply)}`);
    }
  },
};

async function listen(
  { name, change, sing }: Canary,
  cage: Cage,
): Promise<{ examined: Examined; breakdown?: Breakdown | undefined }> {
  try {
    await sing(cage);
    return { examined: { name } };
  } catch (error) {
    if (error instanceof NotThereYet) {
      return { examined: { name, missing: error.message } };
    }
    if (!(error instanceof CanaryDied)) throw error;
    const finding = { text: error.message, change: error.change ?? change };
    return { examined: { name, finding }, breakdown: error.breakdown };
  }
}

/** The last one: nothing is on stdout that nobody asked for, and the process leaves with its stdin. */
async function leaving(port: ChildPort, leaveMs: number): Promise<Examined> {
  const name = "it leaves when stdin ends, and says nothing more";
  const farewell = await port.leave(leaveMs);
  if (farewell?.said !== undefined) {
    const text = `on stdout, and nothing asked for it: ${farewell.said}`;
    const change = "write nothing but answers to stdout; print to stderr";
    return { name, finding: { text, change } };
  }
  if (farewell?.isGone !== false) return { name };
  const text = `it still runs ${leaveMs} ms after its stdin has ended`;
  const change = "exit when reading stdin gives the end of the file, and join what else runs";
  return { name, finding: { text, change } };
}
