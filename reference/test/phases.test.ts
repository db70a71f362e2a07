// The state tables of Appendix D are lifted out of SPEC.md and compared with the data, cell by cell.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import {
  phaseAfter,
  RECEIVER_TABLE,
  refusalOf,
  SENDER_TABLE,
  type SenderPhase,
  type TransitionTable,
} from "../core/phases.js";

const SPEC = readFileSync(new URL("../../../SPEC.md", import.meta.url), "utf8");

/** Row by row: trigger, then a cell for each phase, as the document writes it. */
function tableOf(heading: string): Record<string, Record<string, string>> {
  const table = new RegExp(`^### ${heading}\\n\\n((?:\\|.*\\n)+)`, "m").exec(SPEC)?.[1] ?? "";
  const [head = [], , ...rows] = table
    .trimEnd()
    .split("\n")
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  const [, ...phases] = head;
  return Object.fromEntries(
    rows.map(([trigger = "", ...cells]) => [
      trigger,
      Object.fromEntries(phases.map((phase, place) => [phase, cells[place] ?? "missing"])),
    ]),
  );
}

function written(table: TransitionTable<string, string>): Record<string, Record<string, string>> {
  return Object.fromEntries(
    Object.entries(table).map(([trigger, row]) => [
      trigger,
      Object.fromEntries(
        Object.entries(row).map(([phase, cell]) => [phase, [cell].flat().join(", ")]),
      ),
    ]),
  );
}

describe("the state tables are those of Appendix D (STR-4)", () => {
  for (const [heading, table, rows] of [
    ["D.1 Sender", SENDER_TABLE, 14],
    ["D.2 Receiver", RECEIVER_TABLE, 10],
  ] as const) {
    test(heading, () => {
      const specified = tableOf(heading);
      assert.equal(Object.keys(specified).length, rows);
      assert.deepEqual(written(table), specified);
    });
  }
});

describe("looking a trigger up", () => {
  test("gives the phase that follows", () => {
    assert.equal(phaseAfter(SENDER_TABLE, "end", "active"), "ending");
    assert.deepEqual(phaseAfter(RECEIVER_TABLE, "end", "opening"), ["active", "ending"]);
    assert.equal(refusalOf(SENDER_TABLE, "end", "active"), undefined);
  });
  test("gives the refusal", () => {
    assert.equal(refusalOf(SENDER_TABLE, "push", "closed"), "closed");
    assert.equal(refusalOf(RECEIVER_TABLE, "packet", "opening"), "unexpected");
    assert.equal(refusalOf(RECEIVER_TABLE, "stop", "active"), undefined);
  });
  test("asserts where nothing follows", () => {
    const lookUp = (phase: SenderPhase): string => phaseAfter(SENDER_TABLE, "silence", phase);
    assert.equal(lookUp("active"), "detached");
    assert.throws(() => lookUp("idle"), /silence in idle/); // cannot happen
    assert.throws(() => phaseAfter(SENDER_TABLE, "push", "ending"), /push in ending/);
  });
});
