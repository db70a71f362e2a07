// Mutants of the sender: what it carries, when it speaks, what it concludes from an ack, and how it
// attaches and ends.

import { inFile, type Mutant } from "./mutant.js";

/** Mutants that a port with the role `sender-exact` is tried against. */
export const SENDER_MUTANTS: readonly Mutant[] = [
  ...inFile("core/contents.js", [
    {
      id: "forgets-the-oldest",
      clause: "SND-11",
      does: "leaves the oldest unacknowledged token out of a datagram that has room for it",
      find: "return { windows: [{ from: lead, to: tail }], isBurst: false }; // SND-11",
      replace:
        "const from = lead < hi && hi < tail ? lead + 1 : lead;" +
        "return { windows: [{ from, to: tail }], isBurst: false };",
    },
    {
      id: "sends-new-tokens-only",
      clause: "SND-11",
      does: "leaves everything that it has sent before out of a fresh datagram",
      find: "const lead = supply.isLean ? hi : una;",
      replace: "const lead = hi < tail ? hi : una;",
    },
    {
      id: "is-never-lean",
      clause: "SND-12",
      does: "repeats into a queue that is full",
      find: "const lead = supply.isLean ? hi : una;",
      replace: "const lead = una;",
    },
    {
      id: "is-never-overdue",
      clause: "SND-13",
      does: "sends new tokens while the oldest are late",
      find: "if (supply.isOverdue || hi === tail) {",
      replace: "if (hi === tail) {",
    },
    {
      id: "bursts-without-the-oldest",
      clause: "SND-15",
      does: "does not repeat the oldest tokens beside a burst",
      find: "if (una < start && supply.isOldestStale) {",
      replace: "if (false) {",
    },
    {
      id: "bursts-at-will",
      clause: "SND-14",
      does: "sends one burst after the other, without the pause of a round trip",
      find: "supply.mayBurst ? CORE_LIMITS.burstDatagramsMax : 1",
      replace: "CORE_LIMITS.burstDatagramsMax",
    },
  ]),
  ...inFile("core/packing.js", [
    {
      id: "pauses-without-a-word",
      clause: "SND-6",
      does: "does not set PAUSED",
      find: "frame.isPaused ? FLAGS.PAUSED : 0",
      replace: "0",
    },
  ]),
  ...inFile("core/config.js", [
    {
      id: "bursts-of-eleven",
      clause: "SND-14",
      does: "sends bursts of eleven datagrams",
      find: "burstDatagramsMax: 10,",
      replace: "burstDatagramsMax: 11,",
    },
    {
      id: "keeps-17-ranges",
      clause: "RCV-1",
      does: "keeps one range of accepted numbers more than it may",
      find: "acceptedRangesMax: 16,",
      replace: "acceptedRangesMax: 17,",
    },
    {
      id: "keeps-1025-records",
      clause: "SND-18",
      does: "remembers one packet more than it may",
      find: "recordsMax: 1024,",
      replace: "recordsMax: 1025,",
    },
    {
      id: "keeps-five-closes",
      clause: "ERR-4",
      does: "keeps five Closes between two polls",
      find: "closesMax: 4,",
      replace: "closesMax: 5,",
    },
    {
      id: "pushes-empty-tokens",
      clause: "STR-3",
      does: "takes tokens without bytes from its application",
      find: "isIntegerIn(size, 1, LIMITS.tokenBytesMax)",
      replace: "isIntegerIn(size, 0, LIMITS.tokenBytesMax)",
    },
  ]),
  ...inFile("core/pacing.js", [
    {
      id: "sends-at-once",
      clause: "SND-3",
      does: "sends each token as it comes, without the spacing",
      find: "jitter(Math.max(spacingUs(pace), growthUs(pace)), pace)",
      replace: "0",
    },
    {
      id: "has-no-jitter",
      clause: "SND-10",
      does: "spaces fresh datagrams evenly, so that two flows collide for ever",
      find: "(768 + (hash >>> 23))",
      replace: "1024",
    },
    {
      id: "doubles-the-repeat-interval",
      clause: "SND-4",
      does: "waits twice as long as it may before it repeats",
      find: "Math.floor((5 * rtt.srttUs) / 4)",
      replace: "Math.floor((5 * rtt.srttUs) / 2)",
    },
    {
      id: "backs-off-without-bound",
      clause: "SND-4",
      does: "repeats ever more seldom in an outage",
      find: "GROWTH_US_MAX = 125_000",
      replace: "GROWTH_US_MAX = 125_000_000",
    },
    {
      id: "repeats-once-more",
      clause: "SND-4",
      does: "repeats early again and again",
      find: "if (pace.isRepeated || rtt.queueDelayUs > queueMax)",
      replace: "if (rtt.queueDelayUs > queueMax)",
    },
    {
      id: "is-never-quiet",
      clause: "SND-9",
      does: "keeps its pace towards a receiver that has been silent for 10 s",
      find: "QUIET_AFTER_US = 10_000_000",
      replace: "QUIET_AFTER_US = 100_000_000",
    },
    {
      id: "ignores-the-queue",
      clause: "CC-1",
      does: "does not slow down when the path queues",
      find: "Math.floor(Math.max(0, rtt.queueDelayUs - SPACING_US_MIN) / 2)",
      replace: "0",
    },
    {
      id: "ignores-heavy-loss",
      clause: "CC-1",
      does: "does not slow down when a third of everything is lost",
      find: "return lossRate > LOSSY_RATE ?",
      replace: "return false ?",
    },
    {
      id: "detaches-late",
      clause: "TIM-1",
      does: "gives a silent receiver up a second too late",
      find: "reference + SILENCE_US",
      replace: "reference + SILENCE_US + 1_000_000",
    },
    {
      id: "never-goes-idle-as-sender",
      clause: "TIM-2",
      does: "stays attached for ever when nothing is outstanding",
      find: "pace.lastHeard + SILENCE_US",
      replace: "undefined",
    },
  ]),
  ...inFile("core/loss.js", [
    {
      id: "waits-for-four",
      clause: "ACK-11",
      does: "takes a packet for lost when four later ones have arrived",
      find: "PACKET_THRESHOLD = 3",
      replace: "PACKET_THRESHOLD = 4",
    },
    {
      id: "has-no-time-threshold",
      clause: "ACK-11",
      does: "takes a packet for lost by number only",
      find: "sentAt + patienceUs < largest.sentAt",
      replace: "false",
    },
    {
      id: "forgets-loss-slowly",
      clause: "ACK-12",
      does: "lets old losses count twice as long",
      find: "Math.floor(this.#lossRate / 32)",
      replace: "Math.floor(this.#lossRate / 64)",
    },
  ]),
  ...inFile("core/rtt.js", [
    {
      id: "trusts-the-first-sample",
      clause: "ACK-10",
      does: "begins with the variation of a path that never varies",
      find: "var4: 2 * s,",
      replace: "var4: 0,",
    },
    {
      id: "keeps-the-minimum-for-ever",
      clause: "ACK-10",
      does: "compares the RTT with a minimum of another path",
      find: "if (age < PERIOD_US) {",
      replace: "if (true) {",
    },
    {
      id: "takes-any-hint",
      clause: "ACK-10",
      does: "believes a hint of any size",
      find: "Math.min(Math.max(hintUs, HINT_US_MIN), HINT_US_MAX)",
      replace: "hintUs",
    },
  ]),
  ...inFile("core/breaker.js", [
    {
      id: "never-breaks",
      clause: "CC-2",
      does: "goes on while half of everything is lost",
      find: "return this.#badPeriods === BAD_PERIODS;",
      replace: "return false;",
    },
    {
      id: "breaks-after-two",
      clause: "CC-2",
      does: "stops after two bad periods",
      find: "BAD_PERIODS = 3",
      replace: "BAD_PERIODS = 2",
    },
  ]),
  ...inFile("core/token-log.js", [
    {
      id: "ends-no-empty-stream",
      clause: "END-4",
      does: "sends no End for a stream without tokens",
      find: "return low === this.n && this.#end ? this.n + 1 : low;",
      replace: "return low === this.n && this.#end && this.n > 0 ? this.n + 1 : low;",
    },
    {
      id: "ignores-the-window",
      clause: "SND-1",
      does: "sends more than the receiver said it can hold",
      find: "if (this.#offset(middle) <= offsetMax)",
      replace: "if (true)",
    },
    {
      id: "drops-all-that-it-may",
      clause: "SND-19",
      does: "drops every acknowledged token when its log is full",
      find: "while (this.#offset(this.base) < offsetMin || this.base < baseMin)",
      replace:
        "if (this.#offset(this.base) < offsetMin || this.base < baseMin) while (this.base < last)",
    },
    {
      id: "is-never-full",
      clause: "SND-19",
      does: "takes more tokens than its log holds",
      find: "if (this.#offset(last) < offsetMin || last < baseMin)",
      replace: "if (false)",
    },
    {
      id: "digests-nothing",
      clause: "END-2",
      does: "ends every stream with the digest of an empty one",
      find: "const digest = transcriptDigest(this.#transcript);",
      replace: "const digest = transcriptDigest(initialTranscript());",
    },
  ]),
];
