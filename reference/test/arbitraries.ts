/**
 * Random values of the protocol for property tests: tokens, runs, packets of each kind, datagrams. Every
 * packet is valid by SPEC 4 and 5; edges (varint sizes, limits) are likelier than between them.
 */
import fc from "fast-check";
import {
  type Ack,
  CLOSE_CODES,
  controlBytes,
  encode,
  type End,
  END_REASONS,
  type Extension,
  FLAGS,
  LIMITS,
  type Open,
  type Packet,
  PACKET_DEFAULTS,
  type Payload,
  type Run,
  STOP_REASONS,
} from "../wire/index.js";

/** A token with its channel. */
export interface ChanneledToken {
  readonly channel: number;
  readonly bytes: Uint8Array;
}

/** Bytes of all runs together, so that the packet stays below 16384 whatever else it has. */
const RUN_DATA_BYTES_MAX = 12000;

/** Plain objects, as `decode` makes them: deep equality looks at prototypes. */
function record<T extends object>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> {
  return fc.record<T>(model).map((fields) => ({ ...fields }));
}

/** From `min` to `max`, with the places where a varint grows and both ends likelier. */
export function edgy(min: number, max: number): fc.Arbitrary<number> {
  const edges = [min, max];
  for (let edge = 128; edge <= max; edge *= 128) edges.push(edge - 1, edge);
  const inside = edges.filter((edge) => edge >= min && edge <= max);
  return fc.oneof(
    fc.integer({ min, max: Math.min(max, min + 40) }),
    fc.constantFrom(...inside),
    fc.maxSafeNat().map((value) => min + (value % (max - min + 1))),
  );
}

/** An index, count or packet number. */
export function index(min = 0): fc.Arbitrary<number> {
  return edgy(min, LIMITS.indexMax);
}

export function uint32(min = 0): fc.Arbitrary<number> {
  return edgy(min, 2 ** 32 - 1);
}

export function bytesOf(size: number): fc.Arbitrary<Uint8Array> {
  return fc.uint8Array({ minLength: size, maxLength: size });
}

/** Mostly as short as a model's tokens are, sometimes up to 1024 bytes. */
export function token(): fc.Arbitrary<ChanneledToken> {
  const size = fc.oneof(
    { weight: 12, arbitrary: fc.integer({ min: 1, max: 12 }) },
    { weight: 1, arbitrary: edgy(1, LIMITS.tokenBytesMax) },
  );
  const channel = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(0, 1) },
    { weight: 1, arbitrary: edgy(0, LIMITS.channelMax) },
  );
  return record({ channel, bytes: size.chain(bytesOf) });
}

/** Any number of tokens; to cut them into packets is the user's. */
export function tokens(maxLength = 60): fc.Arbitrary<ChanneledToken[]> {
  return fc.array(token(), { maxLength });
}

/** Joins adjacent tokens of one channel. */
export function toRuns(list: readonly ChanneledToken[]): Run[] {
  const runs: { channel: number; tokens: Uint8Array[] }[] = [];
  for (const { channel, bytes } of list) {
    const last = runs.at(-1);
    if (last?.channel === channel) last.tokens.push(bytes);
    else runs.push({ channel, tokens: [bytes] });
  }
  return runs;
}

/** Runs within the limits of one packet, possibly none. */
export function runs(): fc.Arbitrary<Run[]> {
  const few = tokens();
  const many = record({
    count: fc.integer({ min: 1, max: LIMITS.tokensMax }),
    channel: edgy(0, 3),
  }).map(({ count, channel }) =>
    Array.from({ length: count }, (_, place) => ({ channel, bytes: Uint8Array.of(place & 255) })),
  );
  return fc.oneof({ weight: 20, arbitrary: few }, { weight: 1, arbitrary: many }).map((list) => {
    let total = 0;
    const fitting = list.filter(({ bytes }) => (total += bytes.length) <= RUN_DATA_BYTES_MAX);
    return toRuns(fitting).slice(0, LIMITS.runsMax);
  });
}

export function end(): fc.Arbitrary<End> {
  const reasons = Object.values(END_REASONS).filter((reason) => reason !== END_REASONS.ABORTED);
  const common = { finalCount: index(), digest: bytesOf(LIMITS.digestBytes) };
  return fc.oneof(
    record({ ...common, reason: fc.constantFrom(...reasons), errorCode: fc.constant(0) }),
    record({ ...common, reason: fc.constant(END_REASONS.ABORTED), errorCode: uint32(1) }),
  );
}

export function ack(): fc.Arbitrary<Ack> {
  const range = fc.oneof(fc.integer({ min: 1, max: 4 }), edgy(1, 2 ** 20));
  return record({
    nextIndex: index(),
    largest: index(),
    ranges: fc.array(range, { maxLength: LIMITS.rangesMax, size: "max" }),
    delayUs: uint32(),
    endReceived: fc.boolean(),
  }).map((fields) => ({
    ...fields,
    ranges: rangesWithin(fields.ranges, fields.largest),
    delayUs: fields.largest === 0 ? 0 : fields.delayUs,
  }));
}

function rangesWithin(ranges: readonly number[], largest: number): number[] {
  let total = 0;
  const fitting: number[] = [];
  for (const range of ranges) {
    total += range;
    if (total > largest) break;
    fitting.push(range);
  }
  if (fitting.length % 2 === 0) fitting.pop();
  return fitting.length === 1 && fitting[0] === 1 ? [] : fitting;
}

export function open(): fc.Arbitrary<Open> {
  const common = {
    version: uint32(1),
    window: edgy(LIMITS.windowBytesMin, LIMITS.windowBytesMax),
    rttHintUs: uint32(),
  };
  return fc.oneof(
    record({ ...common, nextIndex: fc.constant(0) }),
    record({ ...common, nextIndex: index(1), prefixDigest: bytesOf(LIMITS.digestBytes) }),
  );
}

export function extensions(): fc.Arbitrary<Extension[]> {
  const extension = record({ type: uint32(1), value: fc.uint8Array({ maxLength: 16 }) });
  const some = fc
    .uniqueArray(extension, { maxLength: LIMITS.extensionsMax, selector: ({ type }) => type })
    .map((list) => list.sort((left, right) => left.type - right.type));
  return fc.oneof(
    { weight: 4, arbitrary: fc.constant<Extension[]>([]) },
    { weight: 1, arbitrary: some },
  );
}

const identity = { streamId: uint32(), epoch: uint32(1), extensions: extensions() };

export function senderPacket(): fc.Arbitrary<Packet> {
  return record({
    ...identity,
    packetNumber: index(1),
    firstIndex: index(),
    runs: runs(),
    end: fc.option(end(), { nil: undefined }),
    accepts: fc.boolean(),
    flags: fc.constantFrom(0, FLAGS.PAUSED),
  }).map(({ end: ending, accepts, firstIndex, ...fields }) => {
    const count = fields.runs.reduce((sum, run) => sum + run.tokens.length, 0);
    return within({
      ...fields,
      firstIndex: count === 0 ? 0 : Math.min(firstIndex, LIMITS.indexMax - count),
      ...(ending && { end: ending }),
      ...(accepts && { accept: { version: 1 } }),
    });
  });
}

export function receiverPacket(): fc.Arbitrary<Packet> {
  const stop = fc.option(fc.constantFrom(...Object.values(STOP_REASONS)), { nil: undefined });
  const common = { ...identity, packetNumber: index(1), stop };
  const acks = record({ ...common, ack: ack(), flags: fc.constantFrom(0, FLAGS.ACK_NOW) });
  const opens = record({ ...common, open: open(), flags: fc.constant(0) });
  return fc.oneof(acks, opens).map(({ stop: reason, ...fields }) =>
    within({
      ...PACKET_DEFAULTS,
      ...fields,
      ...(reason !== undefined && { stop: { reason } }),
    }),
  );
}

export function closePacket(): fc.Arbitrary<Packet> {
  return record({ ...identity, code: fc.constantFrom(...Object.values(CLOSE_CODES)) }).map(
    ({ code, ...fields }) => ({ ...PACKET_DEFAULTS, ...fields, close: { code } }),
  );
}

/** A valid packet of any kind. */
export function packet(): fc.Arbitrary<Packet> {
  return fc.oneof(
    { weight: 3, arbitrary: senderPacket() },
    { weight: 3, arbitrary: receiverPacket() },
    { weight: 1, arbitrary: closePacket() },
  );
}

/** A payload into which every packet of {@link packet} fits. */
export function payload(): fc.Arbitrary<Payload> {
  return record({
    maxPayload: fc.constant(LIMITS.datagramBytesMax),
    bucket: edgy(1, LIMITS.bucketMax),
  });
}

/** A valid datagram, of a packet of any kind. */
export function datagram(): fc.Arbitrary<Uint8Array> {
  return fc.tuple(packet(), payload()).map(([decoded, room]) => encode(decoded, room));
}

/** LIM-9: extensions give way to everything else, then the lowest ranges of an ack. */
function within(fields: Packet): Packet {
  if (controlBytes(fields) <= LIMITS.controlBytesMax) return fields;
  if (fields.extensions.length > 0) return within({ ...fields, extensions: [] });
  if (fields.ack === undefined) throw new Error("Only extensions and ranges can be too many.");
  const { ranges } = fields.ack;
  const fewer = rangesWithin(ranges.slice(0, -2), fields.ack.largest);
  return within({ ...fields, ack: { ...fields.ack, ranges: fewer } });
}
