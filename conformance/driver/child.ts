// One life of a child process: lines in, lines out, one at a time, every queue bounded. It tells apart
// the ways in which a process can fail to answer and knows nothing of what the lines say.

import { LineSplitter } from "./line-splitter.js";
import { killGroup, spawnGroup, type PipedChild } from "./process-group.js";

/** How one exchange of lines ended. All but `line` are the end of the process. */
export type ChildEnd =
  | { readonly type: "line"; readonly text: string }
  | { readonly type: "timeout"; readonly isMidLine: boolean }
  | { readonly type: "exit"; readonly how: string }
  | { readonly type: "closed"; readonly stream: "stdin" | "stdout" }
  | { readonly type: "garbage"; readonly text: string; readonly line: string }
  | { readonly type: "flood"; readonly text: string }
  | { readonly type: "cannot-start"; readonly text: string };

/** Larger than the largest honest answer: 4096 tokens of 1024 bytes as hex, and datagrams. */
const LINE_BYTES_MAX = 16 * 1024 * 1024;
const STDERR_BYTES_MAX = 4096;
/** How long an exit may come after a closed pipe, and the process after the end of its stdin. */
const GRACE_MS = 250;

const KEEP = "keep stdout for answers and log to stderr";

/** How a process left after the end of its stdin. */
export interface Farewell {
  /** Whether it went by itself. */
  readonly isGone: boolean;
  /** What it wrote to stdout although nothing asked for it, shortened by whoever shows it. */
  readonly said?: string;
}

/** A running child process. */
export class Child {
  readonly #process: PipedChild;
  readonly #lines = new LineSplitter(LINE_BYTES_MAX);
  readonly #utf8 = new TextDecoder("utf-8", { fatal: true });
  readonly #exited: Promise<void>;
  #stderr = Buffer.alloc(0);
  /** Why the process can no longer be used. Kept for the next exchange if none is under way. */
  #end: Exclude<ChildEnd, { type: "line" }> | undefined;
  #settle: ((end: ChildEnd) => void) | undefined;

  constructor(command: readonly [string, ...string[]]) {
    const child = spawnGroup(command);
    this.#process = child;
    this.#exited = new Promise((resolve) => {
      child.once("exit", (code, signal) => {
        resolve();
        killGroup(child); // What it left behind goes too, and lets go of the pipes.
        const end = { type: "exit", how: signal ?? `exit code ${code ?? "unknown"}` } as const;
        child.once("close", () => {
          this.#finish(end); // By now its last words on stdout and stderr have been read.
        });
        this.#finishSoon(end);
      });
      child.once("error", (error: NodeJS.ErrnoException) => {
        resolve();
        this.#finish({ type: "cannot-start", text: whyNotStarted(command[0], error) });
      });
    });
    child.stdin.on("error", () => {
      this.#finishSoon({ type: "closed", stream: "stdin" });
    });
    child.stdout.on("end", () => {
      this.#finishSoon({ type: "closed", stream: "stdout" });
    });
    child.stdout.on("data", (chunk: Buffer) => {
      this.#take(chunk);
    });
    child.stderr.on("data", (chunk: Buffer) => {
      this.#stderr = Buffer.concat([this.#stderr, chunk]).subarray(-STDERR_BYTES_MAX);
    });
  }

  /**
   * Sends one line, which must not contain a line feed, and waits for the answer. A breakdown since the
   * last exchange is the answer to this one.
   */
  async exchange(line: string, timeoutMs: number): Promise<ChildEnd> {
    if (this.#end !== undefined) return this.#end;
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#finish({ type: "timeout", isMidLine: this.#lines.isMidLine });
      }, timeoutMs);
      this.#settle = (end): void => {
        clearTimeout(timer);
        this.#settle = undefined;
        resolve(end);
      };
      this.#process.stdin.write(`${line}\n`);
    });
  }

  /** The end of what the process wrote to stderr, at most 4096 bytes. */
  stderrTail(): string {
    return this.#stderr.toString("utf8").trim();
  }

  /** Ends the process and its group at once. */
  kill(): void {
    killGroup(this.#process);
    this.#process.stdout.destroy();
    this.#process.stderr.destroy();
    this.#process.stdin.destroy();
  }

  /** Ends stdin, gives the process a moment to leave, then kills what is left of its group. */
  async end(graceMs = GRACE_MS): Promise<Farewell> {
    this.#process.stdin.end();
    const grace = new AbortController();
    const isGone = await Promise.race([
      this.#exited.then(() => true),
      delay(graceMs, grace.signal).then(() => false),
    ]);
    grace.abort();
    const end = await this.#lastWords(isGone);
    this.kill();
    if (end?.type === "garbage") return { isGone, said: end.line };
    return this.#lines.isMidLine ? { isGone, said: "the beginning of a line" } : { isGone };
  }

  /** Why the process ended, once its last words have been read; `undefined` while it runs. */
  async #lastWords(isGone: boolean): Promise<ChildEnd | undefined> {
    if (!isGone || this.#end !== undefined) return this.#end;
    return new Promise((resolve) => {
      this.#settle = resolve;
    });
  }

  #take(chunk: Buffer): void {
    const lines = this.#lines.push(chunk);
    const [line, second] = lines ?? [];
    if (lines === undefined) {
      this.#finish({ type: "flood", text: `a line on stdout exceeds ${LINE_BYTES_MAX} bytes` });
    } else if (line === undefined) {
      return;
    } else if (this.#settle === undefined) {
      this.#finish({
        type: "garbage",
        text: `a line that nothing asked for; ${KEEP}`,
        line: show(line),
      });
    } else if (second !== undefined || this.#lines.isMidLine) {
      const text = `more than one line for one request; ${KEEP}`;
      this.#finish({ type: "garbage", text, line: show(second ?? line) });
    } else {
      this.#answer(line);
    }
  }

  #answer(line: Buffer): void {
    try {
      this.#settle?.({ type: "line", text: this.#utf8.decode(line) });
    } catch {
      this.#finish({ type: "garbage", text: "a line is not UTF-8", line: show(line) });
    }
  }

  #finish(end: Exclude<ChildEnd, { type: "line" }>): void {
    if (this.#end !== undefined) return;
    this.#end = end;
    this.#settle?.(end);
    this.kill();
  }

  /** Gives a better reason the chance to come first: the last line before an exit, an exit after EPIPE. */
  #finishSoon(end: Exclude<ChildEnd, { type: "line" }>): void {
    setTimeout(() => {
      this.#finish(end);
    }, GRACE_MS).unref();
  }
}

function show(line: Buffer): string {
  return line.toString("utf8");
}

function delay(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
    });
  });
}

function whyNotStarted(program: string, error: NodeJS.ErrnoException): string {
  if (error.code === "ENOENT") return `cannot start "${program}": no such program`;
  if (error.code === "EACCES") return `cannot start "${program}": it is not executable`;
  return `cannot start "${program}": ${error.message}`;
}
