// The mutants, by clause. Each is the bug that a port could well have; texts are those of the built
// reference and are mended with it.

import type { Mutant } from "./mutant.js";

/** All mutants. */
export const MUTANTS: readonly Mutant[] = [
  {
    id: "accepts-lying-lengths",
    clause: "ENC-4",
    does: "takes what its runtime parses for canonical, without encoding it again",
    file: "wire/decode.js",
    find: "return areEqual(serialize(message), body) ? message : undefined;",
    replace: "return message;",
  },
  {
    id: "acks-past-a-gap",
    clause: "ACK-2",
    does: "acknowledges the highest token that it holds, not the lowest that it lacks",
    file: "core/receiver.js",
    find: "const { nextIndex } = this.#reassembly; // ACK-2",
    replace: "const nextIndex = this.#reassembly.heldEnd;",
  },
  {
    id: "renders-out-of-order",
    clause: "RCV-4",
    does: "renders what waits behind a gap, and the missing tokens never",
    file: "core/reassembly.js",
    find: "const token = this.#waiting.get(this.#nextIndex);",
    replace:
      "if (this.#waiting.size > 0) this.#nextIndex = Math.min(...this.#waiting.keys());" +
      "const token = this.#waiting.get(this.#nextIndex);",
  },
  {
    id: "checks-no-digest",
    clause: "RCV-7",
    does: "completes whatever the digest of the End says",
    file: "core/receiver.js",
    find: "if (!isSame)",
    replace: "if (false)",
  },
  {
    id: "never-kicks",
    clause: "TIM-3",
    does: "waits in silence for a sender that may not know where it is",
    file: "core/kick-timer.js",
    find: "return this.#base + Math.min(firstUs * 2 ** this.#kicks, mostUs);",
    replace: "return Infinity;",
  },
  {
    id: "kicks-without-growth",
    clause: "TIM-3",
    does: "kicks every 400 ms for ever",
    file: "core/kick-timer.js",
    find: "return this.#base + Math.min(firstUs * 2 ** this.#kicks, mostUs);",
    replace: "return this.#base + firstUs;",
  },
  {
    id: "accepts-another-epoch",
    clause: "OPN-12",
    does: "takes packets of a session that is over for its own",
    file: "core/receiver.js",
    find: "if (packet.epoch !== this.#config.epoch)",
    replace: "if (false)",
  },
  {
    id: "attaches-a-stale-epoch",
    clause: "OPN-6",
    does: "lets an Open of a lower epoch take the stream over",
    file: "core/sender.js",
    find: "if (epoch < this.#epoch)",
    replace: "if (false)",
  },
  {
    id: "forgets-the-oldest",
    clause: "SND-11",
    does: "leaves the oldest unacknowledged token out of a datagram that has room for it",
    file: "core/contents.js",
    find: "return { windows: [{ from: lead, to: tail }], isBurst: false }; // SND-11",
    replace:
      "const from = lead < hi && hi < tail ? lead + 1 : lead;" +
      "return { windows: [{ from, to: tail }], isBurst: false };",
  },
  {
    id: "doubles-the-repeat-interval",
    clause: "SND-4",
    does: "waits twice as long as it may before it repeats",
    file: "core/pacing.js",
    find: "Math.floor((5 * rtt.srttUs) / 4)",
    replace: "Math.floor((5 * rtt.srttUs) / 2)",
  },
  {
    id: "rewinds-on-a-repeated-open",
    clause: "OPN-9",
    does: "begins anew when the Open that it has answered arrives once more",
    file: "core/attachment.js",
    find: "this.#acceptFrom = this.#nextNumber;",
    replace:
      "this.#acceptFrom = this.#nextNumber;" +
      "this.#outstanding = new Outstanding(packet.open.nextIndex);",
  },
  {
    id: "ends-no-empty-stream",
    clause: "END-4",
    does: "sends no End for a stream without tokens",
    file: "core/token-log.js",
    find: "return low === this.n && this.#end ? this.n + 1 : low;",
    replace: "return low === this.n && this.#end && this.n > 0 ? this.n + 1 : low;",
  },
];
