// The command `npm run requirements`: writes conformance/requirements/draft.json, or with `--check` fails
// if that is not what the document, the vectors and the properties say now.

import { existsSync, writeFileSync } from "node:fs";
import { requireValid } from "../driver/schema.js";
import { loadCases } from "../engine/load-cases.js";
import { packagePath, packageText } from "../package-root.js";
import { ALL_PROPERTIES } from "../properties/properties.js";
import { clauses } from "../report/clauses.js";
import { requirementsOf } from "./requirements.js";

const FILE = "conformance/requirements/draft.json";

const requirements = requirementsOf([...clauses().values()], loadCases(), ALL_PROPERTIES);
requireValid("conformance/schemas/requirements.schema.json", requirements, FILE);
const text = `${JSON.stringify(requirements, null, 1)}\n`;
const file = packagePath(FILE);

if (!process.argv.includes("--check")) {
  writeFileSync(file, text);
} else if (!existsSync(file) || packageText(FILE) !== text) {
  process.stderr.write(`${FILE} is stale: run \`npm run requirements\`\n`);
  process.exitCode = 1;
}
