// The known answers of SPEC Appendix B, read out of it, against reference and model.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import * as modelJitter from "../../vectors/generate/model/jitter.js";
import * as modelTranscript from "../../vectors/generate/model/transcript.js";
import { jitter } from "../core/pacing.js";
import { advanceTranscript, initialTranscript } from "../core/transcript.js";

const SPEC = readFileSync(new URL("../../../SPEC.md", import.meta.url), "utf8");
const APPENDIX = /^## Appendix B\.[^]*?(?=^## )/m.exec(SPEC)?.[0] ?? "";

const toHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const fromHex = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, "hex"));

/** The digest on the line that begins so. */
const digestAfter = (start: string): string => {
  const line = APPENDIX.split("\n").find((text) => text.startsWith(start));
  const digest = /([0-9a-f]{64})$/.exec(line ?? "")?.[1];
  assert.ok(digest, `Appendix B has no digest on a line that begins "${start}"`);
  return digest;
};

test("the transcript digest", () => {
  const answers = [
    digestAfter("D(0) "),
    digestAfter('D(1), token 0 = "Hi" on channel 0 '),
    digestAfter("D(2), token 1 = f0 9f on channel 1 "),
  ];
  const tokens = [
    { channel: 0, data: "4869" },
    { channel: 1, data: "f09f" },
  ];
  assert.deepEqual(
    answers.map((_, count) => modelTranscript.digestOf(tokens.slice(0, count))),
    answers,
  );
  let state = initialTranscript();
  const states = [toHex(state)];
  for (const { channel, data } of tokens) {
    state = advanceTranscript(state, { channel, bytes: fromHex(data) });
    states.push(toHex(state));
  }
  assert.deepEqual(states, answers);
});

test("the hash h and the spacing J", () => {
  const rows = [
    ...APPENDIX.matchAll(/^\| (\d+) \| (\d+) \| (\d+) \| ([0-9a-f]{8}) \| (\d+) \| (\d+) \|$/gm),
  ];
  assert.ok(rows.length >= 7, `${rows.length} rows`);
  for (const [row, epoch, streamId, next, h = "", short, long] of rows) {
    const key = { epoch: Number(epoch), streamId: Number(streamId), nextNumber: Number(next) };
    const hash = modelJitter.jitterHash(key.epoch, key.streamId, key.nextNumber);
    assert.equal(hash.toString(16).padStart(8, "0"), h, row);
    for (const [duration, answer] of [
      [20_000, Number(short)],
      [150_000, Number(long)],
    ] as const) {
      assert.equal(modelJitter.jitter(duration, hash), answer, row);
      assert.equal(jitter(duration, key), answer, row);
    }
  }
});
