/**
 * The two closed lists of what makes a well-formed packet unacceptable: over-limit (SPEC 5.2) and invalid
 * (SPEC 4). One line a clause or a part of one. Bytes and canonical form were looked at before.
 */
import { CLOSE_CODES, END_REASONS, FLAGS, isRegistered, STOP_REASONS } from "./codes.js";
import { LIMITS } from "./limits.js";
import type { Message, RunMessage } from "./message.js";
import { runBytes, varintBytes } from "./sizes.js";

/**
 * Judges a message by its contents.
 *
 * @param bytes - the size of its canonical encoding
 * @returns the code to discard it with; `undefined` if there is no fault.
 * @spec ENC-5
 */
export function faultOf(message: Message, bytes: number): "over-limit" | "invalid" | undefined {
  if (isOverLimit(message, bytes)) return "over-limit";
  return isInvalid(message) ? "invalid" : undefined;
}

function isOverLimit(message: Message, bytes: number): boolean {
  const { runs, end, ack, open, extensions } = message;
  const tokens = sum(runs, tokensOf);
  return (
    runs.length > LIMITS.runsMax || // LIM-1
    tokens > LIMITS.tokensMax || // LIM-2
    runs.some(hasLongToken) ||
    runs.some((run) => run.channel > LIMITS.channelMax) || // LIM-4
    message.packetNumber > LIMITS.indexMax || // LIM-5
    message.firstIndex + BigInt(tokens) > LIMITS.indexMax || // LIM-5
    (end !== undefined && end.finalCount > LIMITS.indexMax) || // LIM-5
    (ack !== undefined && ack.nextIndex > LIMITS.indexMax) || // LIM-5
    (ack !== undefined && ack.largest > LIMITS.indexMax) || // LIM-5
    (open !== undefined && open.nextIndex > LIMITS.indexMax) || // LIM-5
    (ack !== undefined && ack.ranges.length > LIMITS.rangesMax) || // LIM-6
    extensions.length > LIMITS.extensionsMax || // LIM-7
    sum(extensions, ({ value }) => value.length) > LIMITS.extensionBytesMax || // LIM-7
    (open !== undefined && open.window > LIMITS.windowBytesMax) || // LIM-8
    bytes - sum(runs, encodedBytes) > LIMITS.controlBytesMax // LIM-9
  );
}

function isInvalid(message: Message): boolean {
  const { stop, close } = message;
  return (
    message.epoch === 0 || // PKT-1
    (message.packetNumber === 0n) !== (close !== undefined) || // PKT-2
    isMixed(message) || // PKT-3
    hasForeignFlag(message) || // PKT-4
    areRunsInvalid(message) ||
    isEndInvalid(message) ||
    isOpenInvalid(message) ||
    (message.accept !== undefined && message.accept.version !== 1) || // PKT-10
    isAckInvalid(message) ||
    (stop !== undefined && !isRegistered(STOP_REASONS, stop.reason)) || // PKT-12
    (close !== undefined && !isRegistered(CLOSE_CODES, close.code)) || // PKT-12
    areExtensionsInvalid(message)
  );
}

/** Whether it is of more than one kind. @spec PKT-3 */
function isMixed({ runs, end, accept, ack, open, stop, close }: Message): boolean {
  const sends = runs.length > 0 || end !== undefined || accept !== undefined;
  const receives = ack !== undefined || open !== undefined;
  return (
    (ack !== undefined && open !== undefined) || // PKT-3
    (stop !== undefined && !receives) || // PKT-3
    (sends && (receives || close !== undefined)) || // PKT-3
    (close !== undefined && (receives || stop !== undefined)) // PKT-3
  );
}

function hasForeignFlag({ flags, ack, open, close }: Message): boolean {
  const isSenders = ack === undefined && open === undefined && close === undefined;
  const ackNow = ack === undefined ? 0 : FLAGS.ACK_NOW;
  const paused = isSenders ? FLAGS.PAUSED : 0;
  return (flags & ~(ackNow | paused)) !== 0; // PKT-4
}

function areRunsInvalid({ runs, firstIndex }: Message): boolean {
  return (
    (runs.length === 0 && firstIndex !== 0n) || // PKT-5
    runs.some(isRunInvalid) || // PKT-6
    runs.some((run, place) => run.channel === runs[place - 1]?.channel) // PKT-7
  );
}

function isRunInvalid({ data, lengths }: RunMessage): boolean {
  if (data.length === 0) return true; // PKT-6
  if (lengths.length === 0) return false;
  return (
    lengths.length === 1 || // PKT-6
    lengths.includes(0) || // PKT-6
    sum(lengths, (length) => length) !== data.length // PKT-6
  );
}

function isEndInvalid({ end }: Message): boolean {
  if (end === undefined) return false;
  return (
    !isRegistered(END_REASONS, end.reason) || // PKT-8
    end.digest.length !== LIMITS.digestBytes || // PKT-8
    (end.errorCode !== 0) !== (end.reason === END_REASONS.ABORTED) // PKT-8
  );
}

function isOpenInvalid({ open }: Message): boolean {
  if (open === undefined) return false;
  const digestBytes = open.nextIndex === 0n ? 0 : LIMITS.digestBytes;
  return (
    open.version === 0 || // PKT-9
    open.prefixDigest.length !== digestBytes || // PKT-9
    open.window < LIMITS.windowBytesMin // PKT-9
  );
}

function isAckInvalid({ ack }: Message): boolean {
  if (ack === undefined) return false;
  const { ranges, largest } = ack;
  return (
    (ranges.length > 0 && ranges.length % 2 === 0) || // PKT-11
    ranges.includes(0) || // PKT-11
    (ranges.length === 1 && ranges[0] === 1) || // PKT-11
    sum(ranges, (range) => range) > largest || // PKT-11
    (largest === 0n && ack.delayUs !== 0) // PKT-11
  );
}

function areExtensionsInvalid({ extensions }: Message): boolean {
  return extensions.some(({ type }, place) => type <= (extensions[place - 1]?.type ?? 0)); // PKT-13
}

/** A run without `lengths` counts as one token, any other as its entries, right or wrong (5.3). */
function tokensOf({ lengths }: RunMessage): number {
  return lengths.length === 0 ? 1 : lengths.length;
}

function hasLongToken({ data, lengths }: RunMessage): boolean {
  const sizes = lengths.length === 0 ? [data.length] : lengths;
  return sizes.some((bytes) => bytes > LIMITS.tokenBytesMax); // LIM-3
}

function encodedBytes({ channel, data, lengths }: RunMessage): number {
  return runBytes(channel, data.length, sum(lengths, varintBytes));
}

/** At most 16384 terms below 2^32: exact. */
function sum<T>(terms: readonly T[], value: (term: T) => number): number {
  return terms.reduce((total, term) => total + value(term), 0);
}
