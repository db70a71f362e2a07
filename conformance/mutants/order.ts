// Mutants of the order of things: inputs before deadlines, events before datagrams, one deadline before
// another, what is said once. Both machines have them.

import { inFile, type Mutant } from "./mutant.js";

const SENDER_DECODES =
  "const decoded = decode(datagram);\n" +
  '        if (decoded.type === "discard")\n' +
  "            return decoded.code;\n" +
  "        const { packet } = decoded;\n" +
  "        if (packet.streamId";
const RECEIVER_DECODES =
  "const decoded = decode(datagram);\n" +
  '        if (decoded.type === "discard")\n' +
  "            return decoded.code;\n" +
  "        const { packet } = decoded;\n" +
  "        const code";
const SHIFT_EVENT = "const event = this.#events.shift();";

/** Mutants of the roles `receiver` and `sender-exact`. */
export const ORDER_MUTANTS: readonly Mutant[] = [
  ...inFile("core/sender.js", [
    {
      id: "sends-before-it-tells",
      clause: "STR-5",
      does: "hands out datagrams before the events that led to them",
      find: SHIFT_EVENT,
      replace:
        "if (this.#isGateOpen && this.#outbox.length === 0) this.#emit(now);" +
        "const early = this.#isGateOpen ? (this.#closes.take() ?? this.#outbox.shift()) : undefined;" +
        "if (early !== undefined) return early;" +
        SHIFT_EVENT,
    },
    {
      id: "closes-last",
      clause: "STR-5",
      does: "sends a Close after the datagrams of the same poll",
      find: "const close = this.#closes.take();",
      replace:
        "if (this.#outbox.length === 0) this.#emit(now);" +
        "const early = this.#outbox.shift(); if (early !== undefined) return early;" +
        "const close = this.#closes.take();",
    },
    {
      id: "acts-before-it-listens",
      clause: "STR-5",
      does: "serves a deadline before an ack of the same time",
      find: SENDER_DECODES,
      replace:
        "if (this.#isGateOpen && this.#outbox.length === 0) this.#emit(now);" + SENDER_DECODES,
    },
    {
      id: "detaches-before-it-listens",
      clause: "STR-5",
      does: "gives its receiver up before an ack of the same time",
      find: SENDER_DECODES,
      replace: "if (this.#isGateOpen) this.#detachIfSilent(now);" + SENDER_DECODES,
    },
    {
      id: "repeats-before-it-detaches",
      clause: "TIM-6",
      does: "sends once more when the time to give up has come too",
      find: "if (this.#isGateOpen)\n            this.#detachIfSilent(now);",
      replace:
        "if (this.#isGateOpen && this.#outbox.length === 0) this.#emit(now);" +
        "if (this.#isGateOpen) this.#detachIfSilent(now);",
    },
    {
      id: "stops-before-it-acknowledges",
      clause: "ACK-8",
      does: "obeys a Stop before it applies the ack beside it",
      find: "switch (attachment.ack(packet, now)) {",
      replace:
        "if (packet.packetNumber > 0) this.#stop(packet);" +
        "switch (attachment.ack(packet, now)) {",
    },
    {
      id: "closes-after-an-invalid-ack",
      clause: "ERR-6",
      does: "becomes closed for good when its receiver acknowledges what was never sent",
      find: 'this.#fail("invalid-ack", CLOSE_CODES.INVALID_ACK, bytes);',
      replace: 'this.#fail("close", CLOSE_CODES.INVALID_ACK, bytes);',
    },
    {
      id: "lets-a-stop-replace-the-end",
      clause: "END-1",
      does: "takes a Stop for the end although the stream has ended",
      find: "if (stop === undefined || this.#log.end !== undefined)",
      replace: "if (stop === undefined)",
    },
  ]),
  ...inFile("core/close-queue.js", [
    {
      id: "says-every-close-twice",
      clause: "SEC-2",
      does: "answers one datagram with two Closes",
      find: "this.#pending.push({ code, epoch, atMost });",
      replace: "this.#pending.push({ code, epoch, atMost }, { code, epoch, atMost });",
    },
    {
      id: "keeps-the-last-close",
      clause: "ERR-4",
      does: "keeps the latest of several Closes and forgets the others",
      find: "if (this.#pending.length >= CORE_LIMITS.closesMax)\n            return; // ERR-4",
      replace: "this.#pending.length = 0;",
    },
  ]),
  ...inFile("core/deadlines.js", [
    {
      id: "names-the-last-timer",
      clause: "TIM-7",
      does: "names the last of several timers with the same deadline",
      find: "at >= until",
      replace: "at > until",
    },
  ]),
  ...inFile("core/receiver.js", [
    {
      id: "acks-before-it-renders",
      clause: "STR-5",
      does: "hands out its ack before the tokens that it acknowledges",
      find: SHIFT_EVENT,
      replace:
        "const early = this.#isGateOpen ? this.#transmit(now) : undefined;" +
        "if (early !== undefined) return early;" +
        SHIFT_EVENT,
    },
    {
      id: "fails-before-it-listens",
      clause: "STR-5",
      does: "gives its sender up before a packet of the same time",
      find: RECEIVER_DECODES,
      replace: "if (this.#isGateOpen) this.#expire(now);" + RECEIVER_DECODES,
    },
    {
      id: "kicks-before-it-fails",
      clause: "TIM-6",
      does: "kicks once more when the time to fail has come too",
      find: '["idle", this.#lastAccepted + IDLE_US],',
      replace: "",
      also: [
        {
          find: '["kick", this.#kick.at(this.#isPaused)],',
          replace:
            '["kick", this.#kick.at(this.#isPaused)], ["idle", this.#lastAccepted + IDLE_US],',
        },
      ],
    },
    {
      id: "acks-each-packet",
      clause: "ACK-1",
      does: "sends an ack for each packet of a batch",
      find: "this.#isAckPending = true; // ACK-1",
      replace: "this.#isAckPending = true; this.acks = (this.acks ?? 0) + 1;",
      also: [
        {
          find: "this.#isAckPending = false; // ACK-1: one for all packets since the last poll",
          replace: "this.acks = (this.acks ?? 1) - 1; this.#isAckPending = this.acks > 0;",
        },
      ],
    },
    {
      id: "acks-tokens-only",
      clause: "ACK-1",
      does: "does not acknowledge a packet with nothing in it",
      find: "#register({ packetNumber, flags }, now) {",
      replace: "#register({ packetNumber, flags, runs, end, accept }, now) {",
      also: [
        {
          find: "this.#isAckPending = true; // ACK-1",
          replace:
            "if (runs.length > 0 || end !== undefined || accept !== undefined)" +
            " this.#isAckPending = true;",
        },
      ],
    },
    {
      id: "goes-on-opening",
      clause: "OPN-1",
      does: "sends its Opens at their times although Accept has come",
      find: 'if (timer === "open-retry") {',
      replace: 'if (timer === "open-retry" || this.#openings.next <= now) {',
    },
  ]),
];
