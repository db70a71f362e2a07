// The adapters that come with the kit, as commands: the reference, its mutants and those that implement
// nothing. They are separate processes like any port; the kit itself never imports them.

import { packagePath } from "../package-root.js";

const PORTS = "dist/conformance/ports";

/** Starts the bundled reference. */
export function referenceCommand(): readonly string[] {
  return [process.execPath, packagePath(`${PORTS}/reference/main.js`)];
}

/** Starts the reference with one mutant applied. */
export function mutantCommand(id: string): readonly string[] {
  return [process.execPath, packagePath(`${PORTS}/mutants/main.js`), id];
}

/** Starts an adapter that implements nothing. */
export function nullCommand(name: string): readonly string[] {
  return [process.execPath, packagePath(`${PORTS}/nulls/main.js`), name];
}
