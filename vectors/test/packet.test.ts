// The packet vectors on disk: made by the generator, agreeing with the specification's clauses, and
// agreeing with an independent protobuf runtime wherever that has an opinion.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { fromBinary, fromJson, toBinary, toJson, type JsonValue } from "@bufbuild/protobuf";
import { PacketSchema } from "../../proto/gen/chatterbox/v1/chatterbox_pb.js";
import type { PacketCase, PacketFile } from "../generate/packet/case.js";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const FOLDER = join(ROOT, "vectors/packet");

const files = readdirSync(FOLDER).map(
  (name) => JSON.parse(readFileSync(join(FOLDER, name), "utf8")) as PacketFile,
);
const cases: readonly PacketCase[] = files.flatMap((file) => file.cases);

/** The packet bytes of a datagram that has a mark. */
const packetBytes = (datagram: string): Uint8Array =>
  Uint8Array.from(Buffer.from(datagram.replace(/80(00)*$/, ""), "hex"));

/** Parse without unknown fields, encode again: the check that SPEC 5 gives to ports with a runtime. */
function reencoded(bytes: Uint8Array): Uint8Array | undefined {
  try {
    return toBinary(PacketSchema, fromBinary(PacketSchema, bytes, { readUnknownFields: false }));
  } catch {
    return undefined;
  }
}

/** A packet of a vector with bytes as protobuf's JSON has them. */
function base64Bytes(packet: unknown): JsonValue {
  const text = JSON.stringify(packet, (key, value: unknown) =>
    ["data", "digest", "prefix_digest", "value"].includes(key)
      ? Buffer.from(value as string, "hex").toString("base64")
      : value,
  );
  return JSON.parse(text) as JsonValue;
}

test("the files are what the generator makes", () => {
  const main = join(ROOT, "dist/vectors/generate/main.js");
  const run = spawnSync(process.execPath, [main, "--check"], { encoding: "utf8" });
  assert.equal(run.stderr, "");
  assert.equal(run.status, 0);
});

test("there are cases, and the pieces of each are its datagram", () => {
  assert.ok(cases.length > 200);
  for (const each of cases) {
    if (each.result === "refuse") continue;
    assert.equal(each.fields.map(({ hex }) => hex).join(""), each.datagram, each.id);
    assert.ok(each.id.startsWith(`${files.find((file) => file.cases.includes(each))!.file}/`));
  }
});

test("a protobuf runtime decodes and encodes the valid ones alike", () => {
  for (const each of cases) {
    if (each.result !== "valid") continue;
    const bytes = packetBytes(each.datagram);
    const expected = fromJson(PacketSchema, base64Bytes(each.packet));
    assert.deepEqual(
      toJson(PacketSchema, fromBinary(PacketSchema, bytes)),
      toJson(PacketSchema, expected),
      each.id,
    );
    assert.deepEqual(toBinary(PacketSchema, expected), bytes, each.id);
  }
});

test("a comparison after re-encoding finds exactly those that are not canonical", () => {
  for (const each of cases) {
    if (each.result !== "invalid" || each.code === "size" || each.code === "padding") continue;
    const bytes = packetBytes(each.datagram);
    const again = reencoded(bytes);
    const same = again !== undefined && Buffer.compare(again, bytes) === 0;
    assert.equal(same, each.code !== "not-canonical", each.id);
  }
});

test("twins and twin packets are canonical for a protobuf runtime", () => {
  for (const each of cases) {
    if (each.result === "invalid") {
      assert.deepEqual(reencoded(packetBytes(each.twin)), packetBytes(each.twin), each.id);
    } else if (each.result === "refuse") {
      fromJson(PacketSchema, base64Bytes(each.packet));
      fromJson(PacketSchema, base64Bytes(each.twin_packet));
    }
  }
});

test("each clause about a decoder or an encoder is cited, and each citation exists", () => {
  const spec = readFileSync(join(ROOT, "SPEC.md"), "utf8");
  const clauses = new Map<string, string>();
  for (const [, id = "", text = ""] of spec.matchAll(
    /^\*\*((?:PKT|ENC|LIM)-\d+)\.\*\*([^]*?)(?=\n\n|\n$)/gm,
  )) {
    clauses.set(id, text);
  }
  const cited = new Set(cases.flatMap((each) => each.clauses));
  const wanted = [...clauses]
    .filter(([, text]) => /\b(decoder|encoder)\b/.test(text) && !text.includes("*Untestable"))
    .map(([id]) => id);
  assert.ok(wanted.length > 25);
  assert.deepEqual(
    wanted.filter((id) => !cited.has(id)),
    [],
    "clauses without a vector",
  );
  assert.deepEqual(
    [...cited].filter((id) => !clauses.has(id)),
    [],
    "citations without a clause",
  );
});

test("each code is expected at decoding, and each is preceded by another", () => {
  const codes = cases.flatMap((each) => (each.result === "invalid" ? [each.code] : []));
  const precedence = files.find(({ file }) => file === "precedence")!;
  for (const code of ["size", "padding", "not-canonical", "over-limit", "invalid"] as const) {
    assert.ok(codes.filter((other) => other === code).length >= 4, code);
    if (code === "invalid") continue;
    assert.ok(precedence.cases.some((each) => each.result === "invalid" && each.code === code));
  }
});

test("the consumer in the README runs and finds nothing with a right codec", () => {
  const readme = readFileSync(join(ROOT, "vectors/README.md"), "utf8");
  const [, consumer = ""] = /```js\n([^]*?)```/.exec(readme) ?? [];
  const model = new URL("../generate/model/codec.js", import.meta.url).href;
  const folder = mkdtempSync(join(tmpdir(), "vectors-"));
  symlinkSync(join(ROOT, "vectors"), join(folder, "vectors"));
  writeFileSync(join(folder, "consumer.mjs"), consumer.replace("./my-codec.js", "./codec.mjs"));
  const run = (codec: string): string => {
    writeFileSync(join(folder, "codec.mjs"), codec);
    const { stdout, stderr } = spawnSync(process.execPath, ["consumer.mjs"], {
      cwd: folder,
      encoding: "utf8",
    });
    assert.equal(stderr, "");
    return stdout;
  };
  const right = `import { decode as model } from ${JSON.stringify(model)};
    export const decode = (bytes) => { const { ok, code } = model(bytes); return { packet: ok, code }; };`;
  assert.equal(run(right), "");
  const refusing = run(`export const decode = () => ({ code: "invalid" });`);
  const decoding = cases.filter((each) => each.result !== "refuse");
  for (const { id } of decoding) assert.ok(refusing.includes(`${id} `), id);
});
