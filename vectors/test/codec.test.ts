// The model's codec where the vectors do not reach: random and damaged datagrams. Whatever it accepts
// is the one encoding of what it returns, and nothing makes it throw.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { fromBinary, toBinary } from "@bufbuild/protobuf";
import { PacketSchema } from "../../proto/gen/chatterbox/v1/chatterbox_pb.js";
import {
  CodecError,
  controlBytes,
  decode,
  encode,
  encodedBytes,
  fromHex,
  toHex,
} from "../generate/model/codec.js";
import { unpad } from "../generate/model/pad.js";
import { packetFiles } from "../generate/packet/files.js";

const accepted = packetFiles.flatMap((file) =>
  file.cases.flatMap((each) =>
    each.result === "valid" && each.datagram.length < 600 ? [fromHex(each.datagram)] : [],
  ),
);

/** A valid datagram with some of its bytes changed, cut out or doubled. */
const damaged = fc
  .tuple(
    fc.constantFrom(...accepted),
    fc.array(fc.tuple(fc.nat(300), fc.nat(255), fc.nat(3)), { minLength: 1, maxLength: 3 }),
  )
  .map(([datagram, changes]) => {
    const bytes = [...datagram];
    for (const [at, byte, how] of changes) {
      const place = at % (bytes.length || 1);
      if (how === 0) bytes.splice(place, 1);
      else if (how === 1) bytes.splice(place, 0, byte);
      else if (how === 2) bytes.splice(place, 0, bytes[place] ?? 0);
      else bytes[place] = byte;
    }
    return Uint8Array.from(bytes);
  });

const anything = fc.oneof(damaged, fc.uint8Array({ maxLength: 200 }));

test("what decodes is the one encoding of the packet, and nothing throws", () => {
  fc.assert(
    fc.property(anything, (datagram) => {
      const { ok } = decode(datagram);
      if (ok === undefined) return;
      const bytes = unpad(datagram);
      assert.ok(bytes !== undefined);
      assert.equal(toHex(encode(ok, 16384, 1)), `${toHex(bytes)}80`);
      assert.equal(encodedBytes(ok), bytes.length);
      assert.ok(controlBytes(ok) <= 96);
    }),
    { numRuns: 20000, seed: 1 },
  );
});

test("not-canonical is what a protobuf runtime does not write again", () => {
  fc.assert(
    fc.property(damaged, (datagram) => {
      const { code } = decode(datagram);
      if (code === "size" || code === "padding") return;
      const bytes = unpad(datagram) ?? new Uint8Array();
      let same = false;
      try {
        const parsed = fromBinary(PacketSchema, bytes, { readUnknownFields: false });
        same = toHex(toBinary(PacketSchema, parsed)) === toHex(bytes);
      } catch {
        // The runtime refuses it: not canonical.
      }
      assert.equal(same, code !== "not-canonical");
    }),
    { numRuns: 20000, seed: 2 },
  );
});

test("a Close is padded to at most what it answers, and refused when it does not fit", () => {
  const close = { epoch: 1, close: { code: 4 } };
  assert.equal(encode(close, 1200, 128).length, 128);
  assert.equal(encode(close, 1200, 128, 40).length, 40);
  assert.equal(encode(close, 1200, 128, 7).length, 7);
  assert.throws(() => encode(close, 1200, 128, 6), new CodecError("size", "ENC-8"));
});

test("a number that its field cannot hold is the caller's fault", () => {
  assert.throws(() => encode({ epoch: 2 ** 32, packet_number: "1" }, 1200, 1), RangeError);
  assert.throws(() => encode({ epoch: 1, packet_number: "-1" }, 1200, 1), RangeError);
  assert.throws(() => encode({ epoch: 1, runs: [{ data: "4" }] }, 1200, 1), RangeError);
});

test("default values may be written in JSON and are left out of the datagram", () => {
  const packet = {
    stream_id: 0,
    epoch: 1,
    packet_number: "1",
    first_index: "0",
    runs: [],
    ack: { next_index: "0", ranges: [], end_received: false },
    flags: 0,
  };
  assert.equal(toHex(encode(packet, 1200, 1)), "10011801420080");
});
