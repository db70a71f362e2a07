// Properties over the process boundary: the reference holds, five wrong ports fail with the right clause
// and a short counterexample, and a port that answers otherwise when asked again is told so.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { faultIn } from "../driver/schema.js";
import { openPort } from "../engine/conform.js";
import { scriptIn } from "../properties/case-file.js";
import { playScript } from "../properties/player.js";
import { propertiesFor } from "../properties/properties.js";
import { runProperties, type PropertyResult } from "../properties/run-properties.js";

const WRONG = fileURLToPath(new URL("./fixtures/wrong-ports/main.js", import.meta.url));
const REFERENCE = fileURLToPath(new URL("../ports/reference/main.js", import.meta.url));
/** Time enough for shrinking on a machine that does much else. */
const SHRINK_MS = 60_000;

const wrongPort = (id: string) => ({ command: [process.execPath, WRONG, id] });

async function tryOut(
  target: { readonly command: readonly string[] },
  roles: readonly string[],
  runs: number,
): Promise<readonly PropertyResult[]> {
  const options = { seed: 1, runs, shrinkMs: SHRINK_MS };
  return runProperties(propertiesFor(roles), () => openPort(target), options);
}

test("the reference holds in every role", async () => {
  const target = { command: [process.execPath, REFERENCE] };
  const results = await tryOut(target, ["receiver", "sender", "sender-exact"], 25);
  assert.deepEqual(
    results.map(({ result }) => [result.id, result.verdict, result.failure?.summary]),
    ["receiver", "sender", "sender-exact", "both-sides"].map((name) => [
      `properties/${name}`,
      "pass",
      undefined,
    ]),
  );
  assert.ok(results.every(({ result }) => result.assertions > 1000));
});

test("a port without roles of sessions is tried with nothing", () => {
  assert.deepEqual(propertiesFor(["codec"]), []);
});

const FAULTS = [
  { id: "samples-every-ack", role: "sender-exact", clause: "ACK-10", steps: 20 },
  { id: "repeats-three-times", role: "sender-exact", clause: "SND-4", steps: 20 },
  { id: "digest-without-channel", role: "sender-exact", clause: "END-2", steps: 20 },
  { id: "digest-without-channel", role: "receiver", clause: "RCV-7", steps: 8 },
  { id: "window-of-tokens", role: "sender-exact", clause: "SND-1", steps: 20 },
  { id: "kicks-ever-later", role: "receiver", clause: "TIM-3", steps: 8 },
];

for (const { id, role, clause, steps } of FAULTS) {
  test(`the port ${id} fails as ${role} by ${clause} in at most ${steps} steps`, async () => {
    const [found] = await tryOut(wrongPort(id), [role], 200);
    assert.equal(found?.result.verdict, "fail");
    assert.deepEqual(found.result.clauses, [clause]);
    const { file } = found;
    assert.ok(file);
    assert.equal(faultIn("counterexample.schema.json", file), undefined);
    const inputs = file.case.steps.flatMap((step) => step.inputs);
    assert.ok(file.case.steps.length <= steps, `${file.case.steps.length} steps`);
    assert.ok(inputs.length <= steps, `${inputs.length} inputs`);

    // What was saved fails in the same way when it is played alone, and holds on the right port.
    const script = scriptIn(file);
    const wrong = openPort(wrongPort(id));
    const again = await playScript(script, wrong, true).finally(() => wrong.close());
    assert.equal(again.finding?.clause, clause);
    const right = openPort(wrongPort("none"));
    const held = await playScript(script, right, true).finally(() => right.close());
    assert.equal(held.finding, undefined);
  });
}

test("a sender with times of its own holds as sender and fails as sender-exact", async () => {
  const [free, exact] = await tryOut(wrongPort("slower"), ["sender", "sender-exact"], 30);
  assert.equal(free?.result.verdict, "pass", free?.result.failure?.summary);
  assert.equal(exact?.result.verdict, "fail");
});

test("a sender that never ends fails by its end, and so does what was saved", async () => {
  const [found] = await tryOut(wrongPort("never-done"), ["sender"], 30);
  assert.equal(found?.result.failure?.kind, "not-live");
  assert.deepEqual(found.result.clauses, ["END-5"]);
  assert.ok(found.file);
  const port = openPort(wrongPort("never-done"));
  const again = await playScript(scriptIn(found.file), port, false).finally(() => port.close());
  assert.equal(again.finding?.clause, "END-5");
});

test("a seed and a path lead to the same schedule again", async () => {
  const [first] = await tryOut(wrongPort("kicks-ever-later"), ["receiver"], 200);
  assert.ok(first?.file);
  const { seed, path, schedule } = first.file;
  const options = { seed, path, runs: 1, shrinkMs: SHRINK_MS };
  const open = () => openPort(wrongPort("kicks-ever-later"));
  const [again] = await runProperties(propertiesFor(["receiver"]), open, options);
  assert.deepEqual(again?.file?.schedule, schedule);
  assert.deepEqual(again.result.clauses, ["TIM-3"]);
});

test("a port that answers otherwise when asked again is told so", async () => {
  const [found] = await tryOut(wrongPort("flaky"), ["receiver"], 200);
  assert.equal(found?.result.failure?.kind, "nondeterministic");
  assert.match(found.result.failure.summary, /^nondeterministic port: /);
});

test("a port that dies fails and does not hang the search", async () => {
  const [found] = await tryOut(wrongPort("dies"), ["receiver"], 5);
  assert.equal(found?.result.failure?.kind, "crash");
});
