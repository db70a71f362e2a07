// Where the package's data lie: SPEC.md, vectors/ and conformance/schemas/, seen from the built files.
// The same in a clone and in an installed package, because both have dist/conformance/ at one depth.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const ROOT = new URL("../../", import.meta.url);

/** Absolute path of a file or folder of the package; `path` is relative to the package's root. */
export function packagePath(path: string): string {
  return fileURLToPath(new URL(path, ROOT));
}

/** The text of a file of the package. */
export function packageText(path: string): string {
  return readFileSync(packagePath(path), "utf8");
}

/** The version of the kit, which is that of the package. */
export function kitVersion(): string {
  return (JSON.parse(packageText("package.json")) as { readonly version: string }).version;
}
