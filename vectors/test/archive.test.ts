// The archive of the vectors: the same bytes each time, and readable by an ordinary tar.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { tar } from "../generate/tar.js";

const COMMAND = fileURLToPath(new URL("../generate/archive.js", import.meta.url));

function make(): { readonly path: string; readonly said: string } {
  const folder = mkdtempSync(join(tmpdir(), "vectors-"));
  const run = spawnSync(process.execPath, [COMMAND, folder], { encoding: "utf8" });
  assert.equal(run.status, 0, run.stderr);
  const [name = ""] = readdirSync(folder);
  return { path: join(folder, name), said: run.stdout };
}

test("two runs give the same bytes", () => {
  const first = make();
  const second = make();
  assert.equal(first.said, second.said);
  assert.deepEqual(readFileSync(first.path), readFileSync(second.path));
  assert.match(first.said, /^chatterbox-vectors-\S+\.tar\.gz, \d+ bytes, sha256 [0-9a-f]{64}\n/);
});

test("tar lists it, sorted, with every file that a port needs", () => {
  const { path } = make();
  const run = spawnSync("tar", ["tzf", path], { encoding: "utf8" });
  assert.equal(run.status, 0, run.stderr);
  const names = run.stdout.trim().split("\n");
  assert.deepEqual(names, [...names].sort());
  for (const end of [
    "/SPEC.md",
    "/LICENSE",
    "/proto/chatterbox/v1/chatterbox.proto",
    "/vectors/LICENSE",
    "/vectors/README.md",
    "/vectors/packet.schema.json",
    "/vectors/packet/runs.json",
  ]) {
    assert.ok(
      names.some((name) => name.endsWith(end)),
      end,
    );
  }
  assert.ok(!names.some((name) => name.endsWith("tsconfig.json")));
});

test("what comes out of it is what went in", () => {
  const { path } = make();
  const folder = mkdtempSync(join(tmpdir(), "vectors-"));
  assert.equal(spawnSync("tar", ["xzf", path, "-C", folder]).status, 0);
  const [top = ""] = readdirSync(folder);
  const root = fileURLToPath(new URL("../../../", import.meta.url));
  for (const file of ["vectors/packet/padding.json", "SPEC.md"]) {
    assert.deepEqual(readFileSync(join(folder, top, file)), readFileSync(join(root, file)));
  }
});

test("an archive is whole records, and a name that does not fit is refused", () => {
  assert.equal(tar(new Map()).length, 10240);
  assert.equal(tar(new Map([["a", new Uint8Array(512)]])).length, 10240);
  assert.throws(() => tar(new Map([["a".repeat(100), new Uint8Array()]])), RangeError);
});
