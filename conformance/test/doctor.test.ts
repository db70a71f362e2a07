// `doctor` against adapters that are unsound, each in one way: the finding is that one, and says what to
// change.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { examine, type Examined } from "../doctor/examine.js";
import { ChildPort, greet } from "../driver/child-port.js";
import { initCommand } from "../init/init.js";
import { packagePath } from "../package-root.js";
import { scratch } from "./init-adapter.js";

const BIN = packagePath("bin/chatterbox-conformance.js");
const UNSOUND = fileURLToPath(new URL("unsound.js", import.meta.url));
const NULLS = packagePath("dist/conformance/ports/nulls/main.js");

async function examined(mode: string, timeoutMs = 5000, leaveMs = 5000): Promise<Examined[]> {
  const start = (): ChildPort => new ChildPort([process.execPath, UNSOUND, mode], { timeoutMs });
  const port = start();
  const all: Examined[] = [];
  const hello = await greet(port);
  for await (const one of examine(hello, port, start, leaveMs)) all.push(one);
  return all;
}

test("a sound adapter has no findings, and every role is tried", async () => {
  const all = await examined("sound");
  assert.deepEqual(
    all.filter(({ finding, missing }) => finding !== undefined || missing !== undefined),
    [],
  );
  for (const word of ["decode", "encode", "receiver", "sender"]) {
    assert.ok(
      all.some(({ name }) => name.includes(word)),
      word,
    );
  }
});

test("a sender with times of its own is tried like an exact one", async () => {
  const all = await examined("loose-sender");
  assert.ok(all.every(({ finding }) => finding === undefined));
  assert.ok(all.some(({ name }) => name === "a sender speaks"));
});

/** The first thing that is found of each, in its name, its text and what to change. */
const FINDINGS: readonly (readonly [mode: string, name: RegExp, text: RegExp, change: RegExp])[] = [
  ["ok-to-all", /command that nobody has/, /expected unsupported, got ok/, /does not know/],
  ["faults-for-rejects", /garbage/, /expected reject, got fault padding/, /`reject` with its code/],
  ["own-codes", /garbage/, /bad-packet is none of size/, /chapter 5/],
  ["rejects-all", /golden datagram/, /expected ok, got reject invalid/, /field names/],
  ["camel-case", /golden datagram/, /packetNumber/, /field names of the proto/],
  ["numbers", /golden datagram/, /packet_number must be string/, /field names/],
  ["short-lines", /80000 characters/, /the process ended/, /./],
  ["text-out", /bytes .* survive decode/, /runs\[0\]\.data must be/, /as bytes/],
  ["text-in", /bytes .* survive encode/, /expected 08/, /into bytes/],
  ["int32-out", /largest packet_number/, /must be "9007199254740991", it is "42/, /64-bit/],
  ["clamps-2^53", /2\^53 is over-limit/, /expected reject, got ok/, /64-bit/],
  ["encodes-nothing", /golden packet encodes/, /got "1001180180"/, /max_payload/],
  ["int32-in", /largest numbers survive encode/, /expected 1001/, /64-bit/],
  ["emits-nothing", /a receiver speaks/, /no datagram/, /poll until/],
  ["one-endpoint", /share no state/, /beside another endpoint, the step/, /table by name/],
  ["makes-once", /same schedule twice/, /time 0 lies before/, /`new` forgets/],
  ["counts", /share no state/, /differs in deadline/, /globals/],
  ["salted-by-process", /fresh process/, /in another process, .* differs in deadline/, /salts/],
  ["index-as-int32", /largest ack.next_index/, /must be/, /64-bit/],
  ["unknown-role", /roles are known/, /claims reciever/, /codec, receiver/],
  ["says-goodbye", /leaves when stdin ends/, /nothing asked for it: goodbye/, /stderr/],
  ["half-a-goodbye", /leaves when stdin ends/, /beginning of a line/, /stderr/],
];

for (const [mode, name, text, change] of FINDINGS) {
  test(`${mode} is found`, async () => {
    const all = await examined(mode);
    const first = all.find(({ finding }) => finding !== undefined);
    assert.ok(first?.finding, JSON.stringify(all));
    assert.match(first.name, name);
    assert.match(first.finding.text, text);
    assert.match(first.finding.change, change);
    const lines = `${first.finding.text}\n${first.finding.change}`.split("\n");
    assert.ok(lines.length <= 3, lines.join("\n"));
  });
}

test("an adapter that does not leave is found, and killed", async () => {
  const all = await examined("lingers", 5000, 100);
  assert.match(all.at(-1)?.finding?.text ?? "", /still runs 100 ms after its stdin has ended/);
});

test("one that prints beside its answers is told so once, and the examination ends", async () => {
  const all = await examined("chatter");
  // Whether the first line too many arrives with its answer or before the next is the system's choice.
  const last = all.at(-1)?.finding;
  assert.match(last?.text ?? "", /more than one line|not JSON/, JSON.stringify(all));
  assert.match(last?.change ?? "", /nothing but answers to stdout/);
  assert.equal(all.filter(({ finding }) => finding !== undefined).length, 1, JSON.stringify(all));
});

test("one that hangs is told to flush, and the examination ends", async () => {
  const all = await examined("hangs", 50);
  assert.equal(all.length, 3);
  assert.match(all[0]?.finding?.change ?? "", /flush stdout/);
});

test("what is not there yet is no finding", async () => {
  const all = await examined("unfinished");
  assert.ok(all.every(({ finding }) => finding === undefined));
  const missing = all.flatMap((one) => one.missing ?? []);
  assert.equal(missing[0], "fill in part 2 of port.mjs (encode)");
});

function doctor(...command: string[]): { code: number | null; out: string; err: string } {
  const words = command.length === 0 ? [] : ["--", process.execPath, ...command];
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, "doctor", ...words], {
    encoding: "utf8",
    env: { ...process.env, FORCE_COLOR: "0" },
  });
  return { code: status, out: stdout, err: stderr };
}

test("a fresh template is told what comes next, once, and nothing that fails", (t) => {
  const folder = join(scratch(t), "port");
  initCommand("js", folder);
  const { code, out } = doctor(join(folder, "adapter.mjs"));
  assert.equal(code, 1);
  assert.doesNotMatch(out, /FAIL/);
  assert.deepEqual(out.match(/^next: .*$/gm)?.length, 1, out);
  assert.match(out, /^next: fill in part 1 of port\.mjs \(decode\); \d+ checks wait for it$/m);
});

test("the exit code is 0 for a sound adapter, 1 for findings, 3 without a hello", () => {
  const sound = doctor();
  assert.equal(sound.code, 0, sound.out);
  assert.match(sound.out, /sound\. Now `run` the cases/);
  const constant = doctor(NULLS, "constant");
  assert.equal(constant.code, 1);
  assert.match(constant.out, /the same again\n/);
  assert.match(constant.out, /^\d+ findings\.$/m);
  const banner = doctor(UNSOUND, "banner");
  assert.equal(banner.code, 3);
  assert.match(banner.err, /keep stdout for answers and log to stderr; the line is .*\n$/);
  assert.equal(doctor("/no/such/script.js").code, 3);
});

test("without an answer to hello it says what to look for", async () => {
  const command = [process.execPath, UNSOUND, "never-answers"] as const;
  const port = new ChildPort([...command], { helloTimeoutMs: 50 });
  await assert.rejects(greet(port), /flush stdout/);
});
