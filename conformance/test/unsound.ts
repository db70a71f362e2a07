// Adapters of the reference that are unsound, each in one way, as a program: `node unsound.js chatter`.
// What `doctor` finds, it must have been seen to find.

import { answer } from "../ports/reference/answer.js";
import type { Outcome, RequestLine } from "../ports/serve.js";

const [mode = "sound"] = process.argv.slice(2);

type Line = RequestLine & {
  readonly datagram?: string;
  readonly endpoint?: string;
  readonly packet?: object;
};

const outcome = (line: Line): Outcome => {
  try {
    return answer(line);
  } catch (error) {
    return { fault: String(error) };
  }
};

/** Changes the text of an answer. */
const edited = (value: Outcome, from: RegExp, to: (match: string) => string): Outcome =>
  JSON.parse(JSON.stringify(value).replace(from, to)) as Outcome;

const asText = (hex: string): string =>
  Buffer.from(Buffer.from(hex, "hex").toString()).toString("hex");
const asInt32 = (digits: string): string => `"${BigInt.asUintN(32, BigInt(digits.slice(1, -1)))}"`;
const LARGE = /"9007199254740\d{3}"/g;

let steps = 0;
const made = new Set<string | undefined>();

/** What each answers. */
const MODES: Readonly<Record<string, (line: Line) => Outcome>> = {
  sound: outcome,
  "ok-to-all": (line) => (line.cmd === "canary" ? { ok: {} } : outcome(line)),
  "faults-for-rejects": (line) => {
    const right = outcome(line);
    return "reject" in right ? { fault: right.reject } : right;
  },
  "own-codes": (line) => {
    const right = outcome(line);
    return "reject" in right ? { reject: "bad-packet" } : right;
  },
  "rejects-all": (line) => (line.cmd === "decode" ? { reject: "invalid" } : outcome(line)),
  "camel-case": (line) => edited(outcome(line), /"packet_number"/g, () => '"packetNumber"'),
  numbers: (line) =>
    edited(outcome(line), /"packet_number":"\d+"/g, (s) => s.replace(/"(\d)/, "$1").slice(0, -1)),
  "int32-out": (line) => edited(outcome(line), LARGE, asInt32),
  "int32-in": (line) =>
    line.cmd === "encode"
      ? outcome(JSON.parse(JSON.stringify(line).replace(LARGE, asInt32)) as Line)
      : outcome(line),
  "clamps-2^53": (line) => {
    const right = outcome(line);
    const isOver = "reject" in right && right.reject === "over-limit";
    return isOver ? { ok: { packet: { epoch: 1, packet_number: "9007199254740991" } } } : right;
  },
  "text-out": (line) =>
    edited(outcome(line), /"data":"[0-9a-f]+"/g, (s) => `"data":"${asText(s.slice(8, -1))}"`),
  "text-in": (line) =>
    outcome(
      JSON.parse(
        JSON.stringify(line).replace(
          /"data":"[0-9a-f]+"/g,
          (s) => `"data":"${asText(s.slice(8, -1))}"`,
        ),
      ) as Line,
    ),
  "encodes-nothing": (line) =>
    line.cmd === "encode" ? { ok: { datagram: "1001180180" } } : outcome(line),
  "emits-nothing": (line) => edited(outcome(line), /"outputs":\[.*\]/g, () => '"outputs":[]'),
  "one-endpoint": (line) => outcome({ ...line, endpoint: "the only one" }),
  "makes-once": (line) => {
    const isAgain = line.cmd === "new" && made.has(line.endpoint);
    if (line.cmd === "new") made.add(line.endpoint);
    return isAgain ? { ok: {} } : outcome(line);
  },
  counts: (line) => {
    steps += line.cmd === "step" ? 1 : 0;
    return edited(outcome(line), /"deadline":(\d+|null)/, () => `"deadline":${steps}`);
  },
  "salted-by-process": (line) =>
    edited(outcome(line), /"deadline":(\d+|null)/, () => `"deadline":${process.pid}`),
  "index-as-int32": (line) =>
    edited(outcome(line), /"next_index":"9007199254740\d{3}"/g, () => '"next_index":"0"'),
  "loose-sender": (line) => edited(outcome(line), /"sender-exact"/g, () => '"sender"'),
  "unknown-role": (line) => edited(outcome(line), /"receiver"/g, () => '"reciever"'),
  "short-lines": (line) => (JSON.stringify(line).length > 65536 ? process.exit(70) : outcome(line)),
  unfinished: (line) =>
    line.cmd === "encode" ? { unsupported: "encode: fill in part 2 of port.mjs" } : outcome(line),
};

const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

if (mode === "banner") say("welcome");
if (mode === "lingers") setInterval(() => undefined, 1000);
process.stdin.on("end", () => {
  if (mode === "says-goodbye") say("goodbye");
  if (mode === "half-a-goodbye") process.stdout.write("good");
});

let rest = "";
process.stdin.setEncoding("latin1");
process.stdin.on("data", (chunk: string) => {
  const lines = (rest + chunk).split("\n");
  rest = lines.pop() ?? "";
  for (const text of lines) {
    const line = JSON.parse(text) as Line;
    if (mode === "never-answers" || (mode === "hangs" && line.cmd !== "hello")) continue;
    say(JSON.stringify({ id: line.id, ...(MODES[mode] ?? outcome)(line) }));
    if (mode === "chatter" && line.cmd !== "hello") say(`debug: ${line.cmd} done`);
  }
});
