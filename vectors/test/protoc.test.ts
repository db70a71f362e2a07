// The packet vectors against Debian's protoc and its Python runtime: a second protobuf implementation,
// from the same schema. It must agree on what is canonical by the recipe of SPEC 5 (parse, drop unknown
// fields, encode, compare) and have the same fields in every valid packet.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

/** Prints how many cases agree of how many, then one line for each that does not. */
const SCRIPT = `
import glob, json, re, sys
sys.path.insert(0, sys.argv[1])
from chatterbox.v1.chatterbox_pb2 import Packet

def canonical(body):
    try:
        packet = Packet.FromString(body)
    except Exception:
        return None
    packet.DiscardUnknownFields()
    return packet if packet.SerializeToString(deterministic=True) == body else None

def plain(message):
    out = {}
    for field, value in message.ListFields():
        many = field.label == field.LABEL_REPEATED
        convert = (plain if field.message_type else
                   (lambda b: b.hex()) if field.type == field.TYPE_BYTES else
                   str if field.type == field.TYPE_UINT64 else (lambda v: v))
        out[field.name] = [convert(v) for v in value] if many else convert(value)
    return out

total, wrong = 0, []
for path in sorted(glob.glob(sys.argv[2] + "/*.json")):
    for case in json.load(open(path))["cases"]:
        if case["result"] == "refuse" or case.get("code") in ("size", "padding"):
            continue
        total += 1
        packet = canonical(bytes.fromhex(re.sub("80(00)*$", "", case["datagram"])))
        is_right = (packet is None) == (case.get("code") == "not-canonical")
        if case["result"] == "valid":
            is_right = packet is not None and plain(packet) == case["packet"]
        if not is_right:
            wrong.append(case["id"])
print(json.dumps({"total": total, "wrong": wrong}))
`;

const python = ["python3", "/usr/bin/python3"].find(
  (program) => spawnSync(program, ["-c", "import google.protobuf"]).status === 0,
);
const missing =
  python === undefined
    ? "NOT RUN: python3 with protobuf is not installed"
    : spawnSync("protoc", ["--version"]).status === 0
      ? false
      : "NOT RUN: protoc is not installed";

test("protoc and Python agree with every packet vector", { skip: missing }, () => {
  const folder = mkdtempSync(join(tmpdir(), "chatterbox-protoc-"));
  try {
    const schema = ["-I", join(ROOT, "proto"), "chatterbox/v1/chatterbox.proto"];
    const made = spawnSync("protoc", [`--python_out=${folder}`, ...schema], { encoding: "utf8" });
    assert.equal(made.status, 0, made.stderr);
    const vectors = join(ROOT, "vectors/packet");
    const ran = spawnSync(python ?? "", ["-c", SCRIPT, folder, vectors], { encoding: "utf8" });
    assert.equal(ran.status, 0, ran.stderr);
    const { total, wrong } = JSON.parse(ran.stdout) as { total: number; wrong: string[] };
    assert.deepEqual(wrong, []);
    assert.ok(total > 400, `only ${total} cases were compared`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
