// `init` writes what its templates hold, with the names a repository needs, and nothing over anything.

import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { UsageError } from "../cli/exit-code.js";
import { initCommand } from "../init/init.js";
import { kitVersion } from "../package-root.js";
import { LANGUAGES, scratch } from "./init-adapter.js";

const refusal = (message: RegExp): ((error: unknown) => boolean) => {
  return (error) =>
    error instanceof UsageError && message.test(error.message) && !error.message.includes("\n");
};

for (const { name, adapter, port } of LANGUAGES) {
  test(`init ${name} writes an adapter, a port, a README and a workflow`, (t) => {
    const folder = join(scratch(t), "deep", "port");
    const { written, next } = initCommand(name, folder);
    const text = (path: string): string => readFileSync(join(folder, path), "utf8");

    const expected = [
      adapter,
      port,
      "README.md",
      ".gitignore",
      ".github/workflows/conformance.yml",
    ];
    for (const path of expected) {
      assert.ok(written.includes(join(folder, path)), `${path} is missing`);
    }
    assert.ok(text(adapter).split("\n").length <= 100, "the adapter is at most 100 lines");
    for (const part of [
      /\b1\. decode/,
      /\b2\. encode/,
      /\b3\. .*[rR]eceiver/,
      /\b4\. .*[sS]ender/,
    ]) {
      assert.match(text(port), part);
    }
    assert.equal(text("README.md").match(/^\d\. /gm)?.length, 5, "five steps");
    for (const flag of ["--junit conformance.xml", "--badge conformance.svg", "upload-artifact"]) {
      assert.ok(text(".github/workflows/conformance.yml").includes(flag), flag);
    }
    for (const path of written) {
      const content = readFileSync(path, "utf8");
      assert.ok(!content.includes("KIT_VERSION"), `${path} has the placeholder`);
      const versions = content.matchAll(/chatterbox-conformance@(\S+)/g);
      for (const [, version] of versions) assert.equal(version, kitVersion());
    }
    // The workflow and the README start the port as `next` does.
    assert.equal(next.length, 3);
    assert.ok(next[0]?.startsWith("cd "));
    const [, start = ""] = next[2]?.split(" run -- ") ?? [];
    assert.ok(text(".github/workflows/conformance.yml").includes(`-- ${start}`));
    assert.ok(text("README.md").includes(`run -- ${start}`));
  });
}

test("init uses a folder named for the language, and one that is there but empty", (t) => {
  const home = process.cwd();
  t.after(() => {
    process.chdir(home);
  });
  process.chdir(scratch(t));
  mkdirSync("chatterbox-go");
  const { written, next } = initCommand("go", undefined);
  assert.equal(written.length, readdirSync("chatterbox-go", { recursive: true }).length - 2);
  assert.equal(next[0], "cd chatterbox-go && go build -o adapter .");
  assert.equal(initCommand("js", "it's here").next[0], "cd 'it'\\''s here'");
});

test("init refuses in one line, and then writes nothing", (t) => {
  const folder = scratch(t);
  const file = join(folder, "file");
  writeFileSync(file, "mine");
  assert.throws(() => initCommand("js", folder), refusal(/is not empty/));
  assert.throws(() => initCommand("js", file), refusal(/is a file/));
  assert.throws(
    () => initCommand("js", join(file, "below")),
    refusal(/cannot write to .*: ENOTDIR/),
  );
  assert.throws(() => initCommand("cobol", folder), refusal(/choose one of js, python, go, rust/));
  assert.throws(() => initCommand("constructor", join(folder, "new")), refusal(/no template/));
  assert.deepEqual(readdirSync(folder), ["file"]);
  assert.equal(readFileSync(file, "utf8"), "mine");
});
