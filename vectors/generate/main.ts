// Writes the vectors: `node main.js` into the working tree, `--check` only compares. Each kind of
// vector is a list of files with a check of its own; everything is made in memory first, so a fault
// writes nothing.

import { existsSync, readFileSync, readdirSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import { printJson } from "./json.js";
import { packetFiles } from "./packet/files.js";
import { packetFaults } from "./packet/verify.js";
import { SESSION_FILES } from "./session/files.js";
import { sessionText } from "./session/format.js";

/** One kind of vector: a folder of `vectors`, the files in it, and what is wrong with them. */
interface Kind {
  readonly folder: string;
  /** A schema beside the folder. */
  readonly schema: string;
  readonly files: readonly { readonly file: string }[];
  readonly faults: () => readonly string[];
  /** Each file's name and text. */
  readonly texts: () => readonly (readonly [file: string, text: string])[];
}

const kinds: readonly Kind[] = [
  {
    folder: "packet",
    schema: "packet.schema.json",
    files: packetFiles,
    faults: () => packetFaults(packetFiles),
    texts: () => packetFiles.map((content) => [content.file, printJson(content)]),
  },
  {
    folder: "session",
    schema: "session.schema.json",
    files: SESSION_FILES,
    faults: () => [], // A claim that does not hold has thrown while the script was built.
    texts: () => SESSION_FILES.map((content) => [content.file, sessionText(content)]),
  },
];

/** The folder `vectors` of the working tree, seen from the built output. */
const ROOT = fileURLToPath(new URL("../../../vectors/", import.meta.url));

process.exitCode = main(process.argv.slice(2));

function main(args: readonly string[]): number {
  const unknown = args.find((arg) => arg !== "--check");
  if (unknown !== undefined) {
    console.error(`${unknown} is not an option; there is only --check`);
    return 2;
  }
  const faults = kinds.flatMap((kind) => [...kind.faults(), ...schemaFaults(kind)]);
  if (faults.length > 0) {
    console.error(faults.join("\n"));
    return 1;
  }
  return args.includes("--check") ? check() : write();
}

function write(): number {
  for (const [path, text] of generated()) {
    mkdirSync(dirname(join(ROOT, path)), { recursive: true });
    writeFileSync(join(ROOT, path), text);
    console.log(`vectors/${path}, ${text.length} bytes`);
  }
  return 0;
}

function check(): number {
  const expected = generated();
  const onDisk = kinds.flatMap(({ folder }) =>
    existsSync(join(ROOT, folder))
      ? readdirSync(join(ROOT, folder)).map((name) => `${folder}/${name}`)
      : [],
  );
  const differing = [
    ...[...expected].flatMap(([path, text]) => {
      if (!existsSync(join(ROOT, path))) return [`vectors/${path} is missing`];
      return readFileSync(join(ROOT, path), "utf8") === text ? [] : [`vectors/${path} differs`];
    }),
    ...onDisk
      .filter((path) => !expected.has(path))
      .map((path) => `vectors/${path} is not made by any generator`),
  ];
  for (const line of differing) console.error(`${line}: run npm run vectors:generate`);
  return differing.length === 0 ? 0 : 1;
}

/** Path below `vectors` to the text of the file. */
function generated(): ReadonlyMap<string, string> {
  return new Map(
    kinds.flatMap(({ folder, texts }) =>
      texts().map(([file, text]) => [`${folder}/${file}.json`, text] as const),
    ),
  );
}

function schemaFaults(kind: Kind): string[] {
  const ajv = new Ajv2020({ strict: true, allErrors: true });
  const schema = JSON.parse(readFileSync(join(ROOT, kind.schema), "utf8")) as object;
  const validate = ajv.compile(schema);
  return kind.files.flatMap((content) => {
    const { file } = content;
    if (validate(content)) return [];
    const errors = validate.errors ?? [];
    return errors.map(({ instancePath, message = "" }) => `${file}${instancePath} ${message}`);
  });
}
