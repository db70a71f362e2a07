import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { CODEC_CODES, decode, LIMITS } from "../wire/index.js";

const bytes = (hex: string): Uint8Array => Buffer.from(hex.replace(/\s/g, ""), "hex");

/** What `decode` says of a datagram: a code, or "valid". */
const verdict = (datagram: Uint8Array): string => {
  const decoded = decode(datagram);
  return decoded.type === "packet" ? "valid" : decoded.code;
};

const ACK_BODY = "10 01 18 01";
const DIGEST = "00112233445566778899aabbccddeeff";

describe("the examples of the specification", () => {
  const text = readFileSync(new URL("../../../SPEC.md", import.meta.url), "utf8");
  const examples = [...text.matchAll(/^```chatterbox\ndatagram (\S+) (\S+)\n([^`]*)^```/gm)];

  it("are found", () => {
    assert.ok(examples.length >= 6);
  });
  for (const [, name = "", expected = "", body = ""] of examples) {
    it(`${name} is ${expected}`, () => {
      assert.equal(verdict(bytes(body.replace(/#.*$/gm, ""))), expected);
    });
  }
});

describe("each kind of fault has its code", () => {
  const faults: readonly (readonly [what: string, code: string, hex: string])[] = [
    ["nothing at all", "size", ""],
    ["zeros only", "padding", "000000"],
    ["no mark", "padding", "10011801"],
    ["a mark that is not the last", "padding", "100118018001"],
    ["an empty packet", "invalid", "80"],

    ["a truncated varint", "not-canonical", "1001 18 80"],
    ["a truncated field", "not-canonical", `${ACK_BODY} 2a 05 12 02 48 80`],
    ["an empty field number", "not-canonical", `${ACK_BODY} 00 00 80`],
    ["fields out of order", "not-canonical", "18 01 10 01 80"],
    ["a field twice", "not-canonical", "10 01 10 01 18 01 80"],
    ["a default written out", "not-canonical", "08 00 10 01 18 01 80"],
    ["an empty bytes field written out", "not-canonical", `${ACK_BODY} 2a 02 12 00 80`],
    ["false written out", "not-canonical", `${ACK_BODY} 42 02 28 00 80`],
    ["a varint longer than needed", "not-canonical", "10 81 00 18 01 80"],
    ["a tag longer than needed", "not-canonical", "90 00 01 18 01 80"],
    ["a length longer than needed", "not-canonical", `${ACK_BODY} 42 80 00 80`],
    ["an epoch of 2^32 + 1", "not-canonical", "10 81 80 80 80 10 18 01 80"],
    ["a number of 2^64 + 1", "not-canonical", "10 01 18 81 80 80 80 80 80 80 80 80 02 80"],
    ["a boolean of 2", "not-canonical", `${ACK_BODY} 42 02 28 02 80`],
    ["a boolean of 2^32", "not-canonical", `${ACK_BODY} 42 06 28 80 80 80 80 10 80`],
    ["an unknown field", "not-canonical", `${ACK_BODY} 68 01 80`],
    ["an unknown field inside", "not-canonical", `${ACK_BODY} 3a 04 08 01 10 01 80`],
    ["an unknown group", "not-canonical", `${ACK_BODY} 6b 6c 80`],
    ["a wrong wire type", "not-canonical", "12 01 18 01 80"],
    ["a fixed32 epoch", "not-canonical", "15 01 00 00 00 18 01 80"],
    ["a message as a varint", "not-canonical", `${ACK_BODY} 38 02 08 01 80`],
    ["a message length too short", "not-canonical", `${ACK_BODY} 2a 03 12 02 48 69 80`],
    ["a message length too long", "not-canonical", `${ACK_BODY} 2a 06 12 02 48 69 60 02 80`],
    ["a message length of 2^32 - 1", "not-canonical", `${ACK_BODY} 2a ff ff ff ff 0f 80`],
    ["a packed length too short", "not-canonical", `${ACK_BODY} 2a 08 12 02 48 69 1a 01 01 01 80`],
    [
      "a packed length too long",
      "not-canonical",
      `${ACK_BODY} 42 07 10 07 1a 03 02 01 03 20 05 80`,
    ],
    ["lengths not packed", "not-canonical", `${ACK_BODY} 2a 08 12 02 48 69 18 01 18 01 80`],
    ["empty lengths written out", "not-canonical", `${ACK_BODY} 2a 06 12 02 48 69 1a 00 80`],
    ["lengths in two parts", "not-canonical", `${ACK_BODY} 2a 0a 12 02 48 69 1a 01 01 1a 01 01 80`],
    ["data in two parts", "not-canonical", `${ACK_BODY} 2a 06 12 01 48 12 01 69 80`],
    ["a message in two parts", "not-canonical", `${ACK_BODY} 42 02 08 01 42 02 10 01 80`],

    ["epoch 0", "invalid", "18 01 80"],
    ["no packet number", "invalid", "10 01 80"],
    ["a number on a Close", "invalid", "10 01 18 01 5a 02 08 01 80"],
    ["Ack and Open", "invalid", `${ACK_BODY} 42 00 4a 05 08 01 20 80 08 80`],
    ["Stop alone", "invalid", `${ACK_BODY} 52 02 08 01 80`],
    ["Ack with a run", "invalid", `${ACK_BODY} 2a 03 12 01 48 42 00 80`],
    ["Ack with Accept", "invalid", `${ACK_BODY} 3a 02 08 01 42 00 80`],
    ["Ack with End", "invalid", `${ACK_BODY} 32 14 10 01 1a 10 ${DIGEST} 42 00 80`],
    ["Close with Accept", "invalid", "10 01 3a 02 08 01 5a 02 08 01 80"],
    ["Close with Ack", "invalid", "10 01 42 00 5a 02 08 01 80"],
    ["ACK_NOW without Ack", "invalid", `${ACK_BODY} 60 01 80`],
    ["ACK_NOW with Open", "invalid", `${ACK_BODY} 4a 05 08 01 20 80 08 60 01 80`],
    ["PAUSED with Ack", "invalid", `${ACK_BODY} 42 00 60 02 80`],
    ["a flag on a Close", "invalid", "10 01 5a 02 08 01 60 02 80"],
    ["the highest flag", "invalid", `${ACK_BODY} 60 80 80 80 80 08 80`],
    ["first index without runs", "invalid", `${ACK_BODY} 20 01 80`],
    ["an empty run", "invalid", `${ACK_BODY} 2a 00 80`],
    ["one length", "invalid", `${ACK_BODY} 2a 07 12 02 48 69 1a 01 02 80`],
    ["a length of 0", "invalid", `${ACK_BODY} 2a 08 12 02 48 69 1a 02 02 00 80`],
    ["lengths that do not add up", "invalid", `${ACK_BODY} 2a 08 12 02 48 69 1a 02 01 02 80`],
    ["lengths of nothing", "invalid", `${ACK_BODY} 2a 04 1a 02 01 01 80`],
    ["two runs of one channel", "invalid", `${ACK_BODY} 2a 03 12 01 48 2a 03 12 01 69 80`],
    ["an End without reason", "invalid", `${ACK_BODY} 32 12 1a 10 ${DIGEST} 80`],
    ["an End of reason 7", "invalid", `${ACK_BODY} 32 14 10 07 1a 10 ${DIGEST} 80`],
    ["an End without digest", "invalid", `${ACK_BODY} 32 02 10 01 80`],
    ["ABORTED without a code", "invalid", `${ACK_BODY} 32 14 10 06 1a 10 ${DIGEST} 80`],
    ["COMPLETE with a code", "invalid", `${ACK_BODY} 32 16 10 01 1a 10 ${DIGEST} 20 01 80`],
    ["an Open of version 0", "invalid", `${ACK_BODY} 4a 03 20 80 08 80`],
    ["a window of 1023", "invalid", `${ACK_BODY} 4a 05 08 01 20 ff 07 80`],
    ["an Open without digest", "invalid", `${ACK_BODY} 4a 07 08 01 10 01 20 80 08 80`],
    ["a digest at 0", "invalid", `${ACK_BODY} 4a 17 08 01 1a 10 ${DIGEST} 20 80 08 80`],
    ["an Accept of version 2", "invalid", `${ACK_BODY} 3a 02 08 02 80`],
    ["an empty Accept", "invalid", `${ACK_BODY} 3a 00 80`],
    ["two ranges", "invalid", `${ACK_BODY} 42 06 10 07 1a 02 02 01 80`],
    ["a range of 0", "invalid", `${ACK_BODY} 42 07 10 07 1a 03 02 00 02 80`],
    ["ranges of [1]", "invalid", `${ACK_BODY} 42 05 10 07 1a 01 01 80`],
    ["ranges beyond largest", "invalid", `${ACK_BODY} 42 07 10 07 1a 03 02 01 05 80`],
    ["a delay without largest", "invalid", `${ACK_BODY} 42 02 20 01 80`],
    ["a Stop of reason 5", "invalid", `${ACK_BODY} 42 00 52 02 08 05 80`],
    ["a Close of code 0", "invalid", "10 01 5a 00 80"],
    ["a Close of code 12", "invalid", "10 01 5a 02 08 0c 80"],
    ["an extension of type 0", "invalid", `${ACK_BODY} 7a 00 80`],
    ["extensions out of order", "invalid", `${ACK_BODY} 7a 02 08 02 7a 02 08 01 80`],
    ["an extension twice", "invalid", `${ACK_BODY} 7a 02 08 01 7a 02 08 01 80`],

    ["a channel of 65536", "over-limit", `${ACK_BODY} 2a 07 08 80 80 04 12 01 48 80`],
    ["a number of 2^53", "over-limit", "10 01 18 80 80 80 80 80 80 80 10 80"],
    ["a limit and a clause broken", "over-limit", "18 80 80 80 80 80 80 80 10 80"],
  ];

  for (const [what, code, hex] of faults) {
    it(`${what}: ${code}`, () => {
      assert.equal(verdict(bytes(hex)), code);
    });
  }
  it("leaves no code without a fault", () => {
    assert.deepEqual(new Set(faults.map(([, code]) => code)), new Set(CODEC_CODES));
  });
});

describe("a decoded packet", () => {
  it("has every field", () => {
    const hex = `08 07 10 01 18 05 20 0a 2a 0b 12 05 48656c6c6f 1a 02 02 03 2a 05 08 01 12 01 7b
      32 16 08 0d 10 06 1a 10 ${DIGEST} 20 09 3a 02 08 01 60 02 7a 05 08 03 12 01 ff 80 00`;
    assert.equal(verdict(bytes(hex)), "not-canonical"); // the End has 24 bytes
    const decoded = decode(bytes(hex.replace("32 16", "32 18")));
    assert.deepEqual(decoded, {
      type: "packet",
      packet: {
        streamId: 7,
        epoch: 1,
        packetNumber: 5,
        firstIndex: 10,
        runs: [
          { channel: 0, tokens: [Uint8Array.of(72, 101), Uint8Array.of(108, 108, 111)] },
          { channel: 1, tokens: [Uint8Array.of(123)] },
        ],
        end: { finalCount: 13, reason: 6, digest: new Uint8Array(bytes(DIGEST)), errorCode: 9 },
        accept: { version: 1 },
        flags: 2,
        extensions: [{ type: 3, value: Uint8Array.of(255) }],
      },
    });
  });

  it("keeps none of the caller's memory, not even of a Buffer", () => {
    const datagram = bytes(`10 01 18 01 2a 04 12 02 48 69 7a 05 08 03 12 01 ff 80`);
    const decoded = decode(datagram);
    const before = structuredClone(decoded);
    datagram.fill(0);
    assert.deepEqual(decoded, before);
    assert.ok(decoded.type === "packet");
    const tokenBytes = decoded.packet.runs[0]?.tokens[0];
    assert.equal(tokenBytes?.buffer.byteLength, 2, "a token pins no more than itself");
  });
});

describe("the size of a datagram", () => {
  const padded = (size: number): Uint8Array => {
    const datagram = new Uint8Array(size);
    datagram.set(bytes("1001180180"));
    return datagram;
  };
  it("may be 16384, however much of it is padding", () => {
    assert.equal(verdict(padded(LIMITS.datagramBytesMax)), "valid");
  });
  it("may not be 16385", () => {
    assert.equal(verdict(padded(LIMITS.datagramBytesMax + 1)), "size");
  });
});
