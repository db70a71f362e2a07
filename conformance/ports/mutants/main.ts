/**
 * The reference's adapter with one mutant applied: `node main.js acks-past-a-gap`. The mutant is data; the
 * loader hook changes the text of one built file before it is evaluated.
 */
import { readFileSync } from "node:fs";
import { register } from "node:module";
import { applyMutant } from "../../mutants/mutant.js";
import { MUTANTS } from "../../mutants/mutants.js";

const [id = ""] = process.argv.slice(2);
const mutant = MUTANTS.find((candidate) => candidate.id === id);
if (mutant === undefined) {
  process.stderr.write(`there is no mutant "${id}"\n`);
  process.exitCode = 2;
} else {
  // Checked here too, so that a text that no longer matches is an error and never an unchanged port.
  const file = new URL(`../../../reference/${mutant.file}`, import.meta.url);
  applyMutant(mutant, readFileSync(file, "utf8"));
  register(new URL("./loader.js", import.meta.url), { data: mutant });
  await import("../reference/main.js");
}
