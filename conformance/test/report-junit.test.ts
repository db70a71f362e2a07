// JUnit XML: well-formed whatever a port writes, with the counts that it claims, and with the terminal's
// words for each failure.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { junit } from "../report/junit.js";
import { expected, givenUp, hostile, HOSTILE, mixed } from "./report-runs.js";
import { elements, parseXml } from "./strict-xml.js";

for (const [name, report] of Object.entries({ mixed, hostile, expected, givenUp })) {
  test(`${name}: well-formed, and the counts are those of its cases`, () => {
    const root = parseXml(junit(report));
    const count = (element: typeof root, what: string): string =>
      String(elements(element, what).length);
    for (const suite of [root, ...elements(root, "testsuite")]) {
      assert.equal(suite.attributes.tests, count(suite, "testcase"));
      assert.equal(suite.attributes.failures, count(suite, "failure"));
      assert.equal(suite.attributes.errors, count(suite, "error"));
      assert.equal(suite.attributes.skipped, count(suite, "skipped"));
    }
  });

  test(`${name}: another parser reads it too`, (t) => {
    const program = "import sys, xml.etree.ElementTree as e; e.parse(sys.stdin.buffer)";
    const python = spawnSync("python3", ["-c", program], { input: junit(report) });
    if (python.error !== undefined) t.skip("there is no python3");
    else assert.equal(python.status, 0, python.stderr.toString());
  });
}

test("a suite for each role; failures say what the terminal says", () => {
  const root = parseXml(junit(mixed));
  assert.deepEqual(
    elements(root, "testsuite").map(({ attributes }) => attributes.name),
    ["codec", "receiver", "sender-exact"],
  );
  const [first, second] = elements(root, "failure");
  assert.equal(first?.attributes.type, "wrong-code");
  assert.match(second?.text ?? "", /FAIL test\/lost[^]*must come: 1: Ack[^]*replay {4}npx /);
  const [skipped] = elements(root, "skipped");
  assert.match(skipped?.attributes.message ?? "", /does not claim sender-exact/);
});

test("an expected failure is skipped, an expectation that does not hold fails", () => {
  const root = parseXml(junit(expected));
  const [skipped] = elements(root, "skipped");
  assert.match(skipped?.attributes.message ?? "", /^expected bug: /);
  assert.equal(elements(root, "failure").length, 1);
});

test("a run that was given up is an error, not a pass", () => {
  const [error] = elements(parseXml(junit(givenUp)), "error");
  assert.equal(error?.attributes.message, "no hello");
});

test("what cannot be seen is written as an escape", () => {
  assert.ok(HOSTILE.includes("\u001b"));
  const [failure] = elements(parseXml(junit(hostile)), "failure");
  assert.match(failure?.attributes.message ?? "", /\\x00\\x1b\[31m\\u202e\\ud800\\uffff/);
});
