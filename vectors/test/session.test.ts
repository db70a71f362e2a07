// The session vectors as files: that they are what the scripts make, that the model gives the same
// answers from the files alone, and that every clause about a session has a vector.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { ModelReceiver } from "../generate/model/receiver.js";
import { ModelSender } from "../generate/model/sender.js";
import type { SessionCase, SessionFile } from "../generate/session/case.js";
import { SESSION_FILES } from "../generate/session/files.js";
import { sessionText } from "../generate/session/format.js";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const FOLDER = join(ROOT, "vectors/session");

const read = (name: string): SessionFile =>
  JSON.parse(readFileSync(join(FOLDER, name), "utf8")) as SessionFile;
const onDisk = readdirSync(FOLDER).map(read);
const cases: readonly SessionCase[] = onDisk.flatMap((file) => file.cases);

test("the files are what the scripts make", () => {
  const made = new Map(SESSION_FILES.map((file) => [`${file.file}.json`, sessionText(file)]));
  assert.deepEqual(readdirSync(FOLDER).sort(), [...made.keys()].sort());
  for (const [name, text] of made) {
    assert.ok(readFileSync(join(FOLDER, name), "utf8") === text, `${name} differs`);
  }
});

test("the text of a file says what the file is", () => {
  for (const file of SESSION_FILES) {
    assert.deepEqual(JSON.parse(sessionText(file)), JSON.parse(JSON.stringify(file)));
  }
});

test("the model answers every step from the file alone", () => {
  for (const one of cases) {
    const endpoint =
      one.role === "receiver"
        ? new ModelReceiver(one.config, one.now)
        : new ModelSender(one.config);
    for (const [i, { now, inputs, expect }] of one.steps.entries()) {
      assert.deepEqual(endpoint.step({ now, inputs }), expect, `${one.id} step ${i}`);
    }
  }
});

test("times never go back, and ids are used once", () => {
  for (const one of cases) {
    const times = [
      one.now,
      ...one.steps.flatMap(({ now, inputs }) => [...inputs.map(({ at }) => at), now]),
    ];
    assert.deepEqual(
      times,
      times.toSorted((a, b) => a - b),
      one.id,
    );
  }
  const ids = cases.map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length);
});

/** Areas that are about sessions, and clauses of other areas that are. */
const SESSION_AREAS = ["STR", "SND", "RCV", "ACK", "TIM", "CC", "OPN", "END", "ERR"];
const SESSION_CLAUSES = ["BND-4", "SEC-2", "PKT-14", "PKT-15", "PKT-18", "LIM-10"];

test("every clause about sessions that can be tested is cited", () => {
  const spec = readFileSync(join(ROOT, "SPEC.md"), "utf8");
  const clauses = spec.split(/\n\n/).flatMap((paragraph) => {
    const id = /^\*\*([A-Z]+-\d+)\.\*\*/.exec(paragraph)?.[1];
    return id === undefined || paragraph.includes("*Untestable because*") ? [] : [id];
  });
  const isAboutSessions = (id: string): boolean =>
    SESSION_AREAS.includes(id.replace(/-\d+$/, "")) || SESSION_CLAUSES.includes(id);
  const cited = new Set(cases.flatMap((one) => one.clauses));
  const missing = clauses.filter((id) => isAboutSessions(id) && !cited.has(id));
  assert.ok(clauses.filter(isAboutSessions).length > 80, "the clauses were not found");
  assert.deepEqual(missing, []);
  const known = new Set(clauses);
  assert.deepEqual(
    [...cited].filter((id) => !known.has(id)),
    [],
    "cited, but not in SPEC.md or untestable",
  );
});

test("every case does something", () => {
  const dull = cases.filter(({ steps }) =>
    steps.every(({ inputs, expect }) => inputs.length === 0 && expect.outputs.length === 0),
  );
  assert.deepEqual(
    dull.map(({ id }) => id),
    [],
  );
});
