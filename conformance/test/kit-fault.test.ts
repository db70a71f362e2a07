// A fault of the kit is told apart from one of the port: its own bad line or file, and exit code 4.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { outgoing } from "../driver/schema.js";
import { KitError } from "../kit-error.js";
import { packagePath } from "../package-root.js";

test("a request that breaks the kit's own schema is a fault of the kit", () => {
  assert.throws(() => outgoing(1, { cmd: "decode", datagram: "XYZ" }), KitError);
  assert.deepEqual(outgoing(1, { cmd: "decode", datagram: "80" }), {
    id: 1,
    cmd: "decode",
    datagram: "80",
  });
});

test("a vector that breaks its schema ends the command with 4", (t) => {
  const copy = mkdtempSync(join(tmpdir(), "chatterbox-kit-"));
  t.after(() => {
    rmSync(copy, { recursive: true });
  });
  for (const part of ["bin", "dist", "vectors", "conformance/schemas", "SPEC.md", "package.json"]) {
    cpSync(packagePath(part), join(copy, part), { recursive: true });
  }
  symlinkSync(packagePath("node_modules"), join(copy, "node_modules"));
  const run = (): ReturnType<typeof spawnSync> =>
    spawnSync(process.execPath, [join(copy, "bin/chatterbox-conformance.js"), "list", "ack/"], {
      encoding: "utf8",
    });
  assert.equal(run().status, 0, "a whole copy works");
  writeFileSync(join(copy, "vectors/packet/ack.json"), '{ "file": "ack", "cases": [] }');
  const { status, stderr } = run();
  assert.equal(status, 4);
  assert.match(String(stderr), /a fault of the kit, please report it: .*ack\.json/);
});
