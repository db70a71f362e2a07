/**
 * What is explored: how many tokens of which size, how many datagrams under way, and which events may
 * happen. All plain data.
 */

/** Towards the receiver or towards the sender. */
export type Way = "down" | "up";

/** One event of an exploration. `index` is the place among the datagrams under way, the oldest first. */
export type Action =
  | { readonly type: "deliver"; readonly way: Way; readonly index: number }
  | { readonly type: "drop"; readonly way: Way; readonly index: number }
  | { readonly type: "duplicate"; readonly way: Way; readonly index: number }
  /** Time moves to the next deadline of either machine. */
  | { readonly type: "wait" }
  | { readonly type: "push" }
  | { readonly type: "finish" }
  | { readonly type: "pause" }
  | { readonly type: "stop" }
  /** A new receiver takes over where the application is. */
  | { readonly type: "attach" };

/** The application's events that an exploration may be asked to have besides `push` and `finish`. */
export const EXTRA_ACTIONS = ["pause", "stop", "attach"] as const;

/** One of {@link EXTRA_ACTIONS}. */
export type ExtraAction = (typeof EXTRA_ACTIONS)[number];

/** What may happen in an exploration. */
export interface Scope {
  readonly name: string;
  readonly tokensMax: number;
  /** Of each token: two of 1000 bytes do not fit one datagram, so that gaps arise. */
  readonly tokenBytes: number;
  /** Datagrams under way in each direction; what is sent beyond that is lost. */
  readonly flightMax: number;
  readonly extra: readonly ExtraAction[];
  /** What has happened before the exploration begins. */
  readonly before: readonly Action[];
}

/** Everything fits one datagram: rule R1. From the first Open on. */
export const SMALL: Scope = {
  name: "small",
  tokensMax: 4,
  tokenBytes: 1,
  flightMax: 3,
  extra: [],
  before: [],
};

/** One token fills a datagram: rules R6 and R7. From an attachment on. */
export const LARGE: Scope = {
  ...SMALL,
  name: "large",
  tokenBytes: 1000,
  before: [
    { type: "deliver", way: "up", index: 0 },
    { type: "deliver", way: "down", index: 0 },
    { type: "deliver", way: "up", index: 0 },
  ],
};
