// What is drawn from a seed: scripts, weather; and datagrams annotated for people.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Prng } from "../../simulator/prng.js";
import { annotate } from "../pair/annotate.js";
import { PRESETS } from "../pair/presets.js";
import { PLOTS, writeScript } from "../pair/script.js";

test("a script has all tokens, both channels, a pause and one end, and comes again", () => {
  for (const plot of PLOTS) {
    const script = writeScript(plot, 120, Prng.fromSeed(3));
    assert.deepEqual(writeScript(plot, 120, Prng.fromSeed(3)), script);
    assert.notDeepEqual(writeScript(plot, 120, Prng.fromSeed(4)), script);
    const { sender, receiver } = script.cues;
    const tokens = sender.flatMap((cue) => (cue.type === "push" ? cue.tokens : []));
    assert.equal(tokens.length, 120);
    assert.deepEqual([...new Set(tokens.map(({ channel = 0 }) => channel))].sort(), [0, 1]);
    assert.ok(tokens.every(({ data }) => data.length >= 2 && data.length <= 2048));
    const others = [...sender, ...receiver].filter(({ type }) => type !== "push");
    const ends = { finish: ["pause", "finish"], abort: ["abort"], stop: ["stop"] };
    assert.deepEqual(
      others.map(({ type }) => type),
      ends[plot],
    );
    const times = sender.map(({ at }) => at);
    assert.deepEqual(
      [...times].sort((a, b) => a - b),
      times,
    );
  }
});

test("every preset is reproducible and takes time to arrive", () => {
  for (const preset of PRESETS) {
    const link = preset.link(Prng.fromSeed(1));
    assert.deepEqual(preset.link(Prng.fromSeed(1)), link);
    assert.ok(link.delayUs > 0);
  }
});

const says = (datagram: string): string => annotate(datagram).join("\n");

test("a datagram is annotated field by field", () => {
  const lines = annotate("080710011805200a2a0b120548656c6c6f1a0202032a05080112017b80000000");
  const notes = lines.map((line) => line.split("  # ")[1]);
  assert.deepEqual(notes, [
    ...["stream_id = 7", "epoch = 1", "packet_number = 5", "first_index = 10"],
    ...["runs, 11 bytes", 'data = "Hello"', "lengths = 2, 3"],
    ...["runs, 5 bytes", "channel = 1", 'data = "{"', "mark, and 3 bytes of padding"],
  ]);
});

test("what is wrong with a datagram is said where it is", () => {
  assert.match(says("1081001801" + "80"), /epoch = 1 in more bytes than needed \(ENC-2\)/);
  assert.match(says("080010011801" + "80"), /stream_id = 0, a default written out \(ENC-1\)/);
  assert.match(says("18011001" + "80"), /epoch = 1 {2}<- out of order \(ENC-1\)/);
  assert.match(says("100110011801" + "80"), /epoch = 1 {2}<- a second time \(ENC-1\)/);
  assert.match(says("100118012a05" + "80"), /cannot be read: the bytes end inside a field/);
  assert.match(says("100118017001" + "80"), /unknown field 14 \(ENC-4\)/);
  assert.match(says("120018011801" + "80"), /epoch with wire type 2 \(ENC-4\)/);
  assert.match(says("100118013a00" + "80"), /accept, 0 bytes/);
  assert.match(says("100118012a041a0200ff" + "80"), /lengths = 0, then a number that does not end/);
  assert.match(says("10011801"), /no mark ends the packet \(PKT-16\)/);
  assert.match(says(""), /no mark/);
  assert.match(says("80"), /mark$/);
});
