// Tries mutants in a few processes at once (ports/mutants/worker.ts). A process that does not answer in
// time is ended and replaced: a mutant that hangs costs its own trial and no other.

import { fork, type ChildProcess } from "node:child_process";
import { availableParallelism } from "node:os";
import { packagePath } from "../package-root.js";
import type { CaseFailure } from "./kills.js";
import type { Mutant } from "./mutant.js";

const WORKER = "dist/conformance/ports/mutants/worker.js";
const WORKERS_MAX = 4;
const TIMEOUT_MS = 60_000;

/** What became of one mutant. */
export interface Trial {
  readonly mutant: Mutant;
  readonly failures: readonly CaseFailure[];
  /** Why the trial came to no end. */
  readonly error?: string;
}

type Message =
  | { readonly id: string; readonly failures: readonly CaseFailure[] }
  | { readonly id: string; readonly error: string };

/** Tries all mutants and gives the trials in their order. */
export async function tryMutants(
  mutants: readonly Mutant[],
  onDone: (mutant: Mutant) => void,
): Promise<readonly Trial[]> {
  const trials: Trial[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    let worker: ChildProcess | undefined;
    for (let at = next++; at < mutants.length; at = next++) {
      const mutant = mutants[at];
      if (mutant === undefined) continue;
      worker ??= startWorker();
      const message = await ask(worker, mutant.id);
      if ("failures" in message) trials[at] = { mutant, failures: message.failures };
      else {
        trials[at] = { mutant, failures: [], error: message.error };
        worker.kill("SIGKILL");
        worker = undefined;
      }
      onDone(mutant);
    }
    worker?.kill();
  };
  const workers = Math.min(availableParallelism(), WORKERS_MAX, mutants.length);
  await Promise.all(Array.from({ length: workers }, work));
  return trials;
}

/** A process that does not outlive this one, even if a mutant hangs in it. */
function startWorker(): ChildProcess {
  const worker = fork(packagePath(WORKER), { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  process.once("exit", () => worker.kill("SIGKILL"));
  return worker;
}

function ask(worker: ChildProcess, id: string): Promise<Message> {
  return new Promise((resolve) => {
    const settle = (message: Message): void => {
      clearTimeout(timer);
      worker.removeAllListeners();
      resolve(message);
    };
    const timer = setTimeout(() => {
      settle({ id, error: `no end within ${TIMEOUT_MS / 1000} s` });
    }, TIMEOUT_MS);
    worker.once("message", (message) => {
      settle(message as Message);
    });
    worker.once("exit", (code, signal) => {
      settle({ id, error: `its process ended: ${code ?? signal ?? ""}` });
    });
    worker.send(id);
  });
}
