import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { ChannelText } from "../text.js";

const cutUp = (bytes: Uint8Array, size: number): { channel: number; bytes: Uint8Array }[] =>
  Array.from({ length: Math.ceil(bytes.length / size) }, (_, place) => ({
    channel: 0,
    bytes: bytes.subarray(place * size, (place + 1) * size),
  }));

test("text is the same wherever tokens cut it (STR-1)", () => {
  const text = fc.string({ unit: "binary", maxLength: 40 });
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 7 }), (whole, size) => {
      const bytes = new TextEncoder().encode(whole);
      const decoder = new ChannelText();
      const pieces = cutUp(bytes, size).map((token) => decoder.push([token]));
      assert.equal(
        pieces.join("") + decoder.end(),
        new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes),
      );
    }),
  );
});

test("bytes that dangle at the end become U+FFFD", () => {
  const decoder = new ChannelText();
  assert.equal(decoder.push([{ channel: 0, bytes: Uint8Array.of(0x48, 0xf0, 0x9f) }]), "H");
  assert.equal(decoder.end(), "\ufffd");
});

test("a text hears one channel only", () => {
  const decoder = new ChannelText(1);
  const tokens = [
    { channel: 0, bytes: Uint8Array.of(0x61) },
    { channel: 1, bytes: Uint8Array.of(0x62) },
  ];
  assert.equal(decoder.push(tokens), "b");
  assert.equal(decoder.end(), "");
});
