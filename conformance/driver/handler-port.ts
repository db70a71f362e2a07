// A port in this process: a function that takes a request and gives a response, both as JSON objects. It
// is held to the same schemas and outcomes as a process, so that a port's own tests mean the same.

import type { Json } from "../json.js";
import type { Handler, Port, Reply, Request } from "./protocol.js";
import { incoming, outgoing } from "./schema.js";

/** Makes a port of a function. An exception is a crash; there is no time limit. */
export function handlerPort(handler: Handler): Port {
  let lastId = 0;
  return {
    async ask(request: Request): Promise<Reply> {
      const id = (lastId += 1);
      const line = outgoing(id, request);
      try {
        const response = (await handler(structuredClone(line))) as Json | undefined;
        return incoming(id, request.cmd, JSON.parse(JSON.stringify(response ?? null)) as Json);
      } catch (error) {
        const text = error instanceof Error ? error.message : String(error);
        return { type: "broken", breakdown: "crash", text: `the handler threw: ${text}` };
      }
    },
    close: () => Promise.resolve(),
  };
}
