// The badge, the schema of what all forms are made from, and the options of the command that write them.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { packagePath } from "../package-root.js";
import { badge, badgeMessage } from "../report/badge.js";
import { FORMS, formText } from "../report/forms.js";
import { reportJson, type Report } from "../report/report.js";
import { plain } from "../report/style.js";
import { reportText } from "../report/terminal.js";
import { visible } from "../report/visible.js";
import { expected, givenUp, hostile, mixed, passed, reportOf } from "./report-runs.js";
import { elements, parseXml } from "./strict-xml.js";

const conformant = reportOf([passed]);
const selection = reportOf([passed], { isSelection: true });

test("a badge says the claim, the failures or that there is no claim", () => {
  const reports = [conformant, selection, mixed, givenUp];
  assert.deepEqual(reports.map(badgeMessage), [
    "codec receiver",
    "selection passes",
    "non-conformant 2 failing",
    "not driven",
  ]);
  const colours = reports.map((report) => {
    const [rect] = elements(parseXml(badge(report)), "rect");
    return rect?.attributes.fill;
  });
  assert.equal(new Set(colours).size, 3, "green, grey, red and grey again");
  assert.equal(colours[1], colours[3]);
});

test("a badge of a port with any name is well-formed and has no reference", () => {
  const root = parseXml(badge({ ...conformant, port: hostile.port! }));
  assert.equal(elements(root, "text").length, 2);
  assert.doesNotMatch(badge(hostile), /href|url\(|<script|<img/);
});

test("reports keep their schema, hostile ones too", () => {
  for (const report of [conformant, selection, mixed, hostile, expected, givenUp]) {
    assert.deepEqual(JSON.parse(reportJson(report)), JSON.parse(JSON.stringify(report)));
  }
  const clauses = { ...mixed.clauses, sentences: [{ id: "x" }] } as unknown as Report["clauses"];
  assert.throws(() => formText("report", { ...mixed, clauses }), /report\.schema\.json/);
});

test("a terminal is not steered by a port", () => {
  // eslint-disable-next-line no-control-regex -- these are what is looked for
  assert.doesNotMatch(reportText(hostile, plain), /[\u0000-\u0008\u001b\u202e\uffff]/);
  assert.equal(visible("a\tb\n\u001b[1m\u{1f600}\u0085"), "a\tb\n\\x1b[1m\u{1f600}\\x85");
});

const BIN = packagePath("bin/chatterbox-conformance.js");

function run(...words: string[]): { code: number | null; err: string } {
  const { status, stderr } = spawnSync(
    process.execPath,
    [BIN, "run", "--only", "runs/one-token", ...words],
    { encoding: "utf8" },
  );
  return { code: status, err: stderr };
}

test("the command writes every form", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "chatterbox-"));
  t.after(() => {
    rmSync(folder, { recursive: true });
  });
  const { code, err } = run(...FORMS.flatMap((form) => [`--${form}`, join(folder, form)]));
  assert.equal(code, 0, err);
  const report = JSON.parse(readFileSync(join(folder, "report"), "utf8")) as Report;
  for (const form of FORMS) {
    assert.equal(readFileSync(join(folder, form), "utf8"), formText(form, report), form);
  }
});

for (const form of FORMS) {
  test(`--${form} to where nothing can be written is misuse, said in one line`, () => {
    const { code, err } = run(`--${form}`, "/no/such/folder/file");
    assert.equal(code, 2);
    assert.match(err, /^.*cannot write the report to \/no\/such\/folder\/file: .*\n$/);
  });
}
