// The command line of properties: what `run` saves `replay` plays, a seed and a path find it again, and
// without properties there is no claim.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";

const BIN = fileURLToPath(new URL("../../../bin/chatterbox-conformance.js", import.meta.url));
const WRONG = fileURLToPath(new URL("./fixtures/wrong-ports/main.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "chatterbox-"));
after(() => {
  rmSync(folder, { recursive: true });
});

function kit(...words: readonly string[]): { status: number | null; text: string } {
  const done = spawnSync(process.execPath, [BIN, ...words], { encoding: "utf8", cwd: folder });
  return { status: done.status, text: done.stdout + done.stderr };
}

const port = (id: string) => ["--", process.execPath, WRONG, id];

test("run saves a counterexample, replay plays it, and a right port holds", () => {
  const only = ["run", "--only", "properties/receiver", "--seed", "5"];
  const ran = kit(...only, ...port("kicks-ever-later"));
  assert.equal(ran.status, 1, ran.text);
  assert.match(ran.text, /FAIL properties\/receiver/);
  assert.match(ran.text, /TIM-3/);
  assert.match(ran.text, /SPEC's deadline is kick at/);
  assert.match(ran.text, /--only properties\/receiver --seed 5/);
  const saved = join("counterexamples", "receiver.json");
  assert.ok(ran.text.includes(`replay ${saved}`));

  const again = kit("replay", saved, ...port("kicks-ever-later"));
  assert.equal(again.status, 1, again.text);
  assert.match(again.text, /SPEC's deadline is kick at/);
  const right = kit("replay", saved, ...port("none"));
  assert.equal(right.status, 0, right.text);
  assert.match(right.text, /The session holds now/);

  const { path } = JSON.parse(readFileSync(join(folder, saved), "utf8")) as { path: string };
  const found = kit(...only, "--path", path, ...port("kicks-ever-later"));
  assert.equal(found.status, 1, found.text);
  assert.ok(found.text.includes(`path ${path}`));
});

test("the options of properties are held to what they mean", () => {
  writeFileSync(join(folder, "none.json"), "{}");
  const replayed = kit("replay", "none.json", ...port("none"));
  assert.equal(replayed.status, 2);
  assert.match(replayed.text, /cannot replay none\.json/);
  const pathless = kit("run", "--only", "properties", "--path", "0", ...port("none"));
  assert.equal(pathless.status, 2);
  assert.match(pathless.text, /choose one of/);
  const without = kit("run", "--no-properties", "--only", "properties", ...port("none"));
  assert.equal(without.status, 2);
  const few = kit("run", "--only", "properties", "--runs", "3", ...port("none"));
  assert.equal(few.status, 0, few.text);
  assert.match(few.text, /A selection supports no claim/);
});

test("a port that claims only the role sender is exercised by properties", () => {
  const whole = kit("run", "--runs", "5", ...port("free"));
  assert.equal(whole.status, 0, whole.text);
  assert.match(whole.text, /sender +1 case/);
});
