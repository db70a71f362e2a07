// A port as a child process that speaks JSON Lines, in strict lock-step (conformance/ADAPTER.md). It keeps
// the secret of processes: start, hello, death, restart, time limits. What an answer means is not known
// here; a port that does not answer as it should is a reply like any other.

import { asciiJson, type Json, type JsonObject } from "../json.js";
import { Child, type ChildEnd, type Farewell } from "./child.js";
import { CannotDrive } from "./cannot-drive.js";
import type { Hello, Port, Reply, Request } from "./protocol.js";
import { incoming, outgoing, printable, shorten } from "./schema.js";

/** How a child process is driven. */
export interface ChildPortOptions {
  /** Milliseconds for one answer; default 5000. */
  readonly timeoutMs?: number;
  /** Milliseconds until the answer to hello, from the start of the process; default 10000. */
  readonly helloTimeoutMs?: number;
  /** Gets every line of either side, without its line feed. */
  readonly trace?: (direction: ">" | "<", line: string) => void;
}

const TIMEOUT_MS = 5000;
const HELLO_TIMEOUT_MS = 10000;

/** A port that is a child process. It is started by the first request, and again after each breakdown. */
export class ChildPort implements Port {
  readonly #command: readonly [string, ...string[]];
  readonly #options: ChildPortOptions;
  #child: Child | undefined;
  #lastId = 0;
  #isClosed = false;

  constructor(command: readonly [string, ...string[]], options: ChildPortOptions = {}) {
    this.#command = command;
    this.#options = options;
  }

  async ask(request: Request): Promise<Reply> {
    if (this.#isClosed) return { type: "broken", breakdown: "closed", text: "the port was closed" };
    if (this.#child === undefined) {
      this.#child = new Child(this.#command);
      if (request.cmd !== "hello") {
        const hello = await this.ask({ cmd: "hello", adapter: 1 });
        if (hello.type !== "ok") return hello;
      }
    }
    const timeoutMs =
      request.cmd === "hello"
        ? (this.#options.helloTimeoutMs ?? HELLO_TIMEOUT_MS)
        : (this.#options.timeoutMs ?? TIMEOUT_MS);
    const reply = await this.#exchange(this.#child, request, timeoutMs);
    if (reply.type === "broken" && reply.breakdown !== "bad-line") {
      const child = this.#child;
      this.#child = undefined;
      child.kill();
      const stderr = printable(child.stderrTail());
      return stderr === "" ? reply : { ...reply, stderr };
    }
    return reply;
  }

  async close(): Promise<void> {
    await this.leave();
  }

  /**
   * Closes the port like `close`, and says how its process left; `undefined` if there was none.
   *
   * @param graceMs - milliseconds that it has to leave by itself; default 250
   */
  async leave(graceMs?: number): Promise<Farewell | undefined> {
    const child = this.#child;
    this.#child = undefined;
    this.#isClosed = true;
    return child?.end(graceMs);
  }

  async #exchange(child: Child, request: Request, timeoutMs: number): Promise<Reply> {
    const id = (this.#lastId += 1);
    const line = asciiJson(outgoing(id, request));
    this.#options.trace?.(">", line);
    const end = await child.exchange(line, timeoutMs);
    if (end.type !== "line") return broken(end, request, timeoutMs);
    this.#options.trace?.("<", end.text);
    const response = parse(end.text);
    if (response === undefined) {
      const text = "a line on stdout is not JSON; keep stdout for answers and log to stderr";
      return { type: "broken", breakdown: "garbage", text, line: shorten(end.text) };
    }
    return incoming(id, request.cmd, response);
  }
}

function parse(line: string): Json | undefined {
  try {
    return JSON.parse(line) as Json;
  } catch {
    return undefined;
  }
}

function broken(end: Exclude<ChildEnd, { type: "line" }>, request: Request, ms: number): Reply {
  switch (end.type) {
    case "cannot-start":
      throw new CannotDrive(end.text);
    case "timeout": {
      const text = `no answer to ${request.cmd} within ${ms} ms${end.isMidLine ? "; the line on stdout never ended with 0x0A" : ""}`;
      return { type: "broken", breakdown: "hang", text };
    }
    case "exit":
      return { type: "broken", breakdown: "crash", text: `the process ended (${end.how})` };
    case "closed":
      return { type: "broken", breakdown: "closed", text: `the process closed its ${end.stream}` };
    case "garbage":
      return { type: "broken", breakdown: "garbage", text: end.text, line: shorten(end.line) };
    case "flood":
      return { type: "broken", breakdown: "flood", text: end.text };
  }
}

/** Says hello; throws {@link CannotDrive} with what to do if there is no valid answer. */
export async function greet(port: Port): Promise<Hello> {
  const reply = await port.ask({ cmd: "hello", adapter: 1 });
  if (reply.type === "ok") return reply.value as JsonObject & Hello;
  const isHang = reply.type === "broken" && reply.breakdown === "hang";
  const advice = isHang ? "; end each line with 0x0A and flush stdout" : "";
  throw new CannotDrive(`no valid hello: ${explain(reply)}${advice}${evidence(reply)}`);
}

/** What the port itself said last: the line at fault, or the line of stderr that names an error. */
function evidence(reply: Reply): string {
  if (reply.type !== "broken") return "";
  if (reply.line !== undefined) return `; the line is ${reply.line}`;
  const lines = (reply.stderr ?? "").split("\n").filter((line) => line.trim() !== "");
  const telling = lines.find((line) => /error|exception|panic/i.test(line)) ?? lines.at(-1);
  return telling === undefined ? "" : `; stderr says ${shorten(telling.trim())}`;
}

function explain(reply: Exclude<Reply, { type: "ok" }>): string {
  switch (reply.type) {
    case "reject":
      return `rejected with ${reply.code}`;
    case "unsupported":
      return `answered unsupported ${reply.what}`;
    case "fault":
      return `fault: ${reply.text}`;
    case "broken":
      return reply.text;
  }
}
