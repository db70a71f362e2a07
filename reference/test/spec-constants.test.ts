// The limits of SPEC chapter 12 and the constants of Appendix A against those of the reference, both
// ways: every row has its constant, every constant its row. Constants that a module keeps to itself are
// read from its source.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { completeReceiverConfig, completeSenderConfig, CORE_LIMITS } from "../core/config.js";
import { LIMITS } from "../wire/index.js";

const ROOT = new URL("../../../", import.meta.url);
const SPEC = readFileSync(new URL("SPEC.md", ROOT), "utf8");
const CORE = new URL("reference/core/", ROOT);

/** The rows of the table with this head, cell by cell. */
function table(head: string): string[][] {
  const lines = SPEC.slice(SPEC.indexOf(`\n${head}\n`) + 1).split("\n");
  const rows = lines.slice(2, lines.indexOf(""));
  assert.ok(SPEC.includes(`\n${head}\n`) && rows.length > 5, `the table ${head}`);
  return rows.map((row) =>
    row
      .slice(1, -1)
      .split("|")
      .map((cell) => cell.trim()),
  );
}

/** Every number in a text, powers of two included. */
function numbersIn(text: string): number[] {
  return [...text.matchAll(/(\d+)(?:\^(\d+))?/g)].map(([, base, exponent]) =>
    exponent === undefined ? Number(base) : Number(base) ** Number(exponent),
  );
}

const sender = completeSenderConfig({ streamId: 0 });
const receiver = completeReceiverConfig({ streamId: 0, epoch: 1 });
const { indexMax, rangesMax } = LIMITS;
const range = (least: number, most: number) => [least, most];

/** What each row of chapter 12 must say, and which members say so in the code. */
const LIMIT_ROWS: Readonly<Record<string, readonly [numbers: number[], ...members: string[]]>> = {
  "token bytes": [range(1, LIMITS.tokenBytesMax), "tokenBytesMax"],
  channel: [range(0, LIMITS.channelMax), "channelMax"],
  "index, count, packet number": [[indexMax + 1], "indexMax"],
  "datagram bytes, decoded": [range(1, LIMITS.datagramBytesMax), "datagramBytesMax"],
  "`max_payload`": [
    [...range(CORE_LIMITS.maxPayloadMin, CORE_LIMITS.maxPayloadMax), sender.maxPayload],
    "maxPayloadMin",
    "maxPayloadMax",
  ],
  "`bucket`": [[...range(1, LIMITS.bucketMax), sender.bucket, receiver.bucket], "bucketMax"],
  "runs in a packet": [[LIMITS.runsMax], "runsMax"],
  "tokens in a packet": [[LIMITS.tokensMax], "tokensMax"],
  "packet without runs": [[LIMITS.controlBytesMax], "controlBytesMax"],
  "ranges in an ack": [[CORE_LIMITS.acceptedRangesMax], "acceptedRangesMax", "rangesMax"],
  extensions: [
    [LIMITS.extensionsMax, LIMITS.extensionBytesMax],
    "extensionsMax",
    "extensionBytesMax",
  ],
  "digest on the wire": [[LIMITS.digestBytes], "digestBytes"],
  window: [
    [...range(LIMITS.windowBytesMin, LIMITS.windowBytesMax), receiver.window],
    "windowBytesMin",
    "windowBytesMax",
  ],
  "tokens outstanding, tokens waiting": [
    [CORE_LIMITS.outstandingTokensMax],
    "outstandingTokensMax",
  ],
  records: [[CORE_LIMITS.recordsMax], "recordsMax"],
  "datagrams in a burst": [[CORE_LIMITS.burstDatagramsMax], "burstDatagramsMax"],
  log: [[CORE_LIMITS.logBytesMax, CORE_LIMITS.logTokensMax], "logBytesMax", "logTokensMax"],
  "Closes awaiting a poll": [[CORE_LIMITS.closesMax], "closesMax"],
};

/** A type's range, not a limit of the protocol. */
const NOT_A_LIMIT = ["uint32Max"];

describe("the limits of chapter 12", () => {
  const rows = table("| limit | value | clause |");

  for (const [name = "", value = ""] of rows) {
    test(name, () => {
      assert.deepEqual(numbersIn(value), LIMIT_ROWS[name]?.[0]);
    });
  }

  test("no row and no member is left over", () => {
    assert.deepEqual(rows.map(([name]) => name).sort(), Object.keys(LIMIT_ROWS).sort());
    const named = Object.values(LIMIT_ROWS).flatMap(([, ...members]) => members);
    assert.deepEqual(
      [...named, ...NOT_A_LIMIT].sort(),
      [...Object.keys(LIMITS), ...Object.keys(CORE_LIMITS)].sort(),
    );
  });

  test("16 ranges are 31 entries, and both machines have the same default payload", () => {
    assert.equal(rangesMax, 2 * CORE_LIMITS.acceptedRangesMax - 1);
    assert.equal(sender.maxPayload, receiver.maxPayload);
    assert.equal(sender.logBytes, CORE_LIMITS.logBytesMax);
    assert.equal(sender.logTokens, CORE_LIMITS.logTokensMax);
  });
});

/** The numbers of every top-level constant of the core, under `file/NAME`. */
function coreConstants(): Map<string, number[]> {
  const constants = new Map<string, number[]>();
  for (const file of readdirSync(CORE).filter((name) => name.endsWith(".ts"))) {
    const source = readFileSync(new URL(file, CORE), "utf8").replaceAll(/\/\/.*/g, "");
    for (const [, name = "", value = ""] of source.matchAll(
      /^(?:export )?const ([A-Z][A-Z0-9_]*)(?:: \w+)? = ([[{]?[^;(]*);/gm,
    )) {
      const numbers = numbersIn(value.replaceAll("_", "").replaceAll(/[a-zA-Z]\w*/g, ""));
      if (numbers.length > 0) constants.set(`${file.replace(/\.ts$/, "")}/${name}`, numbers);
    }
  }
  return constants;
}

/** What each row of Appendix A must say: constants of the core, or numbers that stand in a formula. */
const CONSTANT_ROWS: Readonly<Record<string, readonly (string | number)[]>> = {
  version: ["receiver/VERSION"],
  "initial `srtt`, `rttvar`": ["rtt/INITIAL_SRTT_US", 166_500],
  "`rtt_hint_us` used": ["rtt/HINT_US_MIN", "rtt/HINT_US_MAX"],
  "RTT sample": [1, "rtt/SAMPLE_US_MAX"],
  "largest `delay_us` for a sample": ["attachment/DELAY_US_MAX"],
  "minimum RTT periods": ["rtt/PERIOD_US"],
  "`D`": [
    "pacing/SPACING_US_MIN",
    "pacing/SPACING_US_MAX",
    "pacing/LOSSY_SPACING_US",
    "pacing/LOSSY_RATE",
  ],
  "initial `P`, miss": ["loss/INITIAL_LOSS_RATE", "loss/MISS"],
  "`P` at which `tOnce` is 40 ms": ["pacing/ONCE_LOSSY_RATE"],
  "`G`": ["pacing/GROWTH_US_MAX", "pacing/GROWTH_DIVISOR"],
  "packet threshold, time threshold": ["loss/PACKET_THRESHOLD", "loss/TIME_THRESHOLD_US_MIN", 4],
  "quiet after, spacing": ["pacing/QUIET_AFTER_US", "pacing/QUIET_SPACING_US"],
  "detach, sender idle, receiver idle": ["pacing/SILENCE_US"],
  "Open at": ["open-schedule/OPEN_AFTER_US"],
  "Open fails at": ["open-schedule/OPEN_FAIL_US"],
  kick: ["kick-timer/ACTIVE", "kick-timer/PAUSED"],
  drain: ["receiver/DRAIN_US"],
  breaker: ["breaker/PERIOD_US_MIN", "breaker/RESOLVED_MIN", "breaker/BAD_PERIODS"],
};

/** Constants that Appendix A leaves to a formula or a clause, and where their numbers stand. */
const IN_FORMULAS: Readonly<Record<string, RegExp>> = {
  "pacing/ONCE_US": /tOnce .* : 150000\)/,
  "pacing/ONCE_LOSSY_US": /tOnce .* \? 40000 :/,
  "pacing/ONCE_QUEUE_US_MAX": /qd <= max\(25000, minrtt \/ 2\)/,
  "pacing/LEAN_QUEUE_US": /`qd > 200000` and/,
  "pacing/MARGIN_US_MIN": /late .*max\(10000, 2 \* rttvar\)/,
  "receiver/IDLE_US": /\| detach, sender idle, receiver idle \| 30000000 \|/,
  "transcript/TRANSCRIPT_BYTES": /The state is 32 bytes/,
};

/** Choices of the implementation, and the members of chapter 12. */
const OWN = ["token-log/CHECKPOINT_TOKENS", "config/CORE_LIMITS"];

describe("the constants of Appendix A", () => {
  const rows = table("| constant | value |");
  const constants = coreConstants();

  for (const [name = "", value = ""] of rows) {
    test(name, () => {
      const expected = CONSTANT_ROWS[name]?.flatMap((part) =>
        typeof part === "number" ? part : (constants.get(part) ?? [NaN]),
      );
      assert.deepEqual(numbersIn(value.replace("a 24th", "24")), expected);
    });
  }

  for (const [name, place] of Object.entries(IN_FORMULAS)) {
    test(`${name}, in a formula`, () => {
      const numbers = numbersIn(place.exec(SPEC)?.[0] ?? "");
      for (const number of constants.get(name) ?? [NaN]) assert.ok(numbers.includes(number));
    });
  }

  test("no row and no constant is left over", () => {
    assert.deepEqual(rows.map(([name]) => name).sort(), Object.keys(CONSTANT_ROWS).sort());
    const named = Object.values(CONSTANT_ROWS)
      .flat()
      .filter((part) => typeof part === "string");
    assert.deepEqual(
      [...named, ...Object.keys(IN_FORMULAS), ...OWN].sort(),
      [...constants.keys()].sort(),
    );
  });
});
