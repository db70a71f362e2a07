// Several processes on one run: the same results in the same order, a crash costs its own case, and an
// interrupt at any moment leaves nothing behind.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { inOrder } from "../engine/in-order.js";
import { CannotDrive, conform, type Case, type CaseResult } from "../index.js";
import { packagePath } from "../package-root.js";

const BIN = packagePath("bin/chatterbox-conformance.js");
const ROGUE = fileURLToPath(new URL("rogue.js", import.meta.url));

const good: Case = {
  ...{ type: "valid", id: "test/good", role: "codec", clauses: ["PKT-1"], why: "a test" },
  ...{ datagram: "1001180180", packet: { epoch: 1, packet_number: "1" } },
};
const trigger: Case = {
  ...{ type: "invalid", id: "test/trigger", role: "codec", clauses: ["PKT-1"], why: "a test" },
  ...{ datagram: "1001180380", code: "invalid", twin: "1001180180" },
};
const cases = Array.from({ length: 12 }, (_, i): Case => {
  return i === 5 ? { ...trigger, id: "test/5" } : { ...good, id: `test/${i}` };
});

async function results(mode: string, jobs: number): Promise<CaseResult[]> {
  const all: CaseResult[] = [];
  const command = [process.execPath, ROGUE, mode];
  for await (const result of conform({ command }, { cases, jobs })) all.push(result);
  return all;
}

test("with several jobs the results are those of one, in the same order", async () => {
  const [one, three] = await Promise.all([results("crash", 1), results("crash", 3)]);
  const shown = ({ id, verdict, failure }: CaseResult): unknown => [id, verdict, failure?.kind];
  assert.deepEqual(three.map(shown), one.map(shown));
  const failed = three.filter(({ verdict }) => verdict === "fail");
  assert.deepEqual(failed.map(shown), [["test/5", "fail", "crash"]]);
});

test("with several jobs a port that always breaks is given up after as many cases", async () => {
  const seen: CaseResult[] = [];
  const command = [process.execPath, ROGUE, "always-crash"];
  await assert.rejects(async () => {
    for await (const result of conform({ command }, { cases, jobs: 3 })) seen.push(result);
  }, CannotDrive);
  assert.equal(seen.length, 5);
});

test("whoever stops reading ends all jobs", async () => {
  const command = [process.execPath, ROGUE, "good"];
  for await (const result of conform({ command }, { cases, jobs: 3 })) {
    assert.equal(result.id, "test/0");
    break;
  }
});

test("results come in order however long each takes, and an error in its turn", async () => {
  const waiting = new Map<number, () => void>();
  const workers = ["a", "b", "c"] as const;
  const results = inOrder([0, 1, 2, 3, 4], workers, async (item) => {
    await new Promise<void>((resolve) => waiting.set(item, resolve));
    if (item === 3) throw new Error("the third");
    return item;
  });
  const order: number[] = [];
  const reading = (async (): Promise<void> => {
    for await (const result of results) order.push(result);
  })();
  for (const item of [2, 1, 0, 4, 3]) {
    while (!waiting.has(item)) await sleep(1);
    waiting.get(item)?.();
  }
  await assert.rejects(reading, /the third/);
  assert.deepEqual(order, [0, 1, 2]);
});

test("a single worker is never ahead of its reader", async () => {
  const begun: number[] = [];
  const one = inOrder([0, 1, 2], ["only"], (item) => Promise.resolve(begun.push(item)));
  await one.next();
  assert.deepEqual(begun, [0]);
  await one.next();
  assert.deepEqual(begun, [0, 1]);
});

test("a run that ends leaves no process behind", { skip: !existsSync("/proc/self") }, async (t) => {
  process.env.CHATTERBOX_TEST = `${process.pid}-end`;
  t.after(() => {
    delete process.env.CHATTERBOX_TEST;
  });
  assert.equal((await results("has-grandchildren", 2)).length, cases.length);
  assert.deepEqual(await left(`CHATTERBOX_TEST=${process.pid}-end`), []);
});

/** When the interrupt comes: after milliseconds from the start, or at a line of the trace. */
const MOMENTS: readonly (readonly [unit: "ms" | "line", count: number])[] = [
  ["ms", 0],
  ["ms", 150],
  ["ms", 400],
  ["line", 1],
  ["line", 2],
  ["line", 3],
  ["line", 4],
  ["line", 40],
];

const isLinux = existsSync("/proc/self/environ");

for (const [unit, count] of MOMENTS) {
  const skip = isLinux ? false : "needs /proc";
  test(`Ctrl-C after ${count} ${unit} leaves no process behind`, { skip }, async () => {
    const mark = `CHATTERBOX_TEST=${process.pid}-${unit}-${count}`;
    const { code, signal, out } = await interrupted(mark, unit, count);
    assert.deepEqual(await left(mark), []);
    // Before the command has begun there is nothing to end, and the signal does what it always does.
    if (unit === "ms" && signal === "SIGINT") return;
    assert.equal(code, 130, out);
    if (unit === "line") assert.match(out, /^Interrupted after \d+ of \d+ cases: \d+ passed, /m);
  });
}

async function interrupted(
  mark: string,
  unit: "ms" | "line",
  count: number,
): Promise<{ code: number | null; signal: string | null; out: string }> {
  const [name = "", value = ""] = mark.split("=");
  const port = [process.execPath, ROGUE, "has-grandchildren"];
  const words = [BIN, "run", "--only", "codec", "--trace", "--jobs", "2", "--", ...port];
  const child = spawn(process.execPath, words, { env: { ...process.env, [name]: value } });
  let out = "";
  let lines = 0;
  let holding: NodeJS.Timeout | undefined;
  // Again and again: whoever holds the keys down must not win.
  const interrupt = (): void => {
    child.kill("SIGINT");
    holding = setInterval(() => child.kill("SIGINT"), 1);
  };
  child.stdout.on("data", (chunk: Buffer) => {
    out += chunk.toString();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    const before = lines;
    lines += chunk.toString().split("\n").length - 1;
    if (unit === "line" && before < count && lines >= count) interrupt();
  });
  if (unit === "ms") setTimeout(interrupt, count);
  return new Promise((resolve) => {
    child.once("close", (code, signal) => {
      clearInterval(holding);
      resolve({ code, signal, out });
    });
  });
}

/** The processes that still run and have inherited the mark, once those that are dying are dead. */
async function left(mark: string): Promise<string[]> {
  for (let tries = 0; tries < 100; tries += 1) {
    const found = readdirSync("/proc").filter((pid) => /^\d+$/.test(pid) && isMarked(pid, mark));
    if (found.length === 0) return [];
    if (tries === 99) return found.map((pid) => read(`/proc/${pid}/cmdline`));
    await sleep(20);
  }
  return [];
}

function isMarked(pid: string, mark: string): boolean {
  return read(`/proc/${pid}/environ`).split("\0").includes(mark);
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return ""; // It is gone, or it is not ours.
  }
}
