// One case under way: asks the port, keeps what was said, counts comparisons. Turns an answer that is not
// one of the expected outcomes into a failure, so that the judges only speak of the protocol.

import type { Breakdown, Port, Reply, Request } from "../driver/protocol.js";
import { shorten } from "../driver/schema.js";
import type { Exchange, Failure } from "./verdict.js";

/** The outcomes that a judge decides about. */
export type Answer = Extract<Reply, { type: "ok" | "reject" }>;

const EXCHANGES_KEPT = 64;

/** A case under way on a port. */
export class Trial {
  readonly #port: Port;
  #exchange: Exchange[] = [];
  #assertions = 0;
  #breakdown: Breakdown | undefined;

  constructor(port: Port) {
    this.#port = port;
  }

  /** Comparisons made so far. */
  get assertions(): number {
    return this.#assertions;
  }

  /** The latest exchanges. */
  get exchange(): readonly Exchange[] {
    return this.#exchange;
  }

  /** How the port's process broke, if it did. */
  get breakdown(): Breakdown | undefined {
    return this.#breakdown;
  }

  /** Asks; an answer without a verdict on the protocol comes back as a failure. */
  async ask(request: Request): Promise<{ answer: Answer } | { failure: Failure }> {
    const reply = await this.#port.ask(request);
    this.#exchange.push({ request, reply });
    if (this.#exchange.length > EXCHANGES_KEPT) this.#exchange.shift();
    switch (reply.type) {
      case "ok":
      case "reject":
        return { answer: reply };
      case "unsupported": {
        const summary = `the port answered "unsupported ${shorten(reply.what)}" in a role that it claims`;
        return { failure: { kind: "unsupported", summary } };
      }
      case "fault":
        return { failure: { kind: "fault", summary: `the port's fault: ${shorten(reply.text)}` } };
      case "broken": {
        const { breakdown, text, line, stderr } = reply;
        if (breakdown !== "bad-line") this.#breakdown = breakdown;
        return {
          failure: {
            kind: breakdown,
            summary: text,
            ...(line === undefined ? {} : { line }),
            ...(stderr === undefined ? {} : { stderr }),
          },
        };
      }
    }
  }

  /** Counts `count` comparisons and gives the failure, if any. */
  assert(failure: Failure | undefined, count = 1): Failure | undefined {
    this.#assertions += count;
    return failure;
  }
}
