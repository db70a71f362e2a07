/**
 * Adapters that implement nothing, by name: `node main.js ok-all`. Each says hello like a port that claims
 * every role and then answers by its one rule. None may pass a single case: a kit that one of them
 * passes tests nothing. `selftest` runs them all.
 */
import { readSync, writeSync } from "node:fs";

type Line = { readonly id: number; readonly cmd: string };

/** The rule of each; what it gives is written as it is. */
const NULLS: Readonly<Record<string, (line: Line) => string>> = {
  "ok-all": ({ id }) => json({ id, ok: {} }),
  echo: (line) => json({ id: line.id, ok: line }),
  silent: () => "",
  garbage: () => "this is not JSON\n",
  crash: () => process.exit(70),
  "unsupported-all": ({ id, cmd }) => json({ id, unsupported: `cmd ${cmd}` }),
  "fault-all": ({ id }) => json({ id, fault: "not implemented" }),
  // Plausible in form for every command, so that only comparison can find it out.
  constant: ({ id, cmd }) => json({ id, ok: CONSTANT[cmd] ?? {} }),
  ...Object.fromEntries(
    [
      ...["size", "padding", "not-canonical", "over-limit", "invalid"],
      ...["stream", "direction", "refused-open", "epoch", "phase", "duplicate", "unexpected"],
      ...["invalid-ack", "final-mismatch", "content-mismatch", "limit-exceeded"],
      ...["transcript-mismatch", "full", "ended", "closed", "stopped"],
    ].map((code) => [`reject-${code}`, ({ id }: Line) => json({ id, reject: code })]),
  ),
};

const CONSTANT: Readonly<Record<string, object>> = {
  decode: { packet: { epoch: 4711, packet_number: "4711" } },
  encode: { datagram: "10e72418e72480" },
  step: {
    results: [],
    outputs: [],
    deadline: null,
    timer: null,
    view: { phase: "opening", next_index: "0", largest: "0" },
  },
};

function json(value: object): string {
  return `${JSON.stringify(value)}\n`;
}

function run(name: string, rule: (line: Line) => string): void {
  const buffer = Buffer.alloc(65536);
  let rest = "";
  for (let read = 1; read > 0;) {
    read = readSync(0, buffer);
    const lines = (rest + buffer.toString("latin1", 0, read)).split("\n");
    rest = lines.pop() ?? "";
    for (const text of lines) {
      const line = JSON.parse(text) as Line;
      const hello = { name, version: "0", spec: 1, roles: ["codec", "receiver", "sender-exact"] };
      writeSync(1, line.cmd === "hello" ? json({ id: line.id, ok: hello }) : rule(line));
    }
  }
}

const [name = ""] = process.argv.slice(2);
const rule = NULLS[name];
if (rule !== undefined) {
  run(name, rule);
} else if (name === "--list") {
  process.stdout.write(`${Object.keys(NULLS).join("\n")}\n`);
} else {
  process.stderr.write(`usage: main.js ${Object.keys(NULLS).join(" | ")} | --list\n`);
  process.exitCode = 2;
}
