// Adapters that misbehave, each in one way, as a program: `node rogue.js hang`. Each is a correct port of
// two datagrams until it meets the datagram that sets it off, so that a test can see the run go on.

import { spawn } from "node:child_process";
import { closeSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";

const [mode = "", argument = ""] = process.argv.slice(2);

/** What sets it off. */
const TRIGGER = "1001180380";
const GOOD = { epoch: 1, packet_number: "1" };

interface Line {
  readonly id: number;
  readonly cmd: string;
  readonly datagram?: string;
}

const say = (value: object): void => {
  process.stdout.write(`${JSON.stringify(value)}\n`);
};

/** What each does on the trigger instead of answering. */
const MODES: Readonly<Record<string, (line: Line) => void>> = {
  good: ({ id }) => {
    say({ id, reject: "invalid" });
  },
  "has-grandchildren": ({ id }) => {
    say({ id, reject: "invalid" });
  },
  hang: () => undefined,
  crash: () => {
    process.stderr.write("ValueError: the port is broken\n");
    process.exit(70);
  },
  "crash-midway": ({ id }) => {
    process.stdout.write(`{"id":${id},"ok":{"pack`, () => process.exit(70));
  },
  "flood-stdout": () => {
    process.stdout.on("error", () => process.exit());
    const flood = (): void => {
      while (process.stdout.write("x".repeat(1 << 20)));
      process.stdout.once("drain", flood);
    };
    flood();
  },
  "flood-stderr": ({ id }) => {
    process.stderr.write("y".repeat(1 << 22));
    say({ id, reject: "invalid" });
  },
  "wrong-id": ({ id }) => {
    say({ id: id + 1, reject: "invalid" });
  },
  "two-answers": ({ id }) => {
    const line = JSON.stringify({ id, reject: "invalid" });
    process.stdout.write(`${line}\n${line}\n`);
  },
  "half-lines": ({ id }) => {
    process.stdout.write(`{"id":${id},`);
    setTimeout(() => process.stdout.write('"reject":"invalid"}\n'), 20);
  },
  "line-separator": ({ id }) => {
    process.stdout.write(`{"id":${id},"fault":"before\u2028after"}\n`);
  },
  "not-utf8": ({ id }) => {
    process.stdout.write(Buffer.from(`{"id":${id},"fault":"\xff"}\n`, "latin1"));
  },
  "not-json": () => {
    process.stdout.write("Traceback (most recent call last):\n");
  },
  "bad-line": ({ id }) => {
    say({ id, ok: { packet: { epoch: "1" } } });
  },
  "two-outcomes": ({ id }) => {
    say({ id, ok: { packet: GOOD }, reject: "invalid" });
  },
  "closes-stdin": ({ id }) => {
    say({ id, reject: "invalid" });
    process.stdin.destroy();
    setInterval(() => undefined, 1000);
  },
  "closes-stdout": () => {
    closeSync(1);
    setInterval(() => undefined, 1000);
  },
  "leaves-child": ({ id }) => {
    const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], {
      stdio: "inherit",
    });
    writeFileSync(argument, String(child.pid));
    say({ id, reject: "invalid" });
  },
};

if (mode === "has-grandchildren") {
  spawn("sh", ["-c", "sleep 1000 & sleep 1000"], { stdio: "ignore" });
}
if (mode === "no-hello") setInterval(() => undefined, 1000);
else {
  createInterface({ input: process.stdin }).on("line", (text) => {
    const line = JSON.parse(text) as Line;
    if (line.cmd === "hello") {
      say({ id: line.id, ok: { name: "rogue", version: "0", spec: 1, roles: ["codec"] } });
    } else if (line.datagram === TRIGGER || mode === "always-crash") {
      (MODES[mode] ?? MODES.crash)?.(line);
    } else {
      say({ id: line.id, ok: { packet: GOOD } });
    }
  });
}
