/**
 * What fits a datagram (SPEC 6.4), decided token by token in constant time. It keeps sizes only: the
 * tokens stay with the caller. Which tokens a sender ought to carry is not known here.
 */
import { LIMITS } from "./limits.js";
import type { End, Packet } from "./packet.js";
import { controlBytes, endBytes, runBytes, scalarBytes, varintBytes } from "./sizes.js";

/**
 * Measures a packet while items are added to it. Tokens are added in ascending or in descending order of
 * index, without gaps; a packet is as large whichever end it grew from.
 *
 * @spec SND-11
 */
export class PayloadMeter {
  readonly #packetBytesMax: number;
  /** Everything but the runs and the first index. */
  #fixedBytes: number;
  #firstIndex = 0;
  #tokens = 0;
  /** Runs that no token can join any more. */
  #closedRuns = 0;
  #closedBytes = 0;
  /** The run that the next token joins, if it is of the same channel. */
  #run = { channel: 0, tokens: 0, dataBytes: 0, lengthsBytes: 0 };

  /**
   * @param packet - what the packet holds besides tokens; its `runs` and `firstIndex` are not looked at
   * @param maxPayload - bytes of a datagram
   */
  constructor(packet: Packet, maxPayload: number) {
    this.#packetBytesMax = maxPayload - 1; // PKT-18: the mark
    this.#fixedBytes = controlBytes({ ...packet, firstIndex: 0 });
  }

  /** Bytes that the packet takes as it stands, without the mark. */
  get bytes(): number {
    return (
      this.#control(this.#fixedBytes, this.#firstIndex) + this.#closedBytes + bytesOf(this.#run)
    );
  }

  /** Tokens added so far. */
  get tokens(): number {
    return this.#tokens;
  }

  /** The lowest index added so far; 0 if none. */
  get firstIndex(): number {
    return this.#firstIndex;
  }

  /**
   * Adds a token if the packet with it still fits.
   *
   * @param index - the neighbour of the index added before
   * @param tokenBytes - its size, 1 to 1024
   * @returns whether it fits; if not, nothing has changed
   */
  addToken(index: number, channel: number, tokenBytes: number): boolean {
    const joins = this.#run.tokens > 0 && this.#run.channel === channel;
    const run = joins ? this.#run : { channel, tokens: 0, dataBytes: 0, lengthsBytes: 0 };
    const grown = {
      channel,
      tokens: run.tokens + 1,
      dataBytes: run.dataBytes + tokenBytes,
      lengthsBytes: run.lengthsBytes + varintBytes(tokenBytes),
    };
    const closes = !joins && this.#run.tokens > 0;
    const closedRuns = this.#closedRuns + Number(closes);
    const closedBytes = this.#closedBytes + (closes ? bytesOf(this.#run) : 0);
    const firstIndex = this.#tokens === 0 ? index : Math.min(this.#firstIndex, index);
    const control = this.#control(this.#fixedBytes, firstIndex);

    if (control > LIMITS.controlBytesMax) return false; // LIM-9
    if (closedRuns + 1 > LIMITS.runsMax) return false; // LIM-1
    if (this.#tokens + 1 > LIMITS.tokensMax) return false; // LIM-2
    if (control + closedBytes + bytesOf(grown) > this.#packetBytesMax) return false;

    this.#run = grown;
    this.#closedRuns = closedRuns;
    this.#closedBytes = closedBytes;
    this.#firstIndex = firstIndex;
    this.#tokens += 1;
    return true;
  }

  /**
   * Adds the End if the packet with it still fits. A packet holds one: call this at most once, and not
   * for a packet that had its End from the start.
   *
   * @returns whether it fits; if not, nothing has changed
   */
  addEnd(end: End): boolean {
    const added = endBytes(end);
    const control = this.#control(this.#fixedBytes + added, this.#firstIndex);
    if (control > LIMITS.controlBytesMax) return false; // LIM-9
    if (this.bytes + added > this.#packetBytesMax) return false;
    this.#fixedBytes += added;
    return true;
  }

  #control(fixedBytes: number, firstIndex: number): number {
    return fixedBytes + scalarBytes(firstIndex);
  }
}

/** One token alone needs no `lengths`; no token needs no run. */
function bytesOf(run: {
  channel: number;
  tokens: number;
  dataBytes: number;
  lengthsBytes: number;
}) {
  if (run.tokens === 0) return 0;
  return runBytes(run.channel, run.dataBytes, run.tokens > 1 ? run.lengthsBytes : 0); // PKT-6
}
