// Vectors for ENC-4 and ENC-6: lengths that lie, at every depth and in both directions, and
// datagrams that are cut off.

import { ascii, bytesField, hexOf, message, packed, raw, type Bytes } from "../bytes.js";
import { invalid, packetFile, type InvalidCase, type PacketFile } from "./case.js";
import * as f from "./fields.js";

const TOKEN = f.run(f.data("Hi"));
const END = [f.finalCount(1), f.reason(1), f.digest(f.DIGEST)];
const ACK = [f.nextIndex(3), f.largest(9)];
const WINDOW = f.window(1024);
const OPEN = [f.version(1), WINDOW];
const RESUME = [f.version(1), f.openNextIndex(7)];

function refused(slug: string, bytes: Bytes, twin: Bytes, why: string): InvalidCase {
  return invalid(slug, "ENC-4", "not-canonical", { why, bytes, twin });
}

/** Data with a length that says something else. */
const dataSaying = (claim: number, text: string): Bytes =>
  bytesField(2, `data = "${text}", but the length says ${claim}`, ascii(text), claim);

const longer = [
  refused(
    "run-longer-than-packet",
    [f.HEAD, message(5, "run", f.data("Hi"), 5)],
    [f.HEAD, TOKEN],
    "One byte more than there is. A port that slices without a check gets a shorter run and " +
      "does not notice; one in C reads the mark, or beyond.",
  ),
  refused(
    "run-much-longer-than-packet",
    [f.HEAD, message(5, "run", f.data("Hi"), 100)],
    [f.HEAD, TOKEN],
    "100 bytes promised, 4 there. Heartbleed was this.",
  ),
  refused(
    "data-longer-than-packet",
    [f.HEAD, f.run(dataSaying(3, "Hi"))],
    [f.HEAD, TOKEN],
    "The run is whole, its data is not: the third byte would be the mark, and the token ends " +
      "in a stray character.",
  ),
  refused(
    "data-longer-than-run",
    [f.HEAD, f.run(dataSaying(4, "Hi")), f.end(END)],
    [f.HEAD, TOKEN, f.end(END)],
    "The bytes are there, but they belong to the End. A widespread runtime checks against the " +
      "datagram only and reads over the end of the run.",
  ),
  refused(
    "lengths-longer-than-run",
    [f.HEAD, f.run(f.data("Hello"), packed(3, "lengths", [2, 3], 4)), f.end(END)],
    [f.HEAD, f.run(f.data("Hello"), f.lengths(2, 3)), f.end(END)],
    "Packed entries are read to their own end in that runtime, two bytes into the next field: " +
      "tag and length of the End become token sizes.",
  ),
  refused(
    "lengths-longer-than-packet",
    [f.HEAD, f.run(f.data("Hello"), packed(3, "lengths", [2, 3], 3))],
    [f.HEAD, f.run(f.data("Hello"), f.lengths(2, 3))],
    "As above with nothing behind it but the mark, which is a varint that does not end.",
  ),
  refused(
    "end-longer-than-packet",
    [f.HEAD, message(6, "end", END, 25)],
    [f.HEAD, f.end(END)],
    "An End that is cut off by one byte. Accepted with a digest of 15 bytes, the answer fails " +
      "at its last token.",
  ),
  refused(
    "digest-longer-than-end",
    [
      f.HEAD,
      f.end(
        f.finalCount(1),
        f.reason(1),
        bytesField(3, "digest, but the length says 20", f.DIGEST, 20),
      ),
      f.accept(f.version(1)),
    ],
    [f.HEAD, f.end(END), f.accept(f.version(1))],
    "The digest takes the Accept behind it for its last bytes. A port that reads both has " +
      "used four bytes twice.",
  ),
  refused(
    "ack-longer-than-packet",
    [f.HEAD, message(8, "ack", ACK, 5)],
    [f.HEAD, f.ack(ACK)],
    "Runtimes that stop at the end of the buffer accept it, others throw. A thrown error that " +
      "nobody catches ends the sender.",
  ),
  refused(
    "ranges-longer-than-ack",
    [f.HEAD, f.ack(ACK, packed(3, "ranges", [2], 3)), f.flags(1, "ACK_NOW")],
    [f.HEAD, f.ack(ACK, f.ranges(2)), f.flags(1, "ACK_NOW")],
    "The flag field, read as gap and length: packets are acknowledged that never arrived, and " +
      "the tokens in them are not repeated.",
  ),
  refused(
    "open-longer-than-packet",
    [f.HEAD, message(9, "open", OPEN, 6)],
    [f.HEAD, f.open(OPEN)],
    "The first datagram of a session, one byte short. A sender that dies of it can be stopped " +
      "by anyone who may send.",
  ),
  refused(
    "prefix-digest-longer-than-open",
    [
      f.HEAD,
      f.open(RESUME, bytesField(3, "prefix_digest, but the length says 21", f.DIGEST, 21), WINDOW),
      f.stop(1),
    ],
    [f.HEAD, f.open(RESUME, f.prefixDigest(f.DIGEST), WINDOW), f.stop(1)],
    "The digest takes the window and the head of the Stop behind the Open. A sender that goes by " +
      "what is left of them attaches with no window at all.",
  ),
  refused(
    "stop-longer-than-packet",
    [f.HEAD, f.ack(ACK), message(10, "stop", raw("08 01", "reason = 1"), 3)],
    [f.HEAD, f.ack(ACK), f.stop(1)],
    "Small messages are read without a bound by hand codecs, since `what can go wrong with " +
      "two bytes`.",
  ),
  refused(
    "close-longer-than-packet",
    [f.epoch(1), message(11, "close", raw("08 05", "code = 5"), 4)],
    [f.epoch(1), f.close(5)],
    "As above at the end of the session, in the one packet that is not numbered.",
  ),
  refused(
    "extension-longer-than-packet",
    [f.HEAD, message(15, "extension", [f.type(64), f.value("00")], 6)],
    [f.HEAD, f.extension(f.type(64), f.value("00"))],
    "What is ignored is skipped by its length. A port that skips past the end and looks for " +
      "the next field there reads outside.",
  ),
  refused(
    "value-longer-than-extension",
    [
      f.HEAD,
      f.extension(f.type(1), bytesField(2, "value, 1 byte, but the length says 3", "00", 3)),
      f.extension(f.type(2)),
    ],
    [f.HEAD, f.extension(f.type(1), f.value("00")), f.extension(f.type(2))],
    "The value swallows the head of the next extension, which is then unknown or gone.",
  ),
];

const shorter = [
  refused(
    "run-shorter-than-data",
    [f.HEAD, message(5, "run", f.data("Hi"), 3)],
    [f.HEAD, TOKEN],
    "The run ends within its data. A runtime that finishes the field anyway accepts it, and " +
      "goes on behind it or in its middle.",
  ),
  refused(
    "run-of-length-0",
    [f.HEAD, message(5, "run", f.data("Hi"), 0)],
    [f.HEAD, TOKEN],
    "An empty run, and then its content as fields of the packet: `data` becomes an epoch of " +
      "the wrong wire type.",
  ),
  refused(
    "data-shorter",
    [f.HEAD, f.run(dataSaying(1, "Hi"))],
    [f.HEAD, TOKEN],
    "The second letter is left over and is read as a tag. A port that ignores unknown fields " +
      "renders `H`.",
  ),
  refused(
    "data-of-length-0",
    [f.HEAD, f.run(dataSaying(0, "Hi"))],
    [f.HEAD, TOKEN],
    "Empty data is not written; here two letters follow that look like tags.",
  ),
  refused(
    "lengths-shorter",
    [f.HEAD, f.run(f.data("Hello"), packed(3, "lengths", [2, 3], 1))],
    [f.HEAD, f.run(f.data("Hello"), f.lengths(2, 3))],
    "One entry counts, the other is a tag of nothing. A port that reads entries until the run " +
      "ends accepts it.",
  ),
  refused(
    "lengths-end-in-an-entry",
    [
      f.HEAD,
      f.run(f.dataHex("61".repeat(131), "131 times 'a'"), packed(3, "lengths", [128, 3], 1)),
    ],
    [f.HEAD, f.run(f.dataHex("61".repeat(131), "131 times 'a'"), f.lengths(128, 3))],
    "The field ends in the middle of the first entry. Known of a widespread runtime: it reads " +
      "the entry to its end and calls it a day.",
  ),
  refused(
    "end-shorter",
    [f.HEAD, message(6, "end", END, 4)],
    [f.HEAD, f.end(END)],
    "An End without its digest, and the digest as a field of the packet, where number 3 is " +
      "the packet number.",
  ),
  refused(
    "ack-shorter",
    [f.HEAD, message(8, "ack", ACK, 2)],
    [f.HEAD, f.ack(ACK)],
    "`largest` falls out of the ack and becomes field 2 of the packet, the epoch: out of " +
      "order, and of another session.",
  ),
  refused(
    "ranges-shorter",
    [f.HEAD, f.ack(ACK, packed(3, "ranges", [2, 1, 4], 1))],
    [f.HEAD, f.ack(ACK, f.ranges(2, 1, 4))],
    "Two entries fall out and are read as tags. A port that loops to the end of the ack takes " +
      "them anyway.",
  ),
  refused(
    "open-shorter",
    [f.HEAD, message(9, "open", OPEN, 2)],
    [f.HEAD, f.open(OPEN)],
    "The window falls out and becomes `first_index`. A port with default windows attaches and " +
      "sends from the wrong place.",
  ),
  refused(
    "extension-shorter",
    [f.HEAD, message(15, "extension", [f.type(64), f.value("00")], 2)],
    [f.HEAD, f.extension(f.type(64), f.value("00"))],
    "The value falls out and is read as field 2 of the packet. What was to be ignored changes " +
      "the epoch.",
  ),
  refused(
    "ack-of-length-0",
    [f.HEAD, message(8, "ack", f.nextIndex(3), 0)],
    [f.HEAD, f.ack(f.nextIndex(3))],
    "An empty ack is legal; its content behind it is `stream_id` 3, out of order. A port that " +
      "does not mind files the packet under another stream.",
  ),
];

/** A packet with everything, to be cut off at each place where something begins. */
const WHOLE: Bytes = [
  [f.streamId(7), f.epoch(1), f.packetNumber(200), f.firstIndex(10)],
  f.run(f.channel(1), f.data("Hello"), f.lengths(2, 3)),
];
const WHOLE_HEX = hexOf(WHOLE);

const places = [
  [
    1,
    "after a tag",
    "A tag and nothing else. A reader that assumes a value behind each tag reads the mark as " +
      "one.",
  ],
  [
    3,
    "after the tag of the epoch",
    "Stream 7, and the epoch to come: a reader that returns what it has makes epoch 0 of it.",
  ],
  [
    6,
    "within the packet number",
    "Half of 200 is 72: a number, but another one, and its ack would be for another packet.",
  ],
  [
    8,
    "after the tag of first_index",
    "Index 10 becomes index 0 in a port that lets the last field go: tokens at the start of the " +
      "text.",
  ],
  [10, "after the tag of the run", "A run without even a length."],
  [
    11,
    "after the length of the run",
    "13 bytes promised, none there. A port that makes an empty run of it delivers an empty " +
      "token.",
  ],
  [
    13,
    "within the run, after the channel",
    "The run is on channel 1 and has no data yet. Reported as `invalid`, it looks like the " +
      "sender's bug and is the network's.",
  ],
  [
    15,
    "within the run, before the data",
    "Data of 5 bytes, none there: a fresh buffer of zeros is what some languages return.",
  ],
  [19, "within the data", "Four of five letters: the token would be `Hell`."],
  [
    22,
    "within the lengths, after their length",
    "Two entries promised, none there: without lengths the five bytes are one token, and all " +
      "later indexes are wrong.",
  ],
  [
    23,
    "within the lengths, after an entry",
    "One of two entries: a port that takes the rest for the second token guesses right, and is " +
      "wrong to guess.",
  ],
] as const;

const truncated = places.map(([bytes, place, why]) =>
  invalid(`cut-at-${bytes}`, "ENC-4", "not-canonical", {
    why,
    bytes: raw(
      WHOLE_HEX.slice(0, 2 * bytes),
      `a packet of ${WHOLE_HEX.length / 2} bytes, cut off ${place}`,
    ),
    twin: WHOLE,
  }),
);

const unbounded = [
  refused(
    "data-length-2-32",
    [f.HEAD, f.run(dataSaying(f.UINT32_MAX, "Hi"))],
    [f.HEAD, TOKEN],
    "4 GiB promised by a length of five bytes. Adding it to a 32-bit position gives a smaller " +
      "one, and the check passes.",
  ),
  refused(
    "ranges-length-2-31",
    [f.HEAD, f.ack(ACK, packed(3, "ranges", [2], 2147483647))],
    [f.HEAD, f.ack(ACK, f.ranges(2))],
    "A packed field of 2 GiB. A port that makes an array of that size before it looks is out " +
      "of memory.",
  ),
  refused(
    "random-bytes",
    raw("d3b07384d113edec49eaa6238ad5ff00c86fe62de8dbb7c0", "bytes of no protocol"),
    f.HEAD,
    "What arrives on an open port: not a packet at all. A port that throws on it is stopped " +
      "by a scanner.",
  ),
  refused(
    "text",
    raw(ascii("GET / HTTP/1.1"), "another protocol"),
    f.HEAD,
    "Another protocol on this port. Its first byte is a tag of field 8, the ack, with a wire " +
      "type that does not exist: an index outside a table.",
  ),
];

export const encodingLengths: PacketFile = packetFile(
  "encoding-lengths",
  "Canonical encoding: lengths that lie and datagrams that are cut off.",
  [...longer, ...shorter, ...truncated, ...unbounded],
);
