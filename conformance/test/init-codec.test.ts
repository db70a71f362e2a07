// The kit against generated adapters, through its command: the template as it is passes nothing and
// breaks at nothing; with a codec dropped in for its port it passes the codec's cases and no others.
// The two codecs are further readings of SPEC.md chapters 4 and 5, one strict, one by encoding again.

import assert from "node:assert/strict";
import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { initCommand } from "../init/init.js";
import { packagePath } from "../package-root.js";
import type { Report } from "../report/report.js";
import { LANGUAGES, run, scratch, skip } from "./init-adapter.js";

const CODECS: ReadonlyMap<string, string> = new Map([
  ["js", "js-codec.mjs"],
  ["python", "python_codec.py"],
]);

/** Runs the kit against the adapter in a folder. */
function judge(
  folder: string,
  start: readonly string[],
): { status: number | null; report: Report } {
  const bin = packagePath("bin/chatterbox-conformance.js");
  const file = join(folder, "report.json");
  const command = [process.execPath, bin, "run", "--report", file, "--", ...start];
  const { status, stderr } = run(command, folder);
  assert.notEqual(status, 4, stderr);
  return { status, report: JSON.parse(readFileSync(file, "utf8")) as Report };
}

for (const language of LANGUAGES) {
  const codec = CODECS.get(language.name);
  if (codec === undefined) continue;

  test(`no case passes against the ${language.name} template, and nothing breaks`, (t) => {
    const folder = scratch(t);
    initCommand(language.name, join(folder, "port"));
    if (run([language.tool, "--version"], folder).missing) {
      skip(t, `${language.tool} is not installed`);
      return;
    }

    const { status, report } = judge(join(folder, "port"), language.start);

    assert.equal(status, 1);
    assert.equal(report.verdict, "non-conformant");
    const judged = report.cases.filter(({ verdict }) => verdict !== "not-run");
    assert.ok(judged.length > 0);
    for (const { id, role, failure } of judged) {
      assert.equal(role, "codec", id);
      assert.equal(failure?.kind, "unsupported", id);
    }
  });

  test(`with ${codec} as its port, exactly the codec's cases pass`, (t) => {
    const folder = scratch(t);
    initCommand(language.name, join(folder, "port"));
    copyFileSync(
      packagePath(`conformance/test/fixtures/init/${codec}`),
      join(folder, "port", language.port),
    );
    if (run([language.tool, "--version"], folder).missing) {
      skip(t, `${language.tool} is not installed`);
      return;
    }

    const { status, report } = judge(join(folder, "port"), language.start);

    const failed = report.cases.filter(({ verdict }) => verdict === "fail");
    assert.deepEqual(
      failed.map(({ id, failure }) => `${id}: ${failure?.summary ?? ""}`),
      [],
    );
    assert.equal(status, 0);
    assert.equal(report.verdict, "conformant");
    const passed = report.cases.filter(({ verdict }) => verdict === "pass");
    const ofCodec = report.cases.filter(({ role }) => role === "codec");
    assert.ok(passed.length > 0);
    assert.deepEqual(passed, ofCodec);
  });
}
