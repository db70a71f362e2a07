// Ladders, as data, text and SVG: what is lost, discarded or missing never looks delivered.

import assert from "node:assert/strict";
import { test } from "node:test";
import { ladderLines } from "../report/ladder.js";
import { latestRungs, sessionLadder, type Ladder } from "../report/rungs.js";
import { svgLadder } from "../report/svg-ladder.js";
import {
  hostile,
  HOSTILE,
  missingAck,
  mixed,
  reportOf,
  session,
  withoutAck,
} from "./report-runs.js";
import { elements, parseXml } from "./strict-xml.js";

const whole = sessionLadder(session, 1, []);

test("rungs say who sends what when, and what becomes of it", () => {
  const [first, gap, third, old, rendered, ack, ...rest] = whole.rungs;
  assert.equal(whole.port, "receiver");
  assert.deepEqual(first, { step: 0, at_us: 1000, to: "receiver", what: "1: empty" });
  assert.deepEqual(gap, { step: 1, at_us: 2500, to: "receiver", what: "2", lost: true });
  assert.equal(third?.tokens, "[0,2)");
  assert.equal(old?.refused, "duplicate");
  assert.equal(rendered?.to, undefined);
  assert.equal(ack?.to, "sender");
  assert.deepEqual(rest, []);
});

test("what must come and did not is missing, an answer or none", () => {
  const missing = (answer: typeof withoutAck | undefined): string[] =>
    (reportOf([missingAck("a/b", answer)]).cases[0]?.ladder?.rungs ?? [])
      .filter((rung) => rung.missing === true)
      .map((rung) => rung.what);
  assert.deepEqual(missing(withoutAck), ["1: Ack next 2 largest 3"]);
  assert.deepEqual(missing(undefined), ["renders 2 from 0", "1: Ack next 2 largest 3"]);
});

test("the latest rungs are kept and the others counted", () => {
  const two = latestRungs(whole, 2);
  assert.equal(two.before, 4);
  assert.equal(latestRungs(two, 1).before, 5);
  assert.match(ladderLines(two, 1)[1] ?? "", /… 5 before/);
});

test("a line that arrives has a head, one that does not has an X and a reason", () => {
  const lines = ladderLines(whole, 99).slice(1);
  assert.match(lines[0] ?? "", /<-- 1: empty -+ \|$/);
  assert.match(lines[1] ?? "", /\| X lost +-* ?2 -+ \|$/);
  assert.match(lines[3] ?? "", /\| X duplicate /);
  assert.ok(!/[<>]/.test(`${lines[1] ?? ""}${lines[3] ?? ""}`));
});

test("as SVG too", () => {
  const root = parseXml(svgLadder(whole, 1));
  const rungs = elements(root, "g");
  const heads = rungs.map((rung) => elements(rung, "use").map((use) => use.attributes.href));
  const [toReceiver, toSender, stopped] = [["#to-receiver"], ["#to-sender"], ["#stopped"]];
  assert.deepEqual(heads, [toReceiver, stopped, toReceiver, stopped, [], toSender]);
  const ends = rungs.flatMap((rung) => elements(rung, "line")).map((line) => line.attributes.x2);
  assert.deepEqual(ends, ["0", "50%", "0", "50%", "100%"]);
  const reasons = elements(root, "text").filter(({ attributes }) =>
    attributes.class?.startsWith("reason"),
  );
  assert.deepEqual(
    reasons.map(({ text }) => text),
    ["lost", "duplicate"],
  );
  const ranges = elements(root, "tspan").map(({ text }) => text);
  assert.deepEqual(ranges, ["[0,2)"]);
  assert.equal(elements(root, "rect").length, 5, "the failed step is marked");
});

test("in SVG what is missing has no line at all", () => {
  const failed = mixed.cases.find((item) => item.id === "test/lost")?.ladder;
  assert.ok(failed !== undefined);
  const last = elements(parseXml(svgLadder(failed, 1)), "g").at(-1);
  assert.ok(last !== undefined);
  assert.deepEqual([elements(last, "line"), elements(last, "use")], [[], []]);
  assert.match(elements(last, "text").at(-1)?.text ?? "", /^must come: 1: Ack/);
});

test("labels are text, and long ones are cut", () => {
  const ladder: Ladder = {
    ...{ port: "sender", before: 0 },
    rungs: [
      { step: 0, at_us: 0, to: "receiver", what: HOSTILE.repeat(3), refused: HOSTILE },
      { step: 0, at_us: 1, what: HOSTILE },
    ],
  };
  const root = parseXml(svgLadder(ladder, undefined));
  assert.ok(elements(root, "title").length > 0);
  assert.equal(elements(root, "img").length, 0);
  assert.equal(hostile.cases.length, 2);
});
