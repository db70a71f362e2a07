// The command `pair` by its exit codes and its words.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { basename } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { packagePath } from "../package-root.js";

const BIN = packagePath("bin/chatterbox-conformance.js");
const NULLS = packagePath("dist/conformance/ports/nulls/main.js");
const PROXY = fileURLToPath(new URL("pair-port.js", import.meta.url));
const port = (mode: string): string[] => [process.execPath, PROXY, mode];

function pair(...words: string[]): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, "pair", ...words], {
    encoding: "utf8",
    env: { ...process.env, FORCE_COLOR: "0" },
  });
  return { code: status, out: stdout, err: stderr };
}

test("without a command the reference is paired with itself, in all weathers", () => {
  const { code, out } = pair("--tokens", "30");
  assert.equal(code, 0, out);
  assert.match(out, /clean +loss +fades +outage +reorder +thin/);
  assert.match(out, /ref to ref( +ok +\d+\.\d\d s){6}\n( +\d+ +x\d+\.\d\d){6}\n/);
  assert.match(out, /6 cells: all pass/);
});

test("one port is paired with itself and with the reference both ways", () => {
  const { code, out } = pair("--preset", "clean", "--tokens", "5", "--", ...port("as-it-is"));
  assert.equal(code, 0, out);
  assert.deepEqual(out.match(/^\w+ to \w+/gm), ["A to A", "A to ref", "ref to A"]);
});

test("more ports make a matrix", () => {
  const three = [...port("a"), "----", ...port("b"), "----", ...port("receiver-only")];
  const { code, out } = pair("--preset", "clean", "--tokens", "5", "--", ...three);
  assert.equal(code, 0, out);
  const pairs = ["A to A", "A to B", "A to C", "B to A", "B to B", "B to C"];
  assert.deepEqual(out.match(/^\w+ to \w+/gm), pairs);
});

test("a receiver is only used as a receiver", () => {
  const { code, out } = pair("--preset", "clean", "--", ...port("receiver-only"));
  assert.equal(code, 0, out);
  assert.deepEqual(out.match(/^\w+ to \w+/gm), ["ref to A"]);
});

test("a datagram that is discarded is shown with its fields, who is wrong, and the exchange", () => {
  const { code, out } = pair("--preset", "loss", "--", ...port("long-epoch"));
  assert.equal(code, 1);
  assert.match(out, /FAIL ref discarded A's datagram as not-canonical/);
  assert.match(out, /who +By ENC-4 it must be discarded as not-canonical: A is wrong\./);
  assert.match(out, /10 81 00 +# epoch = 1 in more bytes than needed \(ENC-2\)/);
  assert.match(out, /receiver \(ref\) +sender \(A\)\n/);
  assert.match(out, /--X not-canonical|X not-canonical /);
  assert.match(
    out,
    /replay +npx chatterbox-conformance pair --preset loss --seed 1 --tokens 120 -- /,
  );
  assert.match(out, /3 of 3 cells fail/);
});

const USAGE: readonly (readonly string[])[] = [
  ["--preset", "drizzle"],
  ["--seed", "-1"],
  ["--tokens", "0"],
  ["--", "----", "node"],
  ["--", "node", "----"],
  ["node", "adapter.js"],
  ["--", ...port("codec-only")],
  ["--", ...port("receiver-only"), "----", ...port("receiver-only")],
];

for (const words of USAGE) {
  test(`pair ${words.map((word) => basename(word)).join(" ")} is misuse`, () => {
    const { code, out, err } = pair(...words);
    assert.equal(code, 2, out);
    assert.equal(out, "");
    assert.ok(err.trim().split("\n").length <= 2, err);
  });
}

test("what cannot be started, or breaks all the time, gives 3 and says which port", () => {
  const missing = pair("--", ...port("as-it-is"), "----", "/no/such/program");
  assert.equal(missing.code, 3);
  assert.match(missing.err, /^.*port B: cannot start "\/no\/such\/program": no such program\n$/);
  const breaks = pair("--", process.execPath, NULLS, "crash");
  assert.equal(breaks.code, 3);
  assert.match(breaks.err, /port A broke in 5 successive cells, at last: .*exit code 70/);
});
