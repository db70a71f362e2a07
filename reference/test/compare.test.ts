// Reference and model on random schedules: any difference in results, outputs, deadline, timer or view
// fails, with the smallest schedule that shows it. `npm run compare` tries more.
import assert from "node:assert/strict";
import { test } from "node:test";
import { hoard } from "../../conformance/properties/world/scenes.js";
import { compare, search } from "./compare/search.js";
import { Tally } from "./compare/tally.js";

const RUNS = 300;
const SEED = 20260101;

test("reference and model agree on random schedules", () => {
  const tally = new Tally();
  const found = search(SEED, RUNS, tally);
  assert.equal(found && `${found.difference}\n${JSON.stringify(found.schedule)}`, undefined);

  const rare = [
    "sender: burst of 10 or more",
    "sender: leaves out what is outstanding",
    "sender: repeat on an ack",
    "sender: quiet repeat",
    "sender: packet of 32 runs",
    "sender: detached by silence",
    "sender: detached by idle",
    "sender: detached by close-sent 7",
    "sender: full",
    "receiver: Open that resumes",
    "receiver: ack of 16 ranges",
    "receiver: failed by close-sent 8",
    "receiver: failed by close-sent 11",
  ];
  assert.deepEqual(
    rare.filter((name) => !tally.counts.has(name)),
    [],
  );
});

test("they agree when a sender forgets its oldest records", () => {
  const tally = new Tally();
  compare(
    {
      streamId: 0,
      epoch: 1,
      sender: { maxPayload: 1200, bucket: 1, logBytes: 1048576, logTokens: 65536 },
      receiver: { maxPayload: 1200, bucket: 1 },
      opening: { from: "start", epochStep: 0, window: 262144, rttHintUs: 0, forged: false },
      weather: [],
      events: hoard,
      heals: false,
    },
    tally,
  );
  assert.ok(tally.counts.has("sender: number above 1024"));
});
