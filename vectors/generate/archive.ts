// Packs the vectors for those who want neither npm nor a clone: one .tar.gz with the JSON files,
// their schemas and README, the specification and the schema of the wire. `node archive.js
// [folder]`.

import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzip, tar, type Files } from "./tar.js";

/** The working tree, seen from the built output. */
const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

const BESIDE = [
  "LICENSE",
  "SPEC.md",
  "proto/chatterbox/v1/chatterbox.proto",
  "vectors/LICENSE",
  "vectors/README.md",
];

const [folder = join(ROOT, "build")] = process.argv.slice(2);
const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
  readonly version: string;
};
const name = `chatterbox-vectors-${version}`;
const archive = tar(collect(`${name}/`));
const compressed = gzip(archive);
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, `${name}.tar.gz`), compressed);
console.log(`${name}.tar.gz, ${compressed.length} bytes, sha256 ${sha256(compressed)}`);
console.log(`${name}.tar, ${archive.length} bytes, sha256 ${sha256(archive)}`);

function collect(prefix: string): Files {
  const json = readdirSync(join(ROOT, "vectors"), { recursive: true, encoding: "utf8" })
    .map((path) => `vectors/${path.replaceAll("\\", "/")}`)
    .filter((path) => path.endsWith(".json") && !path.endsWith("tsconfig.json"));
  return new Map(
    [...BESIDE, ...json].map((path) => [`${prefix}${path}`, readFileSync(join(ROOT, path))]),
  );
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
