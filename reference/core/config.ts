/**
 * What an application configures (SPEC 4.8, 12): ranges, defaults and their refusal. How the machines use
 * the values is not known here.
 */
import { ContractError, END_REASONS, LIMITS, STOP_REASONS } from "../wire/index.js";
import { areEqualBytes } from "./bytes.js";
import type { Token } from "./output.js";
import { initialTranscript, TRANSCRIPT_BYTES } from "./transcript.js";

/** Bounds of the machines; each is the last value that is allowed. */
export const CORE_LIMITS = {
  uint32Max: 2 ** 32 - 1,
  maxPayloadMin: 1152, // PKT-18
  maxPayloadMax: LIMITS.datagramBytesMax, // PKT-18
  outstandingTokensMax: 4096, // SND-1, RCV-6
  acceptedRangesMax: 16, // RCV-1
  recordsMax: 1024, // SND-18
  burstDatagramsMax: 10, // SND-14
  logBytesMax: 1048576, // SND-19
  logTokensMax: 65536, // SND-19
  closesMax: 4, // ERR-4
} as const;

/** How a sender is set up. */
export interface SenderConfig {
  /** 0 to 2^32 - 1. */
  readonly streamId: number;
  /**
   * Bytes of a datagram that the path carries, 1152 to 16384.
   *
   * @defaultValue 1200
   */
  readonly maxPayload?: number;
  /**
   * Datagrams are padded to a multiple of this many bytes, 1 (not at all) to 1024.
   *
   * @defaultValue 128
   */
  readonly bucket?: number;
  /**
   * Bytes of tokens that the log holds, 1 to 1048576.
   *
   * @defaultValue 1048576
   */
  readonly logBytes?: number;
  /**
   * Tokens that the log holds, 1 to 65536.
   *
   * @defaultValue 65536
   */
  readonly logTokens?: number;
}

/** How a receiver is set up. */
export interface ReceiverConfig {
  /** 0 to 2^32 - 1. */
  readonly streamId: number;
  /** 1 to 2^32 - 1, above every epoch used before with this stream (OPN-5). */
  readonly epoch: number;
  /**
   * The lowest index that the application lacks, below 2^53.
   *
   * @defaultValue 0
   */
  readonly nextIndex?: number;
  /** The transcript's 32 bytes at `nextIndex`; needed if that is not 0. */
  readonly digest?: Uint8Array;
  /**
   * Bytes of tokens that may wait or be on their way, 1024 to 16777216.
   *
   * @defaultValue 262144
   */
  readonly window?: number;
  /**
   * An RTT measured before, in microseconds, up to 2^32 - 1; 0 for none.
   *
   * @defaultValue 0
   */
  readonly rttHintUs?: number;
  /**
   * Bytes of a datagram that the path carries, 1152 to 16384.
   *
   * @defaultValue 1200
   */
  readonly maxPayload?: number;
  /**
   * Datagrams are padded to a multiple of this many bytes, 1 (not at all) to 1024.
   *
   * @defaultValue 64
   */
  readonly bucket?: number;
}

/**
 * A sender's configuration with its defaults.
 *
 * @throws ContractError `config` if a value is out of its range.
 * @spec PKT-18, SND-19
 */
export function completeSenderConfig(config: SenderConfig): Required<SenderConfig> {
  const { uint32Max, maxPayloadMin, maxPayloadMax, logBytesMax, logTokensMax } = CORE_LIMITS;
  const { streamId, maxPayload = 1200, bucket = 128 } = config;
  const { logBytes = logBytesMax, logTokens = logTokensMax } = config;
  requireConfig("streamId", streamId, 0, uint32Max);
  requireConfig("maxPayload", maxPayload, maxPayloadMin, maxPayloadMax);
  requireConfig("bucket", bucket, 1, LIMITS.bucketMax);
  requireConfig("logBytes", logBytes, 1, logBytesMax);
  requireConfig("logTokens", logTokens, 1, logTokensMax);
  return { streamId, maxPayload, bucket, logBytes, logTokens };
}

/**
 * A receiver's configuration with its defaults; the digest is a copy.
 *
 * @throws ContractError `config` if a value is out of its range; `digest` if the digest is missing, has
 * not 32 bytes, or is not D(0) at index 0.
 * @spec PKT-18, OPN-3, LIM-10
 */
export function completeReceiverConfig(config: ReceiverConfig): Required<ReceiverConfig> {
  const { uint32Max, maxPayloadMin, maxPayloadMax } = CORE_LIMITS;
  const { streamId, epoch, nextIndex = 0, window = 262144, rttHintUs = 0 } = config;
  const { maxPayload = 1200, bucket = 64 } = config;
  requireConfig("streamId", streamId, 0, uint32Max);
  requireConfig("epoch", epoch, 1, uint32Max);
  requireConfig("nextIndex", nextIndex, 0, LIMITS.indexMax);
  requireConfig("window", window, LIMITS.windowBytesMin, LIMITS.windowBytesMax);
  requireConfig("rttHintUs", rttHintUs, 0, uint32Max);
  requireConfig("maxPayload", maxPayload, maxPayloadMin, maxPayloadMax);
  requireConfig("bucket", bucket, 1, LIMITS.bucketMax);
  const digest = completeDigest(nextIndex, config.digest);
  return { streamId, epoch, nextIndex, digest, window, rttHintUs, maxPayload, bucket };
}

/**
 * Refuses what cannot be a token.
 *
 * @throws ContractError `token`
 * @spec STR-3
 */
export function requireToken({ channel, bytes }: Token): void {
  const size = bytes.length;
  if (isIntegerIn(channel, 0, LIMITS.channelMax) && isIntegerIn(size, 1, LIMITS.tokenBytesMax)) {
    return;
  }
  throw new ContractError({
    code: "token",
    message: `A token of ${size} bytes on channel ${channel} cannot be sent.`,
    remedy: "Give tokens of 1 to 1024 bytes on channels 0 to 65535; split what is longer.",
  });
}

/**
 * Refuses what an application cannot end a stream with.
 *
 * @throws ContractError `end-reason`
 * @spec END-1
 */
export function requireFinishReason(reason: number): void {
  const { COMPLETE, LENGTH, FILTERED, TOOL } = END_REASONS;
  if (([COMPLETE, LENGTH, FILTERED, TOOL] as number[]).includes(reason)) return;
  throw new ContractError({
    code: "end-reason",
    message: `A stream cannot be finished with reason ${reason}.`,
    remedy: "Give COMPLETE, LENGTH, FILTERED or TOOL of END_REASONS; abort for an error.",
  });
}

/**
 * Refuses what is not an application's error code.
 *
 * @throws ContractError `error-code`
 * @spec PKT-8
 */
export function requireErrorCode(errorCode: number): void {
  if (isIntegerIn(errorCode, 1, CORE_LIMITS.uint32Max)) return;
  throw new ContractError({
    code: "error-code",
    message: `A stream cannot be aborted with error code ${errorCode}.`,
    remedy: "Give an integer from 1 to 4294967295.",
  });
}

/**
 * Refuses what is not a reason of a Stop.
 *
 * @throws ContractError `stop-reason`
 * @spec PKT-12
 */
export function requireStopReason(reason: number): void {
  if ((Object.values(STOP_REASONS) as number[]).includes(reason)) return;
  throw new ContractError({
    code: "stop-reason",
    message: `A stream cannot be stopped with reason ${reason}.`,
    remedy: "Give a value of STOP_REASONS.",
  });
}

function completeDigest(nextIndex: number, digest: Uint8Array | undefined): Uint8Array {
  if (nextIndex === 0) {
    const initial = initialTranscript();
    if (digest === undefined || areEqualBytes(digest, initial)) return initial;
  } else if (digest?.length === TRANSCRIPT_BYTES) {
    return new Uint8Array(digest);
  }
  throw new ContractError({
    code: "digest",
    message: `The digest is not the transcript at index ${nextIndex}.`,
    remedy: "Give the 32 bytes that resumption() returned with nextIndex, and none at index 0.",
  });
}

function requireConfig(name: string, value: number, min: number, max: number): void {
  if (isIntegerIn(value, min, max)) return;
  throw new ContractError({
    code: "config",
    message: `${name} is ${value}.`,
    remedy: `Give an integer from ${min} to ${max}.`,
  });
}

function isIntegerIn(value: number, min: number, max: number): boolean {
  return Number.isInteger(value) && value >= min && value <= max;
}
