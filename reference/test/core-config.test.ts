import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import {
  completeReceiverConfig,
  completeSenderConfig,
  CORE_LIMITS,
  type ReceiverConfig,
  requireErrorCode,
  requireFinishReason,
  requireStopReason,
  requireToken,
  type SenderConfig,
} from "../core/config.js";
import { initialTranscript } from "../core/transcript.js";
import { ContractError } from "../wire/index.js";

const SPEC = readFileSync(new URL("../../../SPEC.md", import.meta.url), "utf8");

/** The value of a limit in the table of chapter 12. */
function limit(name: string): string {
  const row = SPEC.split("\n").find((line) => line.startsWith(`| ${name} |`));
  return row?.split("|")[2]?.trim() ?? "no such limit";
}

function codeOf(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    assert.ok(error instanceof ContractError);
    assert.ok(error.message !== "" && error.remedy !== "");
    return error.code;
  }
  return "accepted";
}

test("the limits of the machines are those of SPEC chapter 12", () => {
  const { maxPayloadMin, maxPayloadMax, logBytesMax, logTokensMax } = CORE_LIMITS;
  const sender = completeSenderConfig({ streamId: 0 });
  const receiver = completeReceiverConfig({ streamId: 0, epoch: 1 });
  assert.equal(
    limit("`max_payload`"),
    `${maxPayloadMin} .. ${maxPayloadMax}, default ${sender.maxPayload}`,
  );
  assert.equal(receiver.maxPayload, sender.maxPayload);
  assert.equal(
    limit("`bucket`"),
    `1 .. 1024, default ${sender.bucket} sender, ${receiver.bucket} receiver`,
  );
  assert.equal(limit("window"), `1024 .. 16777216, default ${receiver.window}`);
  assert.equal(limit("ranges in an ack"), String(CORE_LIMITS.acceptedRangesMax));
  assert.equal(
    limit("tokens outstanding, tokens waiting"),
    String(CORE_LIMITS.outstandingTokensMax),
  );
  assert.equal(limit("records"), String(CORE_LIMITS.recordsMax));
  assert.equal(limit("datagrams in a burst"), String(CORE_LIMITS.burstDatagramsMax));
  assert.equal(limit("log"), `${logBytesMax} bytes, ${logTokensMax} tokens, or less`);
  assert.equal(limit("Closes awaiting a poll"), String(CORE_LIMITS.closesMax));
});

describe("a sender's configuration", () => {
  const edges: readonly (readonly [keyof SenderConfig, number, number])[] = [
    ["streamId", 0, 2 ** 32 - 1],
    ["maxPayload", 1152, 16384],
    ["bucket", 1, 1024],
    ["logBytes", 1, 1048576],
    ["logTokens", 1, 65536],
  ];
  for (const [name, min, max] of edges) {
    test(`${name} is ${min} to ${max}`, () => {
      const verdict = (value: number): string =>
        codeOf(() => completeSenderConfig({ streamId: 0, [name]: value }));
      assert.deepEqual([min, max].map(verdict), ["accepted", "accepted"]);
      for (const wrong of [min - 1, max + 1, min + 0.5, NaN])
        assert.equal(verdict(wrong), "config");
    });
  }
});

describe("a receiver's configuration", () => {
  const digest = new Uint8Array(32);
  const edges: readonly (readonly [keyof ReceiverConfig, number, number])[] = [
    ["streamId", 0, 2 ** 32 - 1],
    ["epoch", 1, 2 ** 32 - 1],
    ["nextIndex", 1, 2 ** 53 - 1],
    ["window", 1024, 16777216],
    ["rttHintUs", 0, 2 ** 32 - 1],
    ["maxPayload", 1152, 16384],
    ["bucket", 1, 1024],
  ];
  for (const [name, min, max] of edges) {
    test(`${name} is ${min} to ${max}`, () => {
      const base = { streamId: 0, epoch: 1, nextIndex: 1, digest };
      const verdict = (value: number): string =>
        codeOf(() => completeReceiverConfig({ ...base, [name]: value }));
      assert.deepEqual([min, max].map(verdict), ["accepted", "accepted"]);
      const below = name === "nextIndex" ? -1 : min - 1; // 0 is another matter: see below
      for (const wrong of [below, max + 1, min + 0.5, NaN]) assert.equal(verdict(wrong), "config");
    });
  }
  test("the digest is 32 bytes at an index above 0, and D(0) or nothing at 0", () => {
    const verdict = (fields: Partial<ReceiverConfig>): string =>
      codeOf(() => completeReceiverConfig({ streamId: 0, epoch: 1, ...fields }));
    assert.equal(verdict({ nextIndex: 3, digest }), "accepted");
    assert.equal(verdict({ nextIndex: 3, digest: digest.subarray(1) }), "digest");
    assert.equal(verdict({ nextIndex: 3 }), "digest");
    assert.equal(verdict({ digest: initialTranscript() }), "accepted");
    assert.equal(verdict({ digest }), "digest");
  });
  test("the digest stays the caller's", () => {
    const mine = new Uint8Array(32);
    const config = completeReceiverConfig({ streamId: 0, epoch: 1, nextIndex: 1, digest: mine });
    mine.fill(9);
    assert.deepEqual(config.digest, new Uint8Array(32));
  });
});

describe("what an application says is judged", () => {
  test("tokens (STR-3)", () => {
    const verdict = (size: number, channel: number): string =>
      codeOf(() => {
        requireToken({ channel, bytes: new Uint8Array(size) });
      });
    assert.equal(verdict(1, 0), "accepted");
    assert.equal(verdict(1024, 65535), "accepted");
    assert.equal(verdict(0, 0), "token");
    assert.equal(verdict(1025, 0), "token");
    assert.equal(verdict(1, 65536), "token");
    assert.equal(verdict(1, -1), "token");
  });
  test("reasons and error codes (END-1, PKT-8, PKT-12)", () => {
    const verdicts = (require: (value: number) => void, values: readonly number[]): string[] =>
      values.map((value) =>
        codeOf(() => {
          require(value);
        }),
      );
    const all = [0, 1, 2, 3, 4, 5, 6];
    const ok = "accepted";
    assert.deepEqual(verdicts(requireFinishReason, all), [
      "end-reason",
      ok,
      ok,
      "end-reason", // STOPPED is the receiver's
      ok,
      ok,
      "end-reason", // ABORTED has a code
    ]);
    assert.deepEqual(verdicts(requireStopReason, all), [
      "stop-reason",
      ...[ok, ok, ok, ok],
      ...["stop-reason", "stop-reason"],
    ]);
    assert.deepEqual(verdicts(requireErrorCode, [0, 1, 2 ** 32 - 1, 2 ** 32, 1.5]), [
      "error-code",
      ok,
      ok,
      "error-code",
      "error-code",
    ]);
  });
});
