// Ctrl-C: at once nothing that was started is left, and what is known so far is said. A second signal
// finds the handler still there, so it cannot end this process before the others.

import { killAllGroups } from "../driver/process-group.js";
import type { CaseResult } from "../engine/verdict.js";
import { count } from "../report/style.js";
import { visible } from "../report/visible.js";
import { EXIT } from "./exit-code.js";

const LISTED = 12;

let lastWords: () => string = () => "";

/** Ends the command with 130 on SIGINT, SIGTERM and SIGHUP. */
export function endOnSignals(): void {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, interrupt);
}

/** Sets what is written to stdout on an interrupt. */
export function sayOnInterrupt(text: () => string): void {
  lastWords = text;
}

/** What a run has come to so far. */
export function partialSummary(results: readonly CaseResult[], total: number): string {
  const failed = results.filter(({ verdict }) => verdict === "fail");
  const passed = results.filter(({ verdict }) => verdict === "pass").length;
  const done = `${results.length} of ${count(total, "case")}`;
  const lines = failed.map(({ id, failure }) => `  FAIL  ${id}: ${failure?.summary ?? ""}`);
  return [
    ...lines.slice(0, LISTED).map(visible),
    ...(lines.length > LISTED ? [`  … ${lines.length - LISTED} more`] : []),
    `Interrupted after ${done}: ${passed} passed, ${failed.length} failed. That supports no claim.`,
    "",
  ].join("\n");
}

function interrupt(): void {
  killAllGroups();
  try {
    process.stdout.write(lastWords());
  } finally {
    process.exit(EXIT.interrupted);
  }
}
