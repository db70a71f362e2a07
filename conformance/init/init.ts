// Starts a port: copies the template of a language, an adapter that answers `unsupported` throughout,
// into a new folder. The templates are plain files of the package; nothing in them is known here but
// the placeholder for the kit's version and the names that npm would not pack with their dots.

import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, sep } from "node:path";

import { UsageError } from "../cli/exit-code.js";
import { kitVersion, packagePath } from "../package-root.js";

/** What `init` did, and what its user does next. */
export interface Initiated {
  /** The files written, as paths from the current directory. */
  readonly written: readonly string[];
  /** Three shell commands, in order. */
  readonly next: readonly string[];
}

/**
 * Writes the template of a language into a folder, which must not exist or must be empty.
 *
 * @param language - `js`, `python`, `go` or `rust`
 * @param folder - `chatterbox-<language>` if absent
 * @throws UsageError for another language, a folder in use, or one that cannot be written
 */
export function initCommand(language: string, folder: string | undefined): Initiated {
  const commands = LANGUAGES.get(language);
  if (commands === undefined) {
    const known = [...LANGUAGES.keys()].join(", ");
    throw new UsageError(`there is no template for "${language}": choose one of ${known}`);
  }
  const target = folder ?? `chatterbox-${language}`;
  try {
    refuseUnlessFree(target);
    return { written: writeTemplate(language, target), next: nextCommands(target, commands) };
  } catch (error) {
    if (error instanceof Error && "code" in error) {
      throw new UsageError(`cannot write to ${target}: ${String(error.code)}`, { cause: error });
    }
    throw error;
  }
}

interface Commands {
  readonly build?: string;
  readonly start: string;
}

const LANGUAGES: ReadonlyMap<string, Commands> = new Map([
  ["js", { start: "node adapter.mjs" }],
  ["python", { start: "python3 adapter.py" }],
  ["go", { build: "go build -o adapter .", start: "./adapter" }],
  ["rust", { build: "cargo build --release --locked", start: "target/release/chatterbox-adapter" }],
]);

/** npm leaves out `.gitignore`, so templates have no dots; here they get them back. */
const DOTTED: ReadonlySet<string> = new Set(["gitignore", "github"]);

const VERSION_PLACEHOLDER = "KIT_VERSION";

function refuseUnlessFree(folder: string): void {
  const found = statSync(folder, { throwIfNoEntry: false });
  if (found === undefined) return;
  if (!found.isDirectory()) throw new UsageError(`${folder} is a file: name a new folder`);
  if (readdirSync(folder).length > 0) {
    throw new UsageError(`${folder} is not empty: name a new folder`);
  }
}

function writeTemplate(language: string, folder: string): readonly string[] {
  const template = packagePath(`conformance/init/templates/${language}`);
  const version = kitVersion();
  return readdirSync(template, { recursive: true, encoding: "utf8" })
    .filter((path) => statSync(join(template, path)).isFile())
    .sort()
    .map((path) => {
      const text = readFileSync(join(template, path), "utf8");
      const target = join(folder, withDot(path));
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, text.replaceAll(VERSION_PLACEHOLDER, version));
      return target;
    });
}

function withDot(path: string): string {
  const [first = ""] = path.split(sep);
  return DOTTED.has(first) ? `.${path}` : path;
}

function nextCommands(folder: string, { build, start }: Commands): readonly string[] {
  const plain = /^[\w./@%+=:,-]+$/.test(folder);
  const cd = `cd ${plain ? folder : `'${folder.replaceAll("'", "'\\''")}'`}`;
  return [
    build === undefined ? cd : `${cd} && ${build}`,
    `npx chatterbox-conformance doctor -- ${start}`,
    `npx chatterbox-conformance run -- ${start}`,
  ];
}
