import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { advanceTranscript, initialTranscript, transcriptDigest } from "../core/transcript.js";

const SPEC = readFileSync(new URL("../../../SPEC.md", import.meta.url), "utf8");
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

test("the transcript has the known answers of Appendix B", () => {
  const answers = [...SPEC.matchAll(/^D\((\d)\).* ([0-9a-f]{64})$/gm)].map(
    ([, , answer]) => answer,
  );
  assert.equal(answers.length, 3);
  const first = { channel: 0, bytes: Uint8Array.from(Buffer.from("Hi")) };
  const second = { channel: 1, bytes: Uint8Array.of(0xf0, 0x9f) };
  const one = advanceTranscript(initialTranscript(), first);
  assert.deepEqual([initialTranscript(), one, advanceTranscript(one, second)].map(hex), answers);
});

test("what is handed out is the caller's", () => {
  const state = initialTranscript();
  const digest = transcriptDigest(state);
  assert.equal(hex(digest), hex(state).slice(0, 32));
  digest.fill(0);
  state.fill(0);
  assert.notDeepEqual(initialTranscript(), state);
});
