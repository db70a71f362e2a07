/**
 * A packet as the rest of the reference sees it (SPEC 4): plain read-only values, tokens already cut,
 * every number a safe integer. It mirrors the schema field by field and does not know protobuf.
 */

/** Consecutive tokens of one channel. */
export interface Run {
  /** 0 to 65535. */
  readonly channel: number;
  /** At least one token, each of 1 to 1024 bytes. */
  readonly tokens: readonly Uint8Array[];
}

/** The end of a stream. */
export interface End {
  readonly finalCount: number;
  /** A value of `END_REASONS`. */
  readonly reason: number;
  /** 16 bytes. */
  readonly digest: Uint8Array;
  /** The application's; 0 unless the reason is ABORTED. */
  readonly errorCode: number;
}

/** The answer to an Open. */
export interface Accept {
  /** Always 1. */
  readonly version: number;
}

/** What has arrived at a receiver. */
export interface Ack {
  /** The lowest index that the receiver lacks. */
  readonly nextIndex: number;
  /** The largest packet number accepted, 0 if none. */
  readonly largest: number;
  /**
   * Accepted, missing, accepted, … numbers, down from `largest`. Empty with `largest` above 0 it means
   * that only `largest` was accepted.
   */
  readonly ranges: readonly number[];
  readonly delayUs: number;
  readonly endReceived: boolean;
}

/** A receiver's request to attach to a stream. */
export interface Open {
  /** From 1; a decoder accepts versions that it does not speak. */
  readonly version: number;
  readonly nextIndex: number;
  /** 16 bytes; absent iff `nextIndex` is 0. */
  readonly prefixDigest?: Uint8Array;
  /** Token bytes, 1024 to 16777216. */
  readonly window: number;
  /** Microseconds, 0 for none. */
  readonly rttHintUs: number;
}

/** A receiver's wish that the stream end. */
export interface Stop {
  /** A value of `STOP_REASONS`. */
  readonly reason: number;
}

/** The end of a session. */
export interface Close {
  /** A value of `CLOSE_CODES`. */
  readonly code: number;
}

/** A parameter that version 1 does not define. */
export interface Extension {
  readonly type: number;
  readonly value: Uint8Array;
}

/**
 * What one datagram carries. The kind of packet follows from what is present.
 *
 * @spec PKT-3
 */
export interface Packet {
  readonly streamId: number;
  /** From 1. */
  readonly epoch: number;
  /** From 1; 0 iff the packet has a Close. */
  readonly packetNumber: number;
  /** The index of the first token; 0 without runs. */
  readonly firstIndex: number;
  /** Adjacent runs differ in channel. */
  readonly runs: readonly Run[];
  readonly end?: End;
  readonly accept?: Accept;
  readonly ack?: Ack;
  readonly open?: Open;
  readonly stop?: Stop;
  readonly close?: Close;
  /** A sum of `FLAGS`. */
  readonly flags: number;
  /** In ascending order of type. */
  readonly extensions: readonly Extension[];
}

/** What a packet has where its encoding says nothing; to be spread under the fields that matter. */
export const PACKET_DEFAULTS: Packet = Object.freeze({
  streamId: 0,
  epoch: 0,
  packetNumber: 0,
  firstIndex: 0,
  runs: [],
  flags: 0,
  extensions: [],
});
