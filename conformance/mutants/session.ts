// Mutants of what a sender concludes from its peer: acks, Opens, Stops and Closes, and how the stream
// ends. What it carries and when it speaks is sender.ts's.

import { inFile, type Mutant } from "./mutant.js";

/** Mutants that a port with the role `sender-exact` is tried against. */
export const SESSION_MUTANTS: readonly Mutant[] = [
  ...inFile("core/attachment.js", [
    {
      id: "is-done-after-a-single-token",
      clause: "END-5",
      does: "takes the ack of the only token for that of its End",
      find: "if (this.una === this.#log.n + 1)",
      replace: "if (this.una === this.#log.n + 1 || (this.una === 1 && this.#log.n === 1))",
    },
    {
      id: "rewinds-to-an-old-index",
      clause: "ACK-8",
      does: "takes next_index as it comes and sends everything again",
      find: "this.#outstanding.acknowledge(itemsAcknowledged(ack));",
      replace:
        "if (itemsAcknowledged(ack) < this.una) this.#outstanding = new Outstanding(ack.nextIndex);this.#outstanding.acknowledge(itemsAcknowledged(ack));",
    },
    {
      id: "answers-kicks-apart",
      clause: "SND-7",
      does: "does not take a fresh datagram for the answer to a kick",
      find: "this.#isKicked = this.#isPausePending = false;",
      replace:
        "this.#isPausePending = false; this.#isKicked &&= (windows.at(-1)?.to ?? 0) > this.hi;",
    },
    {
      id: "tells-a-pause-apart",
      clause: "SND-7",
      does: "tells a pause in a datagram of its own",
      find: "this.#isKicked = this.#isPausePending = false;",
      replace:
        "this.#isKicked = false; this.#isPausePending &&= windows.some(({ from, to }) => from < to);",
    },
    {
      id: "sends-one-token-with-accept",
      clause: "OPN-8",
      does: "sends Accept with the first token only",
      find: "const supply = this.#supply(now);",
      replace:
        "const isFirst = this.#acceptAt !== undefined && this.una === this.hi;const supply = { ...this.#supply(now), ...(isFirst && { tail: Math.min(this.#tail, this.una + 1) }) };",
    },
    {
      id: "begins-at-the-oldest",
      clause: "OPN-7",
      does: "sends the whole log to a receiver that resumes",
      find: "this.#outstanding = new Outstanding(packet.open.nextIndex);",
      replace: "this.#outstanding = new Outstanding(log.base);",
    },
    {
      id: "keeps-its-rtt",
      clause: "OPN-7",
      does: "keeps the RTT of one path for the next",
      find: "this.#rtt = new Rtt(packet.open.rttHintUs);",
      replace: "this.#rtt = log.rtt ??= new Rtt(packet.open.rttHintUs);",
    },
    {
      id: "skips-numbers",
      clause: "SND-2",
      does: "uses every second packet number",
      find: "this.#nextNumber += 1; // SND-2",
      replace: "this.#nextNumber += 2;",
    },
    {
      id: "ignores-kicks",
      clause: "SND-5",
      does: "does not answer a receiver that asks for a sign of life",
      find: "if (packet.flags & FLAGS.ACK_NOW)",
      replace: "if (false)",
    },
    {
      id: "counts-a-repair-as-a-repeat",
      clause: "SND-8",
      does: "gives up its early repeat after it has mended a loss",
      find: "return this.#transmit(presumedLostContents(supply, end, packing), packing, now);",
      replace:
        "this.#isRepeated = true;" +
        "return this.#transmit(presumedLostContents(supply, end, packing), packing, now);",
    },
    {
      id: "presumes-nothing-lost",
      clause: "SND-17",
      does: "waits for a timer although an ack shows what was lost",
      find: "this.#presumedLostAt = this.#isLossShown(ack) ? now : undefined;",
      replace: "",
    },
    {
      id: "applies-old-acks",
      clause: "ACK-6",
      does: "applies an ack that arrives after a later one",
      find: 'return "duplicate"; // ACK-6\n        if (!this.#isPossible(ack))',
      replace: ";\n        if (!this.#isPossible(ack))",
    },
    {
      id: "believes-impossible-acks",
      clause: "ACK-7",
      does: "takes the word of a receiver for what was never sent",
      find: "if (!this.#isPossible(ack))",
      replace: "if (false)",
    },
    {
      id: "takes-every-ack-for-news",
      clause: "ACK-9",
      does: "takes an ack that says nothing new for progress",
      find: "if (isRise || isHit)",
      replace: "if (true)",
    },
    {
      id: "samples-late-acks",
      clause: "ACK-10",
      does: "takes an RTT from an ack that waited long",
      find: "if (ack.delayUs <= DELAY_US_MAX)",
      replace: "if (true)",
    },
    {
      id: "ignores-the-delay-of-acks",
      clause: "ACK-10",
      does: "counts the receiver's delay into the RTT",
      find: "this.#rtt.sample(now - sentAt, ack.delayUs, now);",
      replace: "this.#rtt.sample(now - sentAt, 0, now);",
    },
    {
      id: "accepts-once",
      clause: "OPN-8",
      does: "sends Accept in one packet, which may be lost",
      find: "const hasAccept = this.#acceptFrom !== undefined;",
      replace: "const hasAccept = this.#acceptAt !== undefined;",
    },
    {
      id: "accepts-for-ever",
      clause: "OPN-8",
      does: "goes on with Accept after it has been acknowledged",
      find: "this.#acceptFrom = this.#acceptAt = undefined; // OPN-8",
      replace: "",
    },
    {
      id: "rewinds-on-a-repeated-open",
      clause: "OPN-9",
      does: "begins anew when the Open that it has answered arrives once more",
      find: "this.#acceptFrom = this.#nextNumber;",
      replace:
        "this.#acceptFrom = this.#nextNumber;" +
        "this.#outstanding = new Outstanding(packet.open.nextIndex);",
    },
    {
      id: "never-completes",
      clause: "END-5",
      does: "goes on when its End has been acknowledged",
      find: "if (this.una === this.#log.n + 1)",
      replace: "if (false)",
    },
  ]),
  ...inFile("core/sender.js", [
    {
      id: "goes-on-with-timers",
      clause: "TIM-7",
      does: "reports a deadline although nobody is attached",
      find: "this.#attached?.wait() ?? NO_DEADLINE",
      replace:
        'this.#attached?.wait() ?? (this.#phase === "done" ? NO_DEADLINE : { type: "wait", until: now + 30_000_000, timer: "idle" })',
    },
    {
      id: "pushes-after-the-end",
      clause: "SND-20",
      does: "takes tokens after the stream has ended",
      find: 'return isEnded ? "ended" :',
      replace: "return isEnded ? undefined :",
    },
    {
      id: "attaches-a-stale-epoch",
      clause: "OPN-6",
      does: "lets an Open of a lower epoch take the stream over",
      find: "if (epoch < this.#epoch)",
      replace: "if (false)",
    },
    {
      id: "attaches-any-version",
      clause: "OPN-6",
      does: "accepts an Open of a version that it does not speak",
      find: "if (open.version !== 1)",
      replace: "if (false)",
    },
    {
      id: "resumes-any-prefix",
      clause: "OPN-6",
      does: "goes on after a prefix of another stream",
      find: "return isOurs ? undefined : CLOSE_CODES.MISMATCH;",
      replace: "return undefined;",
    },
    {
      id: "supersedes-in-silence",
      clause: "OPN-10",
      does: "does not tell a receiver that another one took its place",
      find: "this.#closes.add(CLOSE_CODES.SUPERSEDED, attachment.epoch, bytes);",
      replace: "",
    },
    {
      id: "accepts-acks-of-another-epoch",
      clause: "OPN-12",
      does: "applies acks of a session that is over",
      find: "if (packet.epoch !== this.#epoch)",
      replace: "if (false)",
    },
    {
      id: "tells-no-stop",
      clause: "END-8",
      does: "ends at a Stop without telling its application why",
      find: 'this.#events.push({ type: "stop", reason: stop.reason });',
      replace: "",
    },
    {
      id: "ignores-a-stop",
      clause: "END-8",
      does: "goes on generating when the receiver wants no more",
      find: "if (stop === undefined || this.#log.end !== undefined)",
      replace: "if (true)",
    },
    {
      id: "keeps-its-log-from-a-close",
      clause: "ERR-5",
      does: "does not become closed when the receiver closes",
      find: 'this.#enter("close", "close-received", code);',
      replace: "",
    },
    {
      id: "refuses-in-silence",
      clause: "OPN-6",
      does: "does not answer an Open that it refuses",
      find: "this.#closes.add(refusal, packet.epoch, bytes);",
      replace: "",
    },
    {
      id: "speaks-through-the-gate-as-sender",
      clause: "BND-4",
      does: "sends while the binding holds it back",
      find: "if (!this.#isGateOpen)",
      replace: "if (false)",
    },
  ]),
];
