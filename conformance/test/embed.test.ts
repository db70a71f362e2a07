// The kit as others get it: the packed tarball, in an empty folder, inside a port's own tests. The
// example is the one of conformance/README.md, word for word.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { conform, type CaseResult, type Json, type JsonObject } from "../index.js";
import { packagePath, packageText } from "../package-root.js";
import { answer } from "../ports/reference/answer.js";
import type { RequestLine } from "../ports/serve.js";

const NAME = "chatterbox-conformance";

let folder = "";

before(() => {
  folder = mkdtempSync(join(tmpdir(), "chatterbox-embed-"));
  const pack = ["pack", "--ignore-scripts", "--silent", "--pack-destination", folder];
  run("npm", pack, packagePath(""));
  const modules = join(folder, "node_modules");
  mkdirSync(join(modules, NAME), { recursive: true });
  const { version } = JSON.parse(packageText("package.json")) as { readonly version: string };
  run("tar", ["-xzf", `${NAME}-${version}.tgz`, "-C", join(modules, NAME), "--strip-components=1"]);
  for (const name of dependencies()) {
    mkdirSync(join(modules, name, ".."), { recursive: true });
    symlinkSync(packagePath(`node_modules/${name}`), join(modules, name));
  }
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }\n');
});

after(() => {
  rmSync(folder, { recursive: true, force: true });
});

function dependencies(): string[] {
  const { dependencies: names } = JSON.parse(packageText("package.json")) as {
    readonly dependencies: Readonly<Record<string, string>>;
  };
  return Object.keys(names);
}

function run(program: string, args: readonly string[], cwd = folder): string {
  const env = { ...process.env };
  delete env.NODE_TEST_CONTEXT; // Or the tests inside would report to the runner of this one.
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    ...{ cwd, env, encoding: "utf8", maxBuffer: 1 << 26 },
  });
  assert.equal(status, 0, `${program}: ${error?.message ?? ""}${stderr}${stdout.slice(-4000)}`);
  return stdout;
}

/** The example of a page, in the language of its fence. */
function exampleIn(page: string): string {
  const [, code] = /^```js\n([\s\S]*?)^```$/m.exec(packageText(page)) ?? [];
  assert.ok(code);
  return code;
}

/** The adapter of the reference as a function, in a port of its own. */
const ADAPTER = `
import { answer as outcome } from "./node_modules/${NAME}/dist/conformance/ports/reference/answer.js";

export const answer = (request) => ({ id: request.id, ...outcome(request) });
`;

test("the example gives a test for each case, with the reference inside the process", () => {
  writeFileSync(join(folder, "adapter.js"), ADAPTER);
  writeFileSync(join(folder, "port.test.js"), exampleIn("conformance/README.md"));
  const out = run(process.execPath, ["--test", "--test-reporter=tap", "port.test.js"]);
  const count = (word: string): number =>
    Number(new RegExp(`^# ${word} (\\d+)$`, "m").exec(out)?.[1]);
  assert.ok(count("pass") > 500, out.slice(-400));
  assert.equal(count("fail"), 0);
});

test("the example fails the tests of the cases that a port fails", () => {
  const wrong = `${ADAPTER.replace("export const answer", "const right")}
export const answer = (request) =>
  request.cmd === "hello"
    ? { id: request.id, ok: { ...right(request).ok, roles: ["codec"] } }
    : request.cmd === "encode" ? { id: request.id, unsupported: "encode" } : right(request);
`;
  writeFileSync(join(folder, "adapter.js"), wrong);
  const { status, stdout } = spawnSync(process.execPath, ["--test-reporter=tap", "port.test.js"], {
    ...{ cwd: folder, encoding: "utf8", maxBuffer: 1 << 26 },
    env: { ...process.env, NODE_TEST_CONTEXT: "" },
  });
  assert.equal(status, 1);
  assert.match(stdout, /the port answered "unsupported encode" in a role that it claims/);
  assert.match(stdout, /^ok \d+ - .* # SKIP the port does not claim receiver$/m);
});

test("the example of TSDoc is that of the page", () => {
  const source = packageText("dist/conformance/engine/conform.d.ts").replace(/^ \* ?/gm, "");
  for (const line of exampleIn("conformance/README.md").trim().split("\n").slice(5)) {
    assert.ok(source.includes(line), line);
  }
});

const inside = (request: JsonObject): Json => {
  const line = request as unknown as RequestLine;
  return { id: line.id, ...answer(line) } as unknown as Json;
};

async function verdicts(handler: (request: JsonObject) => Json): Promise<CaseResult[]> {
  const all: CaseResult[] = [];
  for await (const result of conform({ handler }, { only: ["runs/"], jobs: 4 })) all.push(result);
  return all;
}

test("a handler that throws fails its case and no other", async () => {
  const [first] = await verdicts(inside);
  assert.ok(first?.case?.type === "valid" && first.verdict === "pass");
  const { datagram } = first.case;
  const all = await verdicts((request) => {
    if (request.datagram === datagram) throw new RangeError("the port is broken");
    return inside(request);
  });
  const failed = all.filter(({ verdict }) => verdict === "fail");
  assert.ok(failed.some(({ id }) => id === first.id));
  assert.ok(failed.every(({ failure }) => failure?.summary.includes("the port is broken")));
  assert.ok(failed.length < all.length);
});
