// The parts of the model against the known answers of SPEC Appendix B, read from SPEC.md itself.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { accept, describe, isKnown, NOTHING_ACCEPTED } from "../generate/model/accepted.js";
import { jitter, jitterHash } from "../generate/model/jitter.js";
import { digestOf } from "../generate/model/transcript.js";

const SPEC = readFileSync(fileURLToPath(new URL("../../../SPEC.md", import.meta.url)), "utf8");
const APPENDIX_B = SPEC.slice(SPEC.indexOf("## Appendix B"), SPEC.indexOf("## Appendix C"));

test("the jitter has the known answers", () => {
  const rows = [...APPENDIX_B.matchAll(/^\| (\d.*) \|$/gm)].map(([, row = ""]) => row.split(" | "));
  assert.equal(rows.length, 7);
  for (const [epoch, stream, next, hash = "", short, long] of rows) {
    const h = jitterHash(Number(epoch), Number(stream), Number(next));
    assert.equal(h.toString(16).padStart(8, "0"), hash);
    assert.equal(jitter(20_000, h), Number(short));
    assert.equal(jitter(150_000, h), Number(long));
  }
});

test("the transcript has the known answers", () => {
  const tokens = [{ data: "4869" }, { channel: 1, data: "f09f" }];
  const digests = [...APPENDIX_B.matchAll(/^D\((\d)\).* ([0-9a-f]{64})$/gm)];
  assert.equal(digests.length, 3);
  for (const [, count, digest] of digests) {
    assert.equal(digestOf(tokens.slice(0, Number(count))), digest);
  }
});

test("ranges keep what was accepted, against a plain set", () => {
  let seed = 1;
  const random = (below: number): number => {
    seed = (seed * 1103515245 + 12345) % 2 ** 31;
    return seed % below;
  };
  for (let run = 0; run < 50; run += 1) {
    let accepted = NOTHING_ACCEPTED;
    const numbers = new Set<number>();
    for (let i = 0; i < 60; i += 1) {
      const number = 1 + random(80);
      assert.equal(isKnown(accepted, number), numbers.has(number) || number <= accepted.floor);
      if (isKnown(accepted, number)) continue;
      accepted = accept(accepted, number);
      numbers.add(number);
      assert.ok(accepted.ranges.length <= 16);
      const told = describe(accepted, 16);
      const total = told.reduce((sum, count) => sum + count, 0);
      assert.ok(total <= Math.max(...numbers));
    }
  }
});
