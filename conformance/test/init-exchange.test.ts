// Each template as it is generated: it answers everything, claims the codec alone, and breaks at
// nothing. A language without its toolchain is skipped, and says so.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { test } from "node:test";

import { initCommand } from "../init/init.js";
import { LANGUAGES, prepare, run, scratch, skip, talk } from "./init-adapter.js";
import { RECEIVERS } from "./init-toys.js";

/** Requests, each with the outcome it must get; of a fault the text is the language's own. */
function exchangeWith(port: string): readonly (readonly [string, object | "fault"])[] {
  const hello = { ok: { name: "my-port", version: "0.0.0", spec: 1, roles: ["codec"] } };
  const decode = { unsupported: `decode: fill in part 1 of ${port}` };
  const encode = { unsupported: `encode: fill in part 2 of ${port}` };
  const receiver = '"role":"receiver","now":0,"config":{"stream_id":7}';
  const sender = '"role":"sender","now":0,"config":{"stream_id":7}';
  const long = "00".repeat(100_000);
  return [
    ['{"id":1,"cmd":"hello","adapter":1}', hello],
    ['{"id":2,"cmd":"decode","datagram":"100118022a041202486980"}', decode],
    ['{"id":3,"cmd":"encode","packet":{},"max_payload":1200,"bucket":1}', encode],
    [`{"id":4,"cmd":"new","endpoint":"e",${receiver}}`, { unsupported: "role receiver" }],
    [`{"id":5,"cmd":"new","endpoint":"e",${sender}}`, { unsupported: "role sender" }],
    ['{"id":6,"cmd":"step","endpoint":"e","now":9,"inputs":[]}', { unsupported: "endpoint e" }],
    ['{"id":7,"cmd":"canary"}', { unsupported: "cmd canary" }],
    ['{"id":8,"cmd":"constructor"}', { unsupported: "cmd constructor" }],
    ["rubbish", "fault"],
    ["", "fault"],
    ['{"id":9,"cmd":', "fault"],
    // Only 0x0A ends a line: neither U+2028 and U+0085 in a string, nor 0x0D between tokens.
    ['{"id":10,\r"cmd":"hello","adapter":1,"note":"\u2028\u0085"}', hello],
    [`{"id":11,"cmd":"decode","datagram":"${long}"}`, decode],
  ];
}

for (const language of LANGUAGES) {
  test(`the ${language.name} template answers everything`, { timeout: 300_000 }, (t) => {
    const folder = scratch(t);
    initCommand(language.name, folder);
    if (!prepare(t, language, folder)) return;

    const exchange = exchangeWith(basename(language.port));
    const lines = exchange.map(([line]) => line);

    const { status, answers } = talk(language, folder, lines);

    assert.equal(answers.length, exchange.length);
    exchange.forEach(([line, outcome], index) => {
      const { id, ...answer } = answers[index]!;
      if (outcome === "fault") {
        assert.deepEqual(Object.keys(answer), ["fault"], line);
        assert.equal(typeof answer.fault, "string");
        return;
      }
      assert.deepEqual(answer, outcome, line);
      assert.equal(id, Number(/"id":(\d+)/.exec(line)?.[1]));
    });
    assert.equal(status, 0, "it ends when stdin does");
  });
}

test("the python template is Python 3.9", (t) => {
  const folder = scratch(t);
  initCommand("python", folder);
  const check =
    "import ast\n" +
    'for name in "adapter.py", "port.py":\n' +
    "    ast.parse(open(name).read(), name, feature_version=(3, 9))";
  const { missing, status, stderr } = run(["python3", "-c", check], folder);
  if (missing) {
    skip(t, "python3 is not installed");
    return;
  }
  assert.equal(status, 0, stderr);
});

for (const language of LANGUAGES) {
  test(`the ${language.name} template makes and steps endpoints`, { timeout: 300_000 }, (t) => {
    const folder = scratch(t);
    initCommand(language.name, folder);
    fillIn(join(folder, language.port), RECEIVERS[language.name]!);
    if (!prepare(t, language, folder)) return;

    const step = '"cmd":"step","endpoint":"e"';
    const inputs = '[{"at":5,"type":"gate","open":true},{"at":6,"type":"receive","datagram":"80"}]';
    const { status, answers } = talk(language, folder, [
      '{"id":1,"cmd":"new","endpoint":"e","role":"receiver","now":0,"config":{"stream_id":7}}',
      `{"id":2,${step},"now":9007199254740991,"inputs":${inputs}}`,
      `{"id":3,${step},"now":8,"inputs":[{"at":8,"type":"stop","reason":1}]}`,
      `{"id":4,${step},"now":9,"inputs":[]}`,
    ]);

    const view = { phase: "opening", next_index: "0", largest: "0" };
    const made = { outputs: [], timer: null, view };
    const fault = answers[2]?.fault;
    assert.ok(typeof fault === "string" && fault.includes("broken"), "an exception is a fault");
    assert.deepEqual(answers, [
      { id: 1, ok: {} },
      { id: 2, ok: { ...made, results: [null, "padding"], deadline: 9007199254740991 } },
      { id: 3, fault },
      { id: 4, ok: { ...made, results: [], deadline: 9 } },
    ]);
    assert.equal(status, 0);
  });
}

/** Puts a receiver where the template has none. */
function fillIn(port: string, [place, code]: readonly [string, string]): void {
  const text = readFileSync(port, "utf8");
  assert.equal(text.split(place).length, 2, `${place} stands once in ${port}`);
  writeFileSync(
    port,
    text.replace(place, () => code),
  );
}
