// How far a fault in a file of the reference reaches, by the imports of the built files: the roles whose
// cases load it, and the files that must be copied with it.

import { readdirSync } from "node:fs";
import { posix } from "node:path";
import type { Role } from "../engine/case.js";
import { packagePath, packageText } from "../package-root.js";

const FOLDER = "dist/reference";

/** The file that each role begins with. */
const ENTRIES: readonly (readonly [role: Role, entry: string])[] = [
  ["codec", "wire/index.js"],
  ["receiver", "core/receiver.js"],
  ["sender-exact", "core/sender.js"],
];

let graph: ReadonlyMap<string, ReadonlySet<string>> | undefined;

/** The roles that a built file can matter to; a case of another role never loads a fault in it. */
export function rolesOf(file: string): readonly Role[] {
  return ENTRIES.filter(([, entry]) => reachedFrom(entry).has(file)).map(([role]) => role);
}

/** Whether a built file is, or imports, directly or not, another; paths are relative to the folder. */
export function dependsOn(file: string, other: string): boolean {
  return reachedFrom(file).has(other);
}

/** A file and all that it imports. */
function reachedFrom(file: string): ReadonlySet<string> {
  graph ??= new Map(builtFiles().map((name) => [name, closure(name)]));
  return graph.get(file) ?? new Set([file]);
}

function builtFiles(): string[] {
  const parts = ["core", "wire"].flatMap((room) =>
    readdirSync(packagePath(`${FOLDER}/${room}`)).map((name) => `${room}/${name}`),
  );
  return ["index.js", ...parts].filter((name) => name.endsWith(".js"));
}

function closure(entry: string): ReadonlySet<string> {
  const found = new Set([entry]);
  for (const file of found) {
    for (const imported of importsOf(file)) found.add(imported);
  }
  return found;
}

function importsOf(file: string): string[] {
  const text = packageText(`${FOLDER}/${file}`);
  return [...text.matchAll(/^(?:import|export) [^;]*?from "(\.{1,2}\/[^"]+)";$/gm)]
    .map(([, specifier = ""]) => posix.join(posix.dirname(file), specifier))
    .filter((target) => !target.startsWith(".."));
}
