/**
 * The promise of liveness: from any state, once the network is whole again, the stream completes. If a
 * machine had already given up, as SPEC chapter 9 lets it, then a new receiver completes it.
 */
import { type Exchange, Violation } from "./exchange.js";
import type { Way } from "./scope.js";

const DELAY_US = 20_000;
/** Longer than every documented silence: a machine has finished or given up by then. */
const PATIENCE_US = 60_000_000;
const POLLS_MAX = 2000;

/**
 * Ends the stream, mends the network and waits for the text.
 *
 * @throws Violation if it does not come.
 */
export function heal(exchange: Exchange): void {
  exchange.isWhole = true;
  if (exchange.actions().some(({ type }) => type === "finish")) exchange.apply({ type: "finish" });
  if (completes(exchange)) return;
  if (!exchange.hasAll) {
    exchange.attach();
    if (completes(exchange)) return;
  }
  const { senderPhase, receiverPhase } = exchange;
  throw new Violation(
    `a whole network does not complete the stream: sender ${senderPhase}, receiver ${receiverPhase}`,
  );
}

/**
 * Runs until the text is there and the sender knows; `false` if that is not to come. A sender that nobody
 * answers any more need not know.
 */
function completes(exchange: Exchange): boolean {
  let isAnswered = false;
  const end = exchange.now + PATIENCE_US;
  const underWay: { readonly at: number; readonly way: Way }[] = [];
  const seen: Record<Way, number> = { down: 0, up: 0 };
  for (let polls = 0; polls < POLLS_MAX; polls += 1) {
    for (const way of ["down", "up"] as const) {
      for (; seen[way] < exchange.flights[way].length; seen[way] += 1) {
        underWay.push({ at: exchange.now + DELAY_US, way });
      }
    }
    if (exchange.hasAll && exchange.senderPhase === "done") return true;
    const arrival = underWay[0]?.at ?? Infinity;
    const next = Math.min(arrival, exchange.deadline ?? Infinity);
    if (next > end) break;
    exchange.pollAt(next);
    const first = arrival <= next ? underWay.shift() : undefined;
    if (first) {
      if (first.way === "down") isAnswered ||= exchange.receiverPhase !== "closed";
      seen[first.way] -= 1;
      exchange.apply({ type: "deliver", way: first.way, index: 0 });
    }
  }
  return exchange.hasAll && exchange.senderPhase === "detached" && !isAnswered;
}
