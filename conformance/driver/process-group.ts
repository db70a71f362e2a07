// One child process with everything that it starts: it leads a process group of its own, which is killed
// as a whole, at the latest when this process ends. Nothing that a port started outlives the run.

import { spawn, type ChildProcessByStdio } from "node:child_process";
import type { Readable, Writable } from "node:stream";

/** A child whose three streams are pipes. */
export type PipedChild = ChildProcessByStdio<Writable, Readable, Readable>;

const living = new Set<PipedChild>();
let isReaping = false;

/** Starts a program, without a shell, as the leader of a process group. */
export function spawnGroup(command: readonly [string, ...string[]]): PipedChild {
  const [program, ...args] = command;
  const child = spawn(program, args, { stdio: ["pipe", "pipe", "pipe"], detached: true });
  living.add(child);
  if (!isReaping) {
    isReaping = true;
    process.on("exit", killAllGroups);
  }
  return child;
}

/** Kills the whole group at once. Does nothing where nothing is left. */
export function killGroup(child: PipedChild): void {
  living.delete(child);
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    child.kill("SIGKILL"); // The group is gone, or the system has no groups.
  }
}

/** Kills all groups at once. */
export function killAllGroups(): void {
  for (const left of living) killGroup(left);
}
