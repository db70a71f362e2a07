import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import {
  CODEC_CODES,
  ContractError,
  controlBytes,
  decode,
  encode,
  LIMITS,
  type Packet,
  PACKET_DEFAULTS,
  packetBytes,
  PayloadMeter,
} from "../wire/index.js";
import * as arbitrary from "./arbitraries.js";

const UNPADDED = { maxPayload: LIMITS.datagramBytesMax, bucket: 1 };
const RUNS = { numRuns: 2000 };

/** A datagram that lost its padding, mark kept. */
const unpadded = (datagram: Uint8Array): Uint8Array =>
  datagram.subarray(0, datagram.findLastIndex((byte) => byte !== 0) + 1);

/** Whatever `decode` says must be true: a packet has these bytes as its encoding, or there is a code. */
function requireAnswer(datagram: Uint8Array): void {
  const decoded = decode(datagram);
  if (decoded.type === "discard") {
    assert.ok(CODEC_CODES.includes(decoded.code));
    return;
  }
  assert.deepEqual(encode(decoded.packet, UNPADDED), new Uint8Array(unpadded(datagram)));
}

const splice = (bytes: Uint8Array, at: number, drop: number, put: ArrayLike<number>): Uint8Array =>
  Uint8Array.from([...bytes.subarray(0, at), ...Array.from(put), ...bytes.subarray(at + drop)]);

/** Adds a byte to the varint that ends at `at`, or at the first end after it. */
function lengthenVarint(bytes: Uint8Array, at: number): Uint8Array {
  const end = bytes.findIndex((byte, place) => place >= at && byte < 128);
  return end < 0 ? bytes : splice(bytes, end, 1, [(bytes[end] ?? 0) | 128, 0]);
}

/** A datagram of a few kinds of damage, all of which leave most of it as it was. */
function damaged(): fc.Arbitrary<Uint8Array> {
  const place = fc.maxSafeNat();
  return fc
    .tuple(arbitrary.datagram().map(unpadded), place, place, fc.integer({ min: 0, max: 255 }))
    .chain(([bytes, first, second, byte]) => {
      const at = first % bytes.length;
      const to = at + (second % Math.min(12, bytes.length - at));
      return fc.constantFrom(
        splice(bytes, at, 1, [byte]),
        splice(bytes, at, 1, [(bytes[at] ?? 0) ^ (1 << (byte % 8))]),
        splice(bytes, at, bytes.length - at, [0x80]),
        splice(bytes, at, 0, [byte]),
        splice(bytes, at, 1, []),
        splice(bytes, to, 0, bytes.subarray(at, to)),
        splice(bytes, at, to - at, []),
        splice(bytes, bytes.length - 1, 0, bytes.subarray(at, to)),
        lengthenVarint(bytes, at),
      );
    });
}

describe("round trip", () => {
  it("what is encoded decodes to the same packet", () => {
    fc.assert(
      fc.property(arbitrary.packet(), arbitrary.payload(), (packet, payload) => {
        const datagram = encode(packet, payload);
        assert.ok(datagram.length % payload.bucket === 0 || datagram.length === payload.maxPayload);
        assert.deepEqual(decode(datagram), { type: "packet", packet });
      }),
      RUNS,
    );
  });
});

describe("rejection", () => {
  it("a damaged datagram is another packet's only encoding, or has a code", () => {
    fc.assert(fc.property(damaged(), requireAnswer), { numRuns: 6000 });
  });
  it("a varint of one byte more is never canonical", () => {
    const lengthened = arbitrary.packet().map((packet) => {
      const bytes = encode(packet, UNPADDED);
      return lengthenVarint(bytes, bytes[0] === 0x08 ? 1 : 0);
    });
    fc.assert(
      fc.property(lengthened, (datagram) => {
        assert.deepEqual(decode(datagram), { type: "discard", code: "not-canonical" });
      }),
    );
  });
  it("random bytes get an answer", () => {
    const bytes = fc.uint8Array({ maxLength: 64 });
    fc.assert(fc.property(bytes, requireAnswer), RUNS);
    fc.assert(
      fc.property(bytes, (body) => {
        requireAnswer(Uint8Array.from([...body, 0x80]));
      }),
      RUNS,
    );
  });
  it("bytes that look like fields get an answer", () => {
    const tag = fc.constantFrom(...[0x08, 0x10, 0x18, 0x20, 0x2a, 0x12, 0x1a, 0x32, 0x3a, 0x42]);
    const byte = fc.oneof(tag, fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 255 }));
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 40 }), (body) => {
        requireAnswer(Uint8Array.from([0x10, 1, 0x18, 1, ...body, 0x80]));
      }),
      { numRuns: 6000 },
    );
  });
});

describe("sizes", () => {
  it("are those of the encoding", () => {
    fc.assert(
      fc.property(arbitrary.packet(), (packet) => {
        assert.equal(packetBytes(packet), encode(packet, UNPADDED).length - 1);
        if (packet.runs.length > 0) return;
        assert.equal(controlBytes(packet), packetBytes(packet));
      }),
      RUNS,
    );
  });
});

describe("PayloadMeter", () => {
  const control = fc.record({
    packet: arbitrary.senderPacket().map(({ accept, ...rest }) => ({
      ...PACKET_DEFAULTS,
      streamId: rest.streamId,
      epoch: rest.epoch,
      packetNumber: rest.packetNumber,
      ...(accept && { accept }),
      flags: rest.flags,
      extensions: rest.extensions,
    })),
    end: arbitrary.end(),
  });
  const room = fc.oneof(fc.integer({ min: 20, max: 400 }), fc.integer({ min: 1152, max: 16384 }));

  /** What `encode` thinks fits, asked the slow way. */
  const encodes = (packet: Packet, maxPayload: number): boolean => {
    try {
      encode(packet, { maxPayload, bucket: 1 });
      return true;
    } catch (error) {
      assert.ok(error instanceof ContractError);
      return false;
    }
  };

  for (const direction of ["ascending", "descending"] as const) {
    it(`${direction}, agrees with encode on every token and on the End`, () => {
      fc.assert(
        fc.property(
          control,
          arbitrary.tokens(45),
          arbitrary.edgy(50, 2 ** 30),
          room,
          ({ packet, end }, tokens, start, maxPayload) => {
            const meter = new PayloadMeter(packet, maxPayload);
            let carried: Packet = { ...packet, firstIndex: 0 };
            let list: arbitrary.ChanneledToken[] = [];
            for (const token of tokens) {
              const isUp = direction === "ascending";
              const index = isUp ? start + list.length : start - list.length;
              const longer = isUp ? [...list, token] : [token, ...list];
              const firstIndex = isUp ? start : index;
              const candidate = { ...carried, firstIndex, runs: arbitrary.toRuns(longer) };
              const fits = meter.addToken(index, token.channel, token.bytes.length);
              assert.equal(fits, encodes(candidate, maxPayload));
              if (!fits) break;
              carried = candidate;
              list = longer;
            }
            const withEnd = { ...carried, end };
            const fits = meter.addEnd(end);
            assert.equal(fits, encodes(withEnd, maxPayload));
            const result = fits ? withEnd : carried;
            assert.equal(meter.bytes, packetBytes(result));
            assert.equal(meter.tokens, list.length);
            assert.equal(meter.firstIndex, result.firstIndex);
          },
        ),
        { numRuns: 300 },
      );
    });
  }

  it("stops at 4096 tokens and at 32 runs", () => {
    const base = { ...PACKET_DEFAULTS, epoch: 1, packetNumber: 1 };
    const one = new PayloadMeter(base, LIMITS.datagramBytesMax);
    for (let index = 0; index < 4096; index += 1) assert.ok(one.addToken(index, 0, 1));
    assert.ok(!one.addToken(4096, 0, 1));
    const many = new PayloadMeter(base, LIMITS.datagramBytesMax);
    for (let index = 0; index < 32; index += 1) assert.ok(many.addToken(index, index % 2, 1));
    assert.ok(!many.addToken(32, 0, 1));
    assert.ok(many.addToken(32, 1, 1));
  });
});
