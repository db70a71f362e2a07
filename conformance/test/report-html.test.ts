// The page: nothing leads out of it, nothing that a port writes gets into its markup, every failure is on
// it, and it stays small when everything fails.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { html } from "../report/html.js";
import { reportJson, type Report } from "../report/report.js";
import {
  expected,
  givenUp,
  hostile,
  invalidResult,
  missingAck,
  mixed,
  passed,
  reportOf,
  withoutAck,
} from "./report-runs.js";

const ALL = { mixed, hostile, expected, givenUp, empty: reportOf([passed], { isSelection: true }) };

/** Between the page's own tags: what a browser would take for markup, by name. */
function tags(page: string, name: string): string[] {
  return [...page.matchAll(new RegExp(`<${name}[\\s>][^>]*>?`, "gi"))].map(([tag]) => tag);
}

function inside(page: string, name: string): string {
  const [, text] = new RegExp(`<${name}>([^]*?)</${name}>`).exec(page) ?? [];
  assert.ok(text !== undefined);
  return text;
}

for (const [name, report] of Object.entries(ALL)) {
  test(`${name}: no reference leads out of the page`, () => {
    const page = html(report);
    for (const [, target = ""] of page.matchAll(/\s(?:src|href|action|poster|data)="([^"]*)"/g)) {
      assert.match(target, /^(#|data:)/);
    }
    assert.doesNotMatch(page.replace(/<dd>[^]*?<\/dd>|&lt;a href[^]*?&gt;/g, ""), /="https?:/);
    assert.doesNotMatch(inside(page, "style"), /url\(|@import/);
    assert.doesNotMatch(inside(page, "script"), /fetch|XMLHttp|import\(|https?:/);
  });

  test(`${name}: the policy allows exactly its own style and script`, () => {
    const page = html(report);
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1] ?? "";
    assert.match(policy, /^default-src &#39;none&#39;; /);
    assert.doesNotMatch(policy, /unsafe|\*/);
    for (const element of ["style", "script"]) {
      const hash = createHash("sha256").update(inside(page, element)).digest("base64");
      assert.ok(policy.includes(`${element}-src &#39;sha256-${hash}&#39;`));
      assert.equal(tags(page, element).length, 1);
    }
    const markup = page.replace(/<(style|script)>[^]*?<\/\1>/g, "");
    for (const [tag] of markup.matchAll(/<[a-z][^>]*>/gi)) {
      assert.doesNotMatch(tag.replace(/"[^"]*"/g, '""'), /\s(style|on\w+)=/, tag);
    }
  });

  test(`${name}: the same report gives the same page, from a file too`, () => {
    const read = JSON.parse(reportJson(report)) as Report;
    assert.equal(html(read), html(report));
  });

  test(`${name}: no two elements share an id, and each link has its place`, () => {
    const page = html(report);
    const ids = [...page.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
    assert.equal(new Set(ids).size, ids.length);
    for (const [, target = ""] of page.matchAll(/href="#([^"]*)"/g)) {
      assert.ok(ids.includes(target), target);
    }
  });
}

test("a failure that was expected is there, apart from the others and with its reason", () => {
  const page = html(expected);
  assert.match(page, /<summary>1 case failed as expected<\/summary><details class="case fail"/);
  assert.match(page, /<b>Expected<\/b> bug: &lt;\/script&gt;/);
  assert.match(page, /<ul class="problems"><li>there is no case &lt;/);
  assert.match(page, /<span class="state none">failed as expected</);
});

test("what a port writes is text and nothing else", () => {
  for (const page of [html(hostile), html(expected), html(givenUp)]) {
    assert.deepEqual(tags(page, "img"), []);
    assert.doesNotMatch(page, /<!--|<a href="http/);
    // eslint-disable-next-line no-control-regex -- these are what is looked for
    assert.doesNotMatch(page, /[\u0000-\u0008\u000b-\u001f\u202a-\u202e\ud800-\udfff\uffff]/u);
  }
  assert.match(html(hostile), /&lt;\/script&gt;&lt;img src=x onerror=alert\(1\)&gt;/);
});

test("every failure is there with its evidence; what passed carries none", () => {
  const page = html(mixed);
  for (const id of ["test/invalid", "test/lost"]) {
    assert.ok(page.includes(`<details class="case fail" id="${id}"`));
  }
  assert.equal(tags(page, 'svg class="ladder"').length, 1);
  assert.match(page, /<code>waits<\/code>/);
  assert.match(page, /400 bytes<\/span><\/td><td class="inner">zeros/);
  assert.match(page, /--only test\/lost -- node &#39;my port.js&#39;/);
  assert.match(page, /Seed<\/dt><dd>7</);
  assert.match(page, /sends-no-ack/);
  assert.match(page, /id="RCV-4"[^>]*aria-label="RCV-4, failed"/);
  assert.match(page, /id="PKT-6"[^>]*aria-label="PKT-6, exercised"/);
  assert.match(page, /id="SND-7"[^>]*aria-label="SND-7, not exercised"/);
});

test("a long run in which everything fails is on the page, which stays small", () => {
  const ids = Array.from({ length: 450 }, (_, i) => `test/case-with-a-long-name-${i}`);
  const long = "x".repeat(5000);
  const report = reportOf([
    ...ids.map((id) => invalidResult(`${id}-codec`, long)),
    ...ids.map((id) => missingAck(`${id}-session`, withoutAck)),
  ]);
  const page = html(report);
  assert.ok(Buffer.byteLength(page) < 1_500_000, `${Buffer.byteLength(page)} bytes`);
  assert.equal(tags(page, 'details class="case fail"').length, 900);
});
