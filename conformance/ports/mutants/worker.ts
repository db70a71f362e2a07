/**
 * Runs the cases against mutants, one after the other, in a process of its own that may hang: the parent
 * sends the id of a mutant and gets its failures. Started by `selftest` with an IPC channel.
 */
import type { Port } from "../../driver/protocol.js";
import { incoming } from "../../driver/schema.js";
import { runCase } from "../../engine/conform.js";
import { loadCases } from "../../engine/load-cases.js";
import type { Json } from "../../json.js";
import type { CaseFailure } from "../../mutants/kills.js";
import { MUTANTS } from "../../mutants/mutants.js";
import { rolesOf } from "../../mutants/reach.js";
import { type Outcome, type RequestLine, respond } from "../serve.js";
import { loadCopy } from "./copy.js";

const cases = loadCases();

process.on("message", (id: string) => {
  void tryMutant(id).then(
    (failures) => process.send?.({ id, failures }),
    (error: unknown) => process.send?.({ id, error: String(error) }),
  );
});

process.on("disconnect", () => process.exit());

async function tryMutant(id: string): Promise<readonly CaseFailure[]> {
  const mutant = MUTANTS.find((candidate) => candidate.id === id);
  if (mutant === undefined) throw new Error(`there is no mutant ${id}`);
  const roles = rolesOf(mutant.file);
  const port = portOf(await loadCopy(mutant));
  const failures: CaseFailure[] = [];
  for (const item of cases) {
    if (!roles.includes(item.role)) continue;
    const { failure } = (await runCase(item, port)).result;
    if (failure === undefined) continue;
    const { kind, step } = failure;
    failures.push({ case: item.id, kind, ...(step === undefined ? {} : { step }) });
  }
  return failures;
}

/** The copy as a port whose answers are held to the schema. Requests go in as they are: no copy keeps one. */
function portOf(answer: (line: RequestLine) => Outcome): Port {
  let id = 0;
  return {
    ask(request) {
      id += 1;
      const response = respond(answer, { id, ...request });
      const line = JSON.parse(JSON.stringify(response)) as Json;
      return Promise.resolve(incoming(id, request.cmd, line));
    },
    close: () => Promise.resolve(),
  };
}
