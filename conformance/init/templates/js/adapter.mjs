// The adapter: it speaks JSON Lines with the conformance kit and calls your port, port.mjs.
//
// It runs as it is. One request comes in on stdin, one response goes out on stdout, in lock-step;
// print your own messages to stderr. The kit tells the time: nothing here reads a clock.
import * as port from "./port.mjs";

/** The endpoints that the kit has made, by the names that it chose. */
const endpoints = new Map();

const commands = {
  hello: () => ({ ok: { name: port.name, version: port.version, spec: 1, roles: port.roles } }),

  decode: ({ datagram }) => port.decode(Buffer.from(datagram, "hex")),

  encode: ({ packet, max_payload, bucket }) => port.encode(packet, max_payload, bucket),

  new({ endpoint, role, now, config }) {
    const Endpoint = { receiver: port.Receiver, sender: port.Sender }[role];
    if (Endpoint === undefined) return { unsupported: `role ${role}` };
    endpoints.set(endpoint, new Endpoint(config, now));
    return { ok: {} };
  },

  step({ endpoint, now, inputs = [] }) {
    const machine = endpoints.get(endpoint);
    if (machine === undefined) return { unsupported: `endpoint ${endpoint}` };
    const results = inputs.map((input) => machine.input(input) ?? null);
    return { ok: { results, ...machine.poll(now), view: machine.view() } };
  },
};

function answer(line) {
  let id = null;
  try {
    const request = JSON.parse(line);
    id = request.id;
    if (!Object.hasOwn(commands, request.cmd)) return { id, unsupported: `cmd ${request.cmd}` };
    return { id, ...commands[request.cmd](request) };
  } catch (error) {
    // The port broke. That fails one case; the next one still gets its answer.
    console.error(error);
    return { id, fault: String(error) };
  }
}

// A request ends with the byte 0x0A and nothing else: node:readline would also split at U+2028.
let pending = Buffer.alloc(0);
for await (const chunk of process.stdin) {
  pending = Buffer.concat([pending, chunk]);
  for (let end = pending.indexOf(0x0a); end !== -1; end = pending.indexOf(0x0a)) {
    const line = pending.toString("utf8", 0, end);
    pending = pending.subarray(end + 1);
    process.stdout.write(`${JSON.stringify(answer(line))}\n`);
  }
}
// stdin has ended: nothing is left to do, and Node exits.
