/**
 * One sender, one receiver and what is under way between them, moved event by event, with the invariants
 * that hold in every state. The machines are the shipping ones; they cannot be copied, so a state is the
 * list of events that leads to it.
 */
import type { Output, Token } from "../core/output.js";
import { Receiver, type ReceiverEvent } from "../core/receiver.js";
import { Sender, type SenderEvent } from "../core/sender.js";
import { CLOSE_CODES, decode, END_REASONS, type Packet, STOP_REASONS } from "../wire/index.js";
import type { Action, Scope, Way } from "./scope.js";

/** Thrown where an invariant does not hold. */
export class Violation extends Error {}

/** What an honest network can make a machine discard. */
const HARMLESS = new Set(["duplicate", "unexpected", "epoch", "phase", "refused-open"]);

/** Closes that follow from a second attachment. */
const CLOSES_OF_ATTACHING: readonly number[] = [CLOSE_CODES.SUPERSEDED, CLOSE_CODES.STALE_EPOCH];

/** Both machines and the network between them. */
export class Exchange {
  readonly scope: Scope;
  readonly flights: Record<Way, Uint8Array[]> = { down: [], up: [] };
  now = 0;
  /** Whether nothing more is lost, whatever is under way. */
  isWhole = false;
  readonly #sender = new Sender({ streamId: 0, maxPayload: 1152, bucket: 1 });
  #receiver: Receiver;
  #epoch = 1;
  #senderDeadline: number | undefined;
  #receiverDeadline: number | undefined;
  /** Tokens rendered to the application, by all receivers together. */
  #rendered = 0;
  #finalCount: number | undefined;
  /** The sender's `hi` before the poll that is under way. */
  #hiBefore = 0;

  constructor(scope: Scope) {
    this.scope = scope;
    this.#receiver = new Receiver({ streamId: 0, epoch: 1, maxPayload: 1152, bucket: 1 }, 0);
    this.#pollSender();
    this.#pollReceiver();
  }

  get senderPhase(): string {
    return this.#sender.view().phase;
  }

  get receiverPhase(): string {
    return this.#receiver.view().phase;
  }

  /** Whether the application has the whole text. */
  get hasAll(): boolean {
    return this.#finalCount !== undefined;
  }

  /** The earliest deadline of both. */
  get deadline(): number | undefined {
    const both = [this.#senderDeadline, this.#receiverDeadline].filter((at) => at !== undefined);
    return both.length === 0 ? undefined : Math.min(...both);
  }

  /** What can happen next. Equal datagrams under way count once. */
  actions(): Action[] {
    const actions: Action[] = [];
    for (const way of ["down", "up"] as const) {
      const flight = this.flights[way];
      flight.forEach((datagram, index) => {
        if (flight.findIndex((other) => isSame(other, datagram)) !== index) return;
        actions.push({ type: "deliver", way, index }, { type: "drop", way, index });
        if (flight.length < this.scope.flightMax) actions.push({ type: "duplicate", way, index });
      });
    }
    if (this.deadline !== undefined) actions.push({ type: "wait" });
    return [...actions, ...this.#commands()];
  }

  /**
   * Lets one event happen.
   *
   * @throws Violation
   */
  apply(action: Action): void {
    switch (action.type) {
      case "deliver":
        this.#deliver(action.way, this.#take(action.way, action.index));
        break;
      case "drop":
        this.#take(action.way, action.index);
        break;
      case "duplicate":
        this.flights[action.way].push(this.flights[action.way][action.index] ?? new Uint8Array());
        break;
      case "wait":
        this.pollAt(this.deadline ?? this.now);
        break;
      default:
        this.#command(action.type);
    }
    this.#check();
  }

  /** Moves time and polls the machines whose deadline has come. */
  pollAt(now: number): void {
    this.now = now;
    if (this.#senderDeadline !== undefined && this.#senderDeadline <= now) this.#pollSender();
    if (this.#receiverDeadline !== undefined && this.#receiverDeadline <= now) {
      this.#pollReceiver();
    }
  }

  /** A new receiver takes the place of the present one, where the application is. */
  attach(): void {
    const { nextIndex, digest } = this.#receiver.resumption();
    this.#epoch += 1;
    const place = { streamId: 0, epoch: this.#epoch, nextIndex, digest };
    this.#receiver = new Receiver({ ...place, maxPayload: 1152, bucket: 1 }, this.now);
    this.#pollReceiver();
  }

  /** All state that decides what can follow, times relative to now, RTT estimates left out. */
  key(): string {
    const flight = (way: Way) => this.flights[way].map((bytes) => bytes.join()).sort();
    return JSON.stringify([
      this.#sender.snapshot(this.now),
      this.#receiver.snapshot(this.now),
      flight("down"),
      flight("up"),
      this.#finalCount,
    ]);
  }

  #commands(): Action[] {
    const { n, phase } = this.#sender.view();
    const isEnded = phase === "ending" || phase === "done" || this.#hasEnd();
    const commands: Action[] = [];
    if (!isEnded && n < this.scope.tokensMax) commands.push({ type: "push" });
    if (!isEnded) commands.push({ type: "finish" });
    for (const type of this.scope.extra) {
      if (type === "pause" && isEnded) continue;
      if (type === "attach" && (this.#epoch > 2 || this.hasAll)) continue;
      commands.push({ type });
    }
    return commands;
  }

  #hasEnd(): boolean {
    const { log } = this.#sender.snapshot(this.now) as { log?: { end?: unknown } };
    return log?.end !== undefined && log.end !== null;
  }

  #command(type: "push" | "finish" | "pause" | "stop" | "attach"): void {
    switch (type) {
      case "attach":
        this.attach();
        return;
      case "stop":
        this.#receiver.stop(STOP_REASONS.USER, this.now);
        this.#pollReceiver();
        return;
      case "push":
        this.#sender.push([tokenOf(this.#sender.view().n, this.scope)], this.now);
        break;
      case "finish":
        this.#sender.finish(END_REASONS.COMPLETE, this.now);
        break;
      case "pause":
        this.#sender.pause(this.now);
    }
    this.#pollSender();
  }

  #take(way: Way, index: number): Uint8Array {
    const [datagram] = this.flights[way].splice(index, 1);
    if (datagram === undefined) throw new Error(`no datagram ${index} is under way ${way}`);
    return datagram;
  }

  #deliver(way: Way, datagram: Uint8Array): void {
    const machine = way === "up" ? this.#sender : this.#receiver;
    const code = machine.receive(datagram, this.now);
    if (code !== undefined && !HARMLESS.has(code)) {
      throw new Violation(`an honest datagram was discarded as ${code}`);
    }
    if (way === "up") this.#pollSender();
    else this.#pollReceiver();
  }

  #pollSender(): void {
    const next = () => this.#sender.poll(this.now);
    this.#hiBefore = this.#sender.view().hi;
    this.#senderDeadline = this.#poll("down", next, (event) => {
      this.#noteSender(event);
    });
  }

  #pollReceiver(): void {
    const next = () => this.#receiver.poll(this.now);
    this.#receiverDeadline = this.#poll("up", next, (event) => {
      this.#noteReceiver(event);
    });
  }

  #poll<Event, Timer extends string>(
    way: Way,
    next: () => Output<Event, Timer>,
    note: (event: Event) => void,
  ): number | undefined {
    for (let outputs = 0; outputs < 100; outputs += 1) {
      const output = next();
      if (output.type === "event") note(output.event);
      else if (output.type === "transmit") this.#send(way, output.datagram);
      else if (output.until === undefined || output.until > this.now) return output.until;
      else throw new Violation(`the deadline ${output.timer ?? ""} lies in the past`);
    }
    throw new Violation("a poll has no end");
  }

  #send(way: Way, datagram: Uint8Array): void {
    const decoded = decode(datagram);
    if (decoded.type === "discard") throw new Violation(`a machine sent what is ${decoded.code}`);
    const { packet } = decoded;
    const { close } = packet;
    if (way === "down" && close === undefined) this.#checkContents(packet);
    if (close !== undefined && !CLOSES_OF_ATTACHING.includes(close.code)) {
      throw new Violation(`honest peers closed with ${close.code}`);
    }
    const hasRoom = this.isWhole || this.flights[way].length < this.scope.flightMax;
    if (hasRoom) this.flights[way].push(datagram);
  }

  /** R1 where everything fits: all that is unacknowledged, or, lean, all that was never sent. */
  #checkContents({ firstIndex, runs, end }: Packet): void {
    if (this.scope.tokenBytes > 1) return;
    const { una, n } = this.#sender.view();
    const [hi, outstanding] = [this.#hiBefore, una < this.#hiBefore];
    const tokens = runs.reduce((sum, run) => sum + run.tokens.length, 0);
    if (tokens === 0 && end === undefined && !outstanding && n <= hi) return;
    const first = tokens > 0 ? firstIndex : n;
    const isLean = outstanding && first === hi && hi < n + 1;
    if (first !== una && !isLean) throw new Violation(`a datagram begins at ${first}, not ${una}`);
    if (first + tokens !== n) throw new Violation(`a datagram ends at ${first + tokens}, not ${n}`);
  }

  #noteSender(event: SenderEvent): void {
    if (event.type === "phase" && event.code !== undefined) {
      throw new Violation(`the sender became ${event.phase} by ${event.cause} ${event.code}`);
    }
  }

  #noteReceiver(event: ReceiverEvent): void {
    switch (event.type) {
      case "phase":
        if (event.code === undefined) return;
        throw new Violation(`the receiver became ${event.phase} by ${event.cause} ${event.code}`);
      case "render":
        this.#render(event.index, event.tokens);
        return;
      case "end":
        if (this.#finalCount !== undefined) throw new Violation("the End was delivered twice");
        if (event.finalCount !== this.#rendered || event.finalCount !== this.#sender.view().n) {
          throw new Violation(`an End of ${event.finalCount} after ${this.#rendered} tokens`);
        }
        this.#finalCount = event.finalCount;
    }
  }

  /** What is rendered is what was pushed: in order, each token once. */
  #render(index: number, tokens: readonly Token[]): void {
    if (index !== this.#rendered) {
      throw new Violation(`token ${index} was rendered where ${this.#rendered} was next`);
    }
    for (const token of tokens) {
      const pushed = tokenOf(this.#rendered, this.scope);
      if (this.#rendered >= this.#sender.view().n) throw new Violation("a token was never pushed");
      if (token.channel !== pushed.channel || !isSame(token.bytes, pushed.bytes)) {
        throw new Violation(`token ${this.#rendered} was altered`);
      }
      this.#rendered += 1;
    }
  }

  #check(): void {
    const { una, hi, n, epoch } = this.#sender.view();
    const { nextIndex } = this.#receiver.view();
    if (una > hi || hi > n + 1) throw new Violation(`una ${una}, hi ${hi}, n ${n}`);
    if (nextIndex !== this.#rendered) throw new Violation("next_index is not what was rendered");
    if (epoch !== this.#epoch) return;
    const items = nextIndex + (this.hasAll ? 1 : 0);
    if (una > items) throw new Violation(`item ${items} was acknowledged but never received`);
    if (nextIndex > Math.min(hi, n)) throw new Violation("a token arrived that was never sent");
  }
}

/** Token `index`; the third is on another channel. */
function tokenOf(index: number, scope: Scope): Token {
  return { channel: index === 2 ? 1 : 0, bytes: new Uint8Array(scope.tokenBytes).fill(index + 1) };
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, i) => byte === other[i]);
}
