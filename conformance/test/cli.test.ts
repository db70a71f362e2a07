// The command itself, by its exit codes and its words.

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { packagePath } from "../package-root.js";
import type { Report } from "../report/report.js";

const BIN = packagePath("bin/chatterbox-conformance.js");
const ROGUE = fileURLToPath(new URL("rogue.js", import.meta.url));
const NULLS = packagePath("dist/conformance/ports/nulls/main.js");

function cli(...words: string[]): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...words], {
    encoding: "utf8",
    env: { ...process.env, FORCE_COLOR: "0" },
  });
  return { code: status, out: stdout, err: stderr };
}

test("alone it runs on the bundled reference, which conforms", () => {
  const { code, out } = cli();
  assert.equal(code, 0, out);
  assert.match(
    out,
    /conforms to Chatterbox 1 \(draft\) as codec, receiver, sender-exact: \d+ cases, /,
  );
});

test("a selection passes without a claim", () => {
  const { code, out } = cli("run", "--only", "runs/");
  assert.equal(code, 0);
  assert.match(out, /supports no claim/);
  assert.doesNotMatch(out, /conforms/);
});

test("a port that is wrong gives 1, the clause, and how to replay", () => {
  const { code, out } = cli("run", "--only", "codec", "--", process.execPath, NULLS, "constant");
  assert.equal(code, 1);
  assert.match(out, /FAIL /);
  assert.match(out, /replay {4}npx chatterbox-conformance run --only \S+ -- /);
  assert.match(out, /Not conformant/);
});

const USAGE: readonly (readonly string[])[] = [
  ["run", "--frobnicate"],
  ["run", "--timeout", "soon"],
  ["run", "--only", "no-such-thing"],
  ["rnu"],
  ["show", "no/case"],
  ["explain", "ABC-99"],
];

for (const words of USAGE) {
  test(`${words.join(" ")} is misuse: 2 and a word of advice`, () => {
    const { code, out, err } = cli(...words);
    assert.equal(code, 2);
    assert.equal(out, "");
    assert.ok(err.trim().split("\n").length <= 2, err);
  });
}

test("what cannot be started gives 3 in one line", () => {
  const missing = cli("run", "--", "/no/such/program");
  assert.equal(missing.code, 3);
  assert.match(missing.err, /^.*cannot start "\/no\/such\/program": no such program\n$/);
  const script = cli("run", "--", process.execPath, "/no/such/script.js");
  assert.equal(script.code, 3);
  assert.match(script.err, /^.*no valid hello: .*\n$/);
});

test("a port that breaks all the time gives 3", () => {
  const { code } = cli("run", "--", process.execPath, ROGUE, "always-crash");
  assert.equal(code, 3);
});

test("the report validates and says what was run", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "chatterbox-"));
  t.after(() => {
    rmSync(folder, { recursive: true });
  });
  const file = join(folder, "report.json");
  const { code } = cli("run", "--only", "codec", "--report", file);
  assert.equal(code, 0);
  const report = JSON.parse(readFileSync(file, "utf8")) as Report;
  assert.equal(report.verdict, "selection");
  assert.ok(report.cases.every((item) => item.verdict === "pass" && item.assertions > 0));
});

test("an unwritable report is misuse", () => {
  const { code } = cli("run", "--only", "runs/", "--report", "/no/such/folder/report.json");
  assert.equal(code, 2);
});

test("Ctrl-C ends the run with 130", async () => {
  const command = ["run", "--", process.execPath, NULLS, "silent"]; // hello has 10 s
  const child = spawn(process.execPath, [BIN, ...command, "--trace"]);
  setTimeout(() => child.kill("SIGINT"), 800);
  const code = await new Promise((resolve) => child.once("exit", resolve));
  assert.equal(code, 130);
});

test("list, show, explain and doctor have something to say", () => {
  const listed = cli("list", "runs/");
  assert.equal(listed.code, 0);
  const [first = ""] = listed.out.split(/\s/);
  assert.match(cli("show", first).out, new RegExp(first));
  assert.match(cli("explain", "PKT-6").out, /A decoder MUST discard as `invalid` a run/);
  const doctor = cli("doctor");
  assert.equal(doctor.code, 0, doctor.out);
  assert.equal(cli("doctor", "--", process.execPath, NULLS, "constant").code, 1);
});
