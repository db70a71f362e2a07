// The bundled reference behind a proxy that changes one thing, as a program: `node pair-port.js
// receiver-only`. What it changes is what the test of `pair` must find.

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { packagePath } from "../package-root.js";

interface Answer {
  readonly ok?: {
    readonly roles?: readonly string[];
    readonly outputs?: readonly { readonly type: string; readonly datagram?: string }[];
  };
}

const roles =
  (...claimed: string[]) =>
  (answer: Answer): Answer =>
    answer.ok?.roles === undefined ? answer : { ...answer, ok: { ...answer.ok, roles: claimed } };

const MODES: Readonly<Record<string, (answer: Answer) => Answer>> = {
  "receiver-only": roles("receiver"),
  "codec-only": roles("codec"),
  "long-epoch": (answer) =>
    answer.ok?.outputs === undefined
      ? answer
      : { ...answer, ok: { ...answer.ok, outputs: answer.ok.outputs.map(withLongEpoch) } },
};

function withLongEpoch(output: { readonly type: string; readonly datagram?: string }) {
  const { datagram } = output;
  return datagram === undefined
    ? output
    : { ...output, datagram: datagram.replace(/^08071001/, "0807108100").replace(/00$/, "") };
}

const change = MODES[process.argv[2] ?? ""];
const reference = packagePath("dist/conformance/ports/reference/main.js");
const child = spawn(process.execPath, [reference], { stdio: ["pipe", "pipe", "inherit"] });
process.stdin.pipe(child.stdin);
createInterface({ input: child.stdout }).on("line", (line) => {
  const answer = JSON.parse(line) as Answer;
  process.stdout.write(`${JSON.stringify(change === undefined ? answer : change(answer))}\n`);
});
