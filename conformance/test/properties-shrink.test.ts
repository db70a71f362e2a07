// What the searches stand on: smaller schedules and scripts are smaller and still mean something, the
// invariants hold of the model, and the model itself comes to its end once a path has healed.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { modelScripts, type Script } from "../properties/script.js";
import { smallerSchedules } from "../properties/shrink.js";
import { smallerScripts } from "../properties/shrink-script.js";
import { ReceiverWatch } from "../properties/watch-receiver.js";
import { SenderWatch } from "../properties/watch-sender.js";
import { briefSchedules, honestSchedules, schedules } from "../properties/world/arbitraries.js";

const RUNS = { seed: 7, numRuns: 60 };
const LIMITS = { stepsMax: 300 };

function breachIn(script: Script): unknown {
  const watch =
    script.role === "sender"
      ? new SenderWatch(script.config, true)
      : new ReceiverWatch(script.config, script.now);
  for (const [place, { now, inputs, expect }] of script.steps.entries()) {
    const breach = expect && watch.judge({ now, inputs }, expect);
    if (breach) return { place, ...breach };
  }
  return undefined;
}

test("the invariants hold of the model on any schedule", () => {
  fc.assert(
    fc.property(schedules, (schedule) => {
      for (const script of modelScripts(schedule, LIMITS).scripts) {
        assert.equal(breachIn(script), undefined);
      }
    }),
    RUNS,
  );
});

test("honest machines of the model come to their end once the path has healed", () => {
  fc.assert(
    fc.property(honestSchedules, (schedule) => {
      const { outcome } = modelScripts(schedule, LIMITS);
      assert.ok(!outcome.isWhole || outcome.hasHealed);
    }),
    RUNS,
  );
});

test("what is smaller than a schedule differs from it and can be played", () => {
  fc.assert(
    fc.property(schedules, (schedule) => {
      const before = JSON.stringify(schedule);
      for (const smaller of first(smallerSchedules(schedule), 20)) {
        assert.notEqual(JSON.stringify(smaller), before);
        modelScripts(smaller, { stepsMax: 20 });
      }
      assert.equal(JSON.stringify(schedule), before);
    }),
    { ...RUNS, numRuns: 20 },
  );
});

test("what is smaller than a script has the answers of the model to its own steps", () => {
  fc.assert(
    fc.property(briefSchedules, (schedule) => {
      const [script] = modelScripts(schedule, { stepsMax: 30 }).scripts;
      assert.ok(script);
      const size = (each: Script) => JSON.stringify(each.steps.map(({ inputs }) => inputs)).length;
      for (const smaller of first(smallerScripts(script), 20)) {
        assert.ok(size(smaller) < size(script));
        assert.equal(breachIn(smaller), undefined);
      }
    }),
    RUNS,
  );
});

function* first<T>(values: Iterable<T>, most: number): Generator<T> {
  let count = 0;
  for (const value of values) {
    if (count === most) return;
    count += 1;
    yield value;
  }
}
