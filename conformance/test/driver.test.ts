// The driver against adapters that misbehave: each fault fails its own case and no other, is named, and
// nothing that a port started is left behind.

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { LineSplitter } from "../driver/line-splitter.js";
import {
  CannotDrive,
  conform,
  type Case,
  type CaseResult,
  type ConformOptions,
  type FailureKind,
} from "../index.js";
import { asciiJson } from "../json.js";

const ROGUE = fileURLToPath(new URL("rogue.js", import.meta.url));

const before: Case = {
  ...{ type: "valid", role: "codec", clauses: ["PKT-1"], why: "a test" },
  ...{ id: "test/before", datagram: "1001180180", packet: { epoch: 1, packet_number: "1" } },
};
const trigger: Case = {
  ...{ type: "invalid", role: "codec", clauses: ["PKT-1"], why: "a test" },
  ...{ id: "test/trigger", datagram: "1001180380", code: "invalid", twin: "1001180180" },
};
const after: Case = { ...before, id: "test/after" };

async function results(
  mode: string,
  options: ConformOptions = {},
  args: readonly string[] = [],
): Promise<CaseResult[]> {
  const command = [process.execPath, ROGUE, mode, ...args];
  const all: CaseResult[] = [];
  const cases = [before, trigger, after];
  for await (const result of conform({ command }, { cases, timeoutMs: 400, ...options })) {
    all.push(result);
  }
  return all;
}

const FAULTS: readonly (readonly [mode: string, kind: FailureKind])[] = [
  ["hang", "hang"],
  ["crash", "crash"],
  ["crash-midway", "crash"],
  ["flood-stdout", "flood"],
  ["wrong-id", "wrong-id"],
  ["two-answers", "garbage"],
  ["line-separator", "fault"],
  ["not-utf8", "garbage"],
  ["not-json", "garbage"],
  ["bad-line", "bad-line"],
  ["two-outcomes", "bad-line"],
  ["closes-stdout", "closed"],
];

for (const [mode, kind] of FAULTS) {
  test(`${mode} fails its own case as ${kind}, and the run goes on`, async () => {
    const [first, second, third] = await results(mode);
    assert.equal(first?.verdict, "pass");
    assert.equal(second?.failure?.kind, kind, second?.failure?.summary);
    assert.equal(third?.verdict, "pass", third?.failure?.summary);
  });
}

for (const mode of ["good", "flood-stderr", "half-lines"]) {
  test(`${mode} passes`, async () => {
    const verdicts = (await results(mode, { timeoutMs: 2000 })).map((result) => result.verdict);
    assert.deepEqual(verdicts, ["pass", "pass", "pass"]);
  });
}

test("a port that closes its stdin fails the next case", async () => {
  const [, second, third] = await results("closes-stdin");
  assert.equal(second?.verdict, "pass");
  assert.ok(["closed", "hang"].includes(third?.failure?.kind ?? ""), third?.failure?.kind);
});

test("the end of stderr and the line at fault are kept, and bounded", async () => {
  const [, crash] = await results("crash");
  assert.match(crash?.failure?.stderr ?? "", /ValueError: the port is broken/);
  const [, garbage] = await results("not-json");
  assert.match(garbage?.failure?.line ?? "", /Traceback/);
  const [, flood] = await results("flood-stdout");
  assert.ok((flood?.failure?.line ?? "").length < 300);
});

test("a child that a port leaves behind is killed", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "chatterbox-"));
  t.after(() => {
    rmSync(folder, { recursive: true });
  });
  const file = join(folder, "pid");
  await results("leaves-child", {}, [file]);
  const pid = Number(readFileSync(file, "utf8"));
  assert.ok(await isGone(pid), `process ${pid} is still running`);
});

test("without a hello the run is given up", async () => {
  await assert.rejects(results("no-hello", { helloTimeoutMs: 200 }), CannotDrive);
});

test("a port that breaks in five successive cases is given up", async () => {
  const cases = Array.from({ length: 9 }, (_, i) => ({ ...before, id: `test/${i}` }));
  const command = [process.execPath, ROGUE, "always-crash"];
  const seen: CaseResult[] = [];
  await assert.rejects(async () => {
    for await (const result of conform({ command }, { cases })) seen.push(result);
  }, CannotDrive);
  assert.equal(seen.length, 5);
});

test("lines are cut at byte 0x0A and nowhere else", () => {
  const lines = new LineSplitter(64);
  const text = Buffer.from('{"a":"\u2028\u2029\u0085\r\v"}\nb\n\nc');
  const cut = [...text].flatMap((byte) => lines.push(Buffer.of(byte)) ?? []);
  assert.deepEqual(
    cut.map((line) => line.toString()),
    ['{"a":"\u2028\u2029\u0085\r\v"}', "b", ""],
  );
  assert.ok(lines.isMidLine);
  assert.equal(lines.push(Buffer.alloc(64)), undefined);
});

test("what the kit sends is ASCII", () => {
  const sent = asciiJson({ text: "é\u2028😀\u007f" });
  assert.match(sent, /^[\x20-\x7e]*$/);
  assert.deepEqual(JSON.parse(sent), { text: "é\u2028😀\u007f" });
});

async function isGone(pid: number): Promise<boolean> {
  for (let tries = 0; tries < 50; tries += 1) {
    try {
      process.kill(pid, 0);
    } catch {
      return true;
    }
    // A zombie that nobody waits for (no init in some containers) is dead all the same.
    if (/^State:\s*Z/m.test(statusOf(pid))) return true;
    await sleep(20);
  }
  return false;
}

function statusOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/status`, "utf8");
  } catch {
    return "";
  }
}
