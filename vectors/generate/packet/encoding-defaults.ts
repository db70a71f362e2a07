// Vectors for ENC-1, ENC-3 and ENC-4: packed fields written otherwise, and default values written
// out.

import { bytesField, number, raw, type Bytes } from "../bytes.js";
import { invalid, packetFile, type InvalidCase, type PacketFile } from "./case.js";
import * as f from "./fields.js";

const TOKEN = f.run(f.data("Hi"));
const ACK = f.ack(f.nextIndex(3), f.largest(2));

function refused(
  slug: string,
  clauses: string,
  bytes: Bytes,
  twin: Bytes,
  why: string,
): InvalidCase {
  return invalid(slug, `${clauses} ENC-4`, "not-canonical", { why, bytes, twin });
}

const packing = [
  refused(
    "lengths-unpacked",
    "ENC-3",
    [f.HEAD, f.run(f.data("Hello"), number(3, "lengths", 2), number(3, "lengths", 3))],
    [f.HEAD, f.run(f.data("Hello"), f.lengths(2, 3))],
    "Every runtime reads both forms, and proto2 writes this one. A port on proto2 rules has " +
      "its datagrams discarded by half of its peers.",
  ),
  refused(
    "lengths-in-two-fields",
    "ENC-3",
    [f.HEAD, f.run(f.data("Hello"), f.lengths(2), f.lengths(3))],
    [f.HEAD, f.run(f.data("Hello"), f.lengths(2, 3))],
    "Parsers join the parts or keep the last. Kept alone, [3] is one entry that does not fit, " +
      "and the text stalls.",
  ),
  refused(
    "lengths-packed-and-unpacked",
    "ENC-3",
    [f.HEAD, f.run(f.data("Hello"), f.lengths(2), number(3, "lengths", 3))],
    [f.HEAD, f.run(f.data("Hello"), f.lengths(2, 3))],
    "A mixture that some parsers accept and that no encoder should make.",
  ),
  refused(
    "ranges-unpacked",
    "ENC-3",
    [f.HEAD, f.ack(f.nextIndex(3), f.largest(9), number(3, "ranges", 2))],
    [f.HEAD, f.ack(f.nextIndex(3), f.largest(9), f.ranges(2))],
    "A receiver whose acks look like this is never heard by a strict sender, which repeats " +
      "everything until it gives up.",
  ),
  refused(
    "ranges-in-two-fields",
    "ENC-3",
    [f.HEAD, f.ack(f.nextIndex(3), f.largest(9), f.ranges(2, 1), f.ranges(4))],
    [f.HEAD, f.ack(f.nextIndex(3), f.largest(9), f.ranges(2, 1, 4))],
    "Joined, these are good ranges; the last alone acknowledges packets that did not arrive.",
  ),
];

/** A default value written out, in a packet that is valid without it. */
function written(
  slug: string,
  before: Bytes,
  extra: Bytes,
  after: Bytes,
  why: string,
): InvalidCase {
  return refused(`default-${slug}`, "ENC-1", [before, extra, after], [before, after], why);
}

/** The same in a sub-message. */
function inside(
  slug: string,
  wrap: (...parts: Bytes[]) => Bytes,
  parts: readonly [Bytes, Bytes, Bytes],
  why: string,
): InvalidCase {
  const [before, extra, after] = parts;
  return refused(
    `default-${slug}`,
    "ENC-1",
    [f.HEAD, wrap(before, extra, after)],
    [f.HEAD, wrap(before, after)],
    why,
  );
}

const NOTHING: Bytes = [];
const empty = (field: number, name: string): Bytes => bytesField(field, `${name}, empty`, "");

const defaults = [
  written(
    "stream-id",
    NOTHING,
    f.streamId(0),
    f.HEAD,
    "Hand codecs write every field of the head. Stream 0 is the commonest, so nothing of such " +
      "a port is ever accepted.",
  ),
  written(
    "packet-number",
    f.epoch(1),
    f.packetNumber(0),
    f.close(5),
    "A Close has no number; written as 0 it has two bytes more than a re-encoding, and the " +
      "session is never closed.",
  ),
  written(
    "first-index",
    f.HEAD,
    f.firstIndex(0),
    TOKEN,
    "The first datagram of an answer has index 0. Written out, the answer never starts.",
  ),
  written(
    "flags",
    [f.HEAD, ACK],
    raw("6000", "flags = 0"),
    NOTHING,
    "An encoder that always writes flags works in its author's tests and with nobody else.",
  ),
  inside(
    "channel",
    f.run,
    [NOTHING, f.channel(0), f.data("Hi")],
    "Channel 0 written out is equal to channel 0 left out, and unequal as bytes.",
  ),
  refused(
    "default-lengths",
    "ENC-1 ENC-3",
    [f.HEAD, f.run(f.data("Hi"), empty(3, "lengths"))],
    [f.HEAD, TOKEN],
    "A packed field of no entries. A port that asks whether the field is there, and not what " +
      "it holds, takes the token for none.",
  ),
  inside(
    "final-count",
    f.end,
    [NOTHING, f.finalCount(0), [f.reason(1), f.digest(f.DIGEST)]],
    "An empty answer ends with count 0. Written out, it never ends.",
  ),
  inside(
    "error-code",
    f.end,
    [[f.finalCount(1), f.reason(1), f.digest(f.DIGEST)], f.errorCode(0), NOTHING],
    "No error, said with two bytes too many: every End of such a port is discarded, and all " +
      "its answers hang at the last word.",
  ),
  inside(
    "next-index",
    f.ack,
    [NOTHING, f.nextIndex(0), f.largest(2)],
    "The ack of a receiver that lacks the first token. Discarded, the first loss of a session " +
      "is never repaired early.",
  ),
  inside(
    "largest",
    f.ack,
    [f.nextIndex(3), f.largest(0), NOTHING],
    "The kick after a resume says largest 0. Discarded, the sender is silent after every resume.",
  ),
  refused(
    "default-ranges",
    "ENC-1 ENC-3",
    [f.HEAD, f.ack(f.nextIndex(3), f.largest(2), empty(3, "ranges"))],
    [f.HEAD, ACK],
    "Ranges that mean [1] are written by leaving the field out, not by an empty one.",
  ),
  inside(
    "delay-us",
    f.ack,
    [[f.nextIndex(3), f.largest(2)], f.delayUs(0), NOTHING],
    "A fast receiver has delay 0 and writes it: its acks are discarded, those of a slow one " +
      "are not. Try to find that by hand.",
  ),
  inside(
    "end-received",
    f.ack,
    [[f.nextIndex(3), f.largest(2)], raw("2800", "end_received = false"), NOTHING],
    "A bool that is always written is right only at the end of the answer.",
  ),
  inside(
    "open-next-index",
    f.open,
    [f.version(1), f.openNextIndex(0), f.window(1024)],
    "A first session begins at 0. Written out, only resumes work.",
  ),
  inside(
    "prefix-digest",
    f.open,
    [f.version(1), empty(3, "prefix_digest"), f.window(1024)],
    "Present but empty is not absent. A port that keeps a digest of no bytes compares nothing " +
      "and finds it equal.",
  ),
  inside(
    "rtt-hint",
    f.open,
    [[f.version(1), f.window(1024)], f.rttHintUs(0), NOTHING],
    "No hint, written out: such a port can open a session only after it has measured one.",
  ),
  inside(
    "extension-value",
    f.extension,
    [f.type(64), empty(2, "value"), NOTHING],
    "An empty value is left out. A port that steps over extensions without reading them " +
      "misses this.",
  ),
];

export const encodingDefaults: PacketFile = packetFile(
  "encoding-defaults",
  "Canonical encoding: packed fields, and default values, which are not written.",
  [...packing, ...defaults],
);
