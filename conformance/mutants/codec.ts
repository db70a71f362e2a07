// Mutants of the codec. Each limit is moved by one in both directions and each check is left out, from
// tables; the rest are the usual bugs of a codec that trusts its runtime.

import { inFile, type Mutant } from "./mutant.js";

const LIMITS: readonly (readonly [clause: string, name: string, value: string])[] = [
  ["ENC-7", "datagramBytesMax", "16384"],
  ["LIM-1", "runsMax", "32"],
  ["LIM-2", "tokensMax", "4096"],
  ["LIM-3", "tokenBytesMax", "1024"],
  ["LIM-4", "channelMax", "65535"],
  ["LIM-5", "indexMax", "2 ** 53 - 1"],
  ["LIM-6", "rangesMax", "31"],
  ["LIM-7", "extensionsMax", "4"],
  ["LIM-7", "extensionBytesMax", "64"],
  ["LIM-8", "windowBytesMax", "16777216"],
  ["LIM-9", "controlBytesMax", "96"],
  ["PKT-9", "windowBytesMin", "1024"],
];

const kebab = (name: string): string => name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`);

const limitMutants = LIMITS.flatMap(([clause, name, value]) =>
  (["+", "-"] as const).map((sign): Mutant => {
    const side = sign === "+" ? "above" : "below";
    return {
      id: `${kebab(name)}-one-${side}`,
      clause,
      does: `takes the limit ${name} for one ${sign === "+" ? "more" : "less"} than it is`,
      file: "wire/limits.js",
      find: `${name}: ${value},`,
      replace: `${name}: ${value} ${sign} 1,`,
    };
  }),
);

/** Conditions of the built faults.js, each of which makes a packet a fault. */
const CHECKS: readonly (readonly [clause: string, id: string, condition: string])[] = [
  ["LIM-1", "runs", "runs.length > LIMITS.runsMax"],
  ["LIM-2", "tokens", "tokens > LIMITS.tokensMax"],
  ["LIM-3", "token-size", "runs.some(hasLongToken)"],
  ["LIM-4", "channel", "runs.some((run) => run.channel > LIMITS.channelMax)"],
  ["LIM-5", "number-range", "message.packetNumber > LIMITS.indexMax"],
  ["LIM-5", "last-index", "message.firstIndex + BigInt(tokens) > LIMITS.indexMax"],
  ["LIM-5", "final-count", "(end !== undefined && end.finalCount > LIMITS.indexMax)"],
  ["LIM-5", "acked-index", "(ack !== undefined && ack.nextIndex > LIMITS.indexMax)"],
  ["LIM-5", "acked-number", "(ack !== undefined && ack.largest > LIMITS.indexMax)"],
  ["LIM-5", "open-index", "(open !== undefined && open.nextIndex > LIMITS.indexMax)"],
  ["LIM-6", "ranges", "(ack !== undefined && ack.ranges.length > LIMITS.rangesMax)"],
  ["LIM-7", "extensions", "extensions.length > LIMITS.extensionsMax"],
  [
    "LIM-7",
    "extension-bytes",
    "sum(extensions, ({ value }) => value.length) > LIMITS.extensionBytesMax",
  ],
  ["LIM-8", "window-range", "(open !== undefined && open.window > LIMITS.windowBytesMax)"],
  ["LIM-9", "control-bytes", "bytes - sum(runs, encodedBytes) > LIMITS.controlBytesMax"],
  ["PKT-1", "epoch", "message.epoch === 0"],
  ["PKT-2", "number", "(message.packetNumber === 0n) !== (close !== undefined)"],
  ["PKT-3", "ack-with-open", "(ack !== undefined && open !== undefined)"],
  ["PKT-3", "lone-stop", "(stop !== undefined && !receives)"],
  ["PKT-3", "mixed-directions", "(sends && (receives || close !== undefined))"],
  ["PKT-3", "close-with-more", "(close !== undefined && (receives || stop !== undefined))"],
  ["PKT-4", "flags", "(flags & ~(ackNow | paused)) !== 0"],
  ["PKT-5", "first-index", "(runs.length === 0 && firstIndex !== 0n)"],
  ["PKT-6", "empty-run", "data.length === 0"],
  ["PKT-6", "single-length", "lengths.length === 1"],
  ["PKT-6", "zero-length", "lengths.includes(0)"],
  ["PKT-6", "sum-of-lengths", "sum(lengths, (length) => length) !== data.length"],
  ["PKT-7", "adjacent-runs", "runs.some((run, place) => run.channel === runs[place - 1]?.channel)"],
  ["PKT-8", "end-reason", "!isRegistered(END_REASONS, end.reason)"],
  ["PKT-8", "end-digest", "end.digest.length !== LIMITS.digestBytes"],
  ["PKT-8", "error-code", "(end.errorCode !== 0) !== (end.reason === END_REASONS.ABORTED)"],
  ["PKT-9", "open-version", "open.version === 0"],
  ["PKT-9", "prefix-digest", "open.prefixDigest.length !== digestBytes"],
  ["PKT-9", "least-window", "open.window < LIMITS.windowBytesMin"],
  ["PKT-10", "accept-version", "(message.accept !== undefined && message.accept.version !== 1)"],
  ["PKT-11", "even-ranges", "(ranges.length > 0 && ranges.length % 2 === 0)"],
  ["PKT-11", "zero-range", "ranges.includes(0)"],
  ["PKT-11", "lone-range", "(ranges.length === 1 && ranges[0] === 1)"],
  ["PKT-11", "sum-of-ranges", "sum(ranges, (range) => range) > largest"],
  ["PKT-11", "delay-of-nothing", "(largest === 0n && ack.delayUs !== 0)"],
  ["PKT-12", "stop-reason", "(stop !== undefined && !isRegistered(STOP_REASONS, stop.reason))"],
  ["PKT-12", "close-code", "(close !== undefined && !isRegistered(CLOSE_CODES, close.code))"],
  ["PKT-13", "extension-order", "type <= (extensions[place - 1]?.type ?? 0)"],
];

const checkMutants = CHECKS.map(([clause, id, condition]): Mutant => ({
  id: `checks-no-${id}`,
  clause,
  does: `leaves out the check: ${condition}`,
  file: "wire/faults.js",
  find: condition,
  replace: "false",
}));

/** Mutants that a port with the role `codec` is tried against. */
export const CODEC_MUTANTS: readonly Mutant[] = [
  ...limitMutants,
  ...checkMutants,
  ...inFile("wire/decode.js", [
    {
      id: "accepts-lying-lengths",
      clause: "ENC-4",
      does: "takes what its runtime parses for canonical, without encoding it again",
      find: "return areEqual(serialize(message), body) ? message : undefined;",
      replace: "return message;",
    },
    {
      id: "compares-sizes-only",
      clause: "ENC-1",
      does: "takes any encoding of the right size for canonical",
      find: "return areEqual(serialize(message), body) ? message : undefined;",
      replace: "return serialize(message).length === body.length ? message : undefined;",
    },
    {
      id: "compares-from-the-shorter",
      clause: "ENC-2",
      does: "takes a varint that is longer than needed for canonical",
      find: "return areEqual(serialize(message), body) ? message : undefined;",
      replace: "return serialize(message).length <= body.length ? message : undefined;",
    },
    {
      id: "expects-unpacked-fields",
      clause: "ENC-3",
      does: "takes lists of numbers in any form",
      find: "return areEqual(serialize(message), body) ? message : undefined;",
      replace:
        "const isList = message.runs.some((run) => run.lengths.length > 0) || message.ack?.ranges.length > 0;" +
        "return isList || areEqual(serialize(message), body) ? message : undefined;",
    },
  ]),
  ...inFile("wire/faults.js", [
    {
      id: "tries-invalid-first",
      clause: "ENC-5",
      does: "reports what is invalid before what is over a limit",
      find: "if (isOverLimit(message, bytes))",
      replace: "if (!isInvalid(message) && isOverLimit(message, bytes))",
    },
    {
      id: "refuses-extensions",
      clause: "PKT-14",
      does: "discards a packet with an extension that it does not know",
      find: "areExtensionsInvalid(message));",
      replace: "message.extensions.length > 0);",
    },
    {
      id: "allows-extension-type-0",
      clause: "PKT-13",
      does: "accepts extensions of type 0",
      find: "(extensions[place - 1]?.type ?? 0)",
      replace: "(extensions[place - 1]?.type ?? -1)",
    },
  ]),
  ...inFile("wire/encode.js", [
    {
      id: "encodes-anything",
      clause: "ENC-8",
      does: "encodes packets that every decoder discards",
      find: "if (fault !== undefined)",
      replace: "if (false)",
    },
  ]),
  ...inFile("wire/padding.js", [
    {
      id: "needs-no-mark",
      clause: "PKT-16",
      does: "takes the last byte that is not 00 for the mark, whatever it is",
      find: "datagram[last] === MARK",
      replace: "true",
    },
    {
      id: "bounds-the-padding",
      clause: "PKT-17",
      does: "discards a datagram with much padding",
      find: "return last >= 0 && datagram[last] === MARK",
      replace: "return last >= 0 && datagram.length - last <= 2 && datagram[last] === MARK",
    },
    {
      id: "forgets-the-mark-in-the-bucket",
      clause: "PKT-18",
      does: "rounds the packet up to the bucket without its mark",
      find: "Math.ceil(marked / payload.bucket) * payload.bucket",
      replace: "Math.max(marked, Math.ceil(packetBytes / payload.bucket) * payload.bucket)",
    },
    {
      id: "pads-past-the-path",
      clause: "PKT-18",
      does: "pads to the bucket even where the path does not carry that much",
      find: "return Math.min(room, Math.ceil(marked / payload.bucket) * payload.bucket);",
      replace: "return Math.ceil(marked / payload.bucket) * payload.bucket;",
    },
  ]),
];
