/**
 * A schedule is what happens to one stream and its receivers: plain data, so that a counterexample is a
 * file. Every schedule has a meaning: what does not apply in a state does nothing there, what is out of
 * range is taken modulo.
 */

/** Which machine: the one sender, or the latest receiver. */
export type Who = "sender" | "receiver";

/** Towards the receiver or towards the sender. */
export type Way = "down" | "up";

/** What the network does to one datagram. `slow` takes three times the delay. */
export type Fate = "on" | "drop" | "twice" | "slow" | "flip" | "cut";

/** One direction of the network from now on; the fates are used in turn, for ever. */
export interface Weather {
  readonly way: Way;
  readonly delayUs: number;
  readonly fates: readonly Fate[];
}

/** The configuration of a receiver, as far as it is chosen. */
export interface Opening {
  /** Where the application is: at the start, where the receiver before it stopped, beyond, or far. */
  readonly from: "start" | "resume" | "ahead" | "far";
  /** Added to the epoch of the receiver before it. */
  readonly epochStep: number;
  readonly window: number;
  readonly rttHintUs: number;
  /** Whether the digest of the prefix is that of another stream. */
  readonly forged: boolean;
}

/** Tokens that are pushed together: `channels` are used in turn. */
export interface Tokens {
  readonly count: number;
  readonly size: number;
  readonly channels: readonly number[];
}

/** A datagram that the peer would not send. Numbers are relative to what would be right, but for codes. */
export type Forgery =
  | {
      readonly kind: "ack";
      readonly number: number;
      readonly epoch: number;
      readonly streamId: number;
      readonly nextIndex: number;
      /** Below the next packet number of the sender. */
      readonly largest: number;
      readonly ranges: readonly number[];
      readonly delayUs: number;
      readonly endReceived: boolean;
      readonly ackNow: boolean;
      readonly stop: number;
    }
  | {
      readonly kind: "open";
      readonly number: number;
      readonly epoch: number;
      readonly version: number;
      readonly nextIndex: number;
      readonly forged: boolean;
      readonly window: number;
      readonly rttHintUs: number;
      readonly stop: number;
    }
  | {
      readonly kind: "packet";
      readonly number: number;
      readonly epoch: number;
      /** Relative to the receiver's next index. */
      readonly firstIndex: number;
      readonly tokens: Tokens;
      /** Whether the tokens are those of the stream, as far as it has them. */
      readonly genuine: boolean;
      readonly accept: boolean;
      readonly paused: boolean;
      /** Relative to the true count; absent for no End. */
      readonly end?: {
        readonly finalCount: number;
        readonly reason: number;
        readonly forged: boolean;
      };
    }
  | { readonly kind: "close"; readonly to: Who; readonly epoch: number; readonly code: number }
  | { readonly kind: "bytes"; readonly to: Who; readonly bytes: readonly number[] }
  /** The datagram that was sent so many before the last one. */
  | { readonly kind: "replay"; readonly way: Way; readonly back: number };

/** How machines are polled while time passes. */
export type Polls =
  /** At every deadline and arrival. */
  | "prompt"
  /** At arrivals, and at deadlines only so much later. */
  | { readonly lagUs: number }
  /** Once, at the end; what arrived before comes in one step. */
  | "late";

/** One event. `held` inputs wait for the next poll, all others are polled at once. */
export type Event =
  | { readonly type: "push"; readonly tokens: Tokens; readonly held: boolean }
  /** Pushes `tokens` so many times, so far apart. */
  | {
      readonly type: "speak";
      readonly tokens: Tokens;
      readonly times: number;
      readonly intervalUs: number;
    }
  | { readonly type: "finish"; readonly reason: number; readonly held: boolean }
  | { readonly type: "abort"; readonly errorCode: number; readonly held: boolean }
  | { readonly type: "pause"; readonly held: boolean }
  | { readonly type: "stop"; readonly reason: number; readonly held: boolean }
  | { readonly type: "gate"; readonly who: Who; readonly open: boolean; readonly held: boolean }
  | { readonly type: "wait"; readonly us: number; readonly polls: Polls }
  | { readonly type: "weather"; readonly weather: Weather }
  | { readonly type: "open"; readonly opening: Opening }
  | { readonly type: "forge"; readonly forgery: Forgery; readonly held: boolean };

/** All that happens, from time 0. */
export interface Schedule {
  readonly streamId: number;
  /** Of the first receiver. */
  readonly epoch: number;
  readonly sender: {
    readonly maxPayload: number;
    readonly bucket: number;
    readonly logBytes: number;
    readonly logTokens: number;
  };
  readonly receiver: { readonly maxPayload: number; readonly bucket: number };
  readonly opening: Opening;
  readonly weather: readonly Weather[];
  readonly events: readonly Event[];
  /** Whether all is well in the end: the path, the gates, a receiver that resumes, the stream's End. */
  readonly heals: boolean;
}
