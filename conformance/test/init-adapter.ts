// Generated adapters as the tests use them: how each is built and started, and a talk with one. All
// requests go in at once; that the answers come in order is part of what is tested.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";

/** A language of `init`: its files with the port and the adapter, and how they become a program. */
export interface Language {
  readonly name: string;
  readonly tool: string;
  readonly adapter: string;
  readonly port: string;
  readonly build?: readonly string[];
  readonly start: readonly string[];
}

export const LANGUAGES: readonly Language[] = [
  {
    name: "js",
    tool: process.execPath,
    adapter: "adapter.mjs",
    port: "port.mjs",
    start: [process.execPath, "adapter.mjs"],
  },
  {
    name: "python",
    tool: "python3",
    adapter: "adapter.py",
    port: "port.py",
    start: ["python3", "-W", "error", "adapter.py"],
  },
  {
    name: "go",
    tool: "go",
    adapter: "adapter.go",
    port: "port.go",
    build: ["go", "build", "-o", "adapter", "."],
    start: ["./adapter"],
  },
  {
    name: "rust",
    tool: "cargo",
    adapter: "src/main.rs",
    port: "src/port.rs",
    build: ["cargo", "build", "--quiet", "--locked"],
    start: ["target/debug/chatterbox-adapter"],
  },
];

/** A line of an adapter; its members are the outcome. */
export type Answer = Readonly<Record<string, unknown>>;

/** Runs a program to its end. `missing` says that there is no such program. */
export function run(
  [program = "", ...rest]: readonly string[],
  folder: string,
  input = "",
): { status: number | null; stdout: string; stderr: string; missing: boolean } {
  const { error, status, stdout, stderr } = spawnSync(program, rest, {
    cwd: folder,
    input,
    encoding: "utf8",
    maxBuffer: 1 << 28,
    env: { ...process.env, GOFLAGS: "-mod=mod", GOTOOLCHAIN: "local" },
  });
  return {
    status,
    stdout,
    stderr,
    missing: (error as NodeJS.ErrnoException | undefined)?.code === "ENOENT",
  };
}

/** Sends lines to an adapter, ends its stdin, and gives what it answered. */
export function talk(
  language: Language,
  folder: string,
  lines: readonly string[],
): { status: number | null; answers: readonly Answer[] } {
  const input = lines.map((line) => `${line}\n`).join("");
  const { status, stdout } = run(language.start, folder, input);
  const answers = stdout.split("\n").slice(0, -1);
  return { status, answers: answers.map((answer) => JSON.parse(answer) as Answer) };
}

/** An empty folder that goes when the test ends. */
export function scratch(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "chatterbox-init-"));
  t.after(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** Builds the adapter, warnings counted as errors; false where the toolchain is not there. */
export function prepare(t: TestContext, language: Language, folder: string): boolean {
  if (run([language.tool, language.name === "go" ? "version" : "--version"], folder).missing) {
    skip(t, `${language.tool} is not installed`);
    return false;
  }
  if (language.name === "rust") {
    const fetch = run(["cargo", "fetch", "--quiet", "--locked"], folder);
    if (fetch.status !== 0 && /resolve host|onnect|download|timed out/.test(fetch.stderr)) {
      skip(t, "cargo cannot fetch serde_json here");
      return false;
    }
  }
  const commands = language.build === undefined ? [] : [language.build];
  if (language.name === "go") commands.unshift(["go", "vet", "."]);
  for (const command of commands) {
    const { status, stderr } = run(command, folder);
    assert.equal(status, 0, stderr);
    assert.doesNotMatch(stderr, /warning/);
  }
  return true;
}

/** Skips a test, loudly: only for a toolchain that is not there. */
export function skip(t: TestContext, why: string): void {
  t.skip(`NOT RUN: ${why}`);
}
