/**
 * Breadth-first exploration by replay: every list of events up to a depth, cut where a state was seen
 * before. Two states are the same when their snapshots agree, times relative to now and RTT estimates
 * left out; so this is a search among states, not a proof about all of them.
 */
import { createHash } from "node:crypto";
import { Exchange, Violation } from "./exchange.js";
import { heal } from "./heal.js";
import type { Action, Scope } from "./scope.js";

/** Where to stop. */
export interface Bounds {
  readonly depthMax: number;
  readonly statesMax: number;
  /** Asked now and then; `true` ends the search. */
  readonly isOver: () => boolean;
}

/** What a search has seen, and the shortest list of events that breaks an invariant. */
export interface Findings {
  readonly states: number;
  readonly transitions: number;
  /** The longest list of events that was carried out. */
  readonly depth: number;
  /** Whether every list up to the depth was carried out. */
  readonly isExhausted: boolean;
  readonly violation?: { readonly actions: readonly Action[]; readonly message: string };
}

/** Explores until a bound or a violation. */
export function explore(scope: Scope, bounds: Bounds): Findings {
  const seen = new Set<string>();
  let transitions = 0;
  let depth = 0;
  const findings = (isExhausted: boolean, violation?: Findings["violation"]): Findings => ({
    states: seen.size,
    transitions,
    depth,
    isExhausted,
    ...(violation && { violation }),
  });

  const start = visit(scope, [], seen);
  if (start.message !== undefined) return findings(false, { actions: [], message: start.message });
  let frontier = [{ path: [] as readonly Action[], actions: start.actions }];
  for (; frontier.length > 0 && depth < bounds.depthMax; depth += 1) {
    const next: typeof frontier = [];
    for (const { path, actions } of frontier) {
      for (const action of actions) {
        if (seen.size >= bounds.statesMax || bounds.isOver()) return findings(false);
        const longer = [...path, action];
        const { message, actions: following } = visit(scope, longer, seen);
        transitions += 1;
        if (message !== undefined) return findings(false, { actions: longer, message });
        if (following.length > 0) next.push({ path: longer, actions: following });
      }
    }
    frontier = next;
  }
  return findings(true);
}

/** What a list of events leads to: what can follow on a new state, or what is wrong with it. */
interface Visit {
  readonly actions: readonly Action[];
  readonly message?: string;
}

function visit(scope: Scope, path: readonly Action[], seen: Set<string>): Visit {
  try {
    const exchange = new Exchange(scope);
    for (const action of [...scope.before, ...path]) exchange.apply(action);
    const key = createHash("sha256").update(exchange.key()).digest("base64").slice(0, 22);
    if (seen.has(key)) return { actions: [] };
    seen.add(key);
    const actions = exchange.actions();
    heal(exchange);
    return { actions };
  } catch (error) {
    return { actions: [], message: messageOf(error) };
  }
}

/** A violation in words; whatever else a machine throws is one too. */
function messageOf(error: unknown): string {
  if (error instanceof Violation) return error.message;
  return `a machine threw: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}
