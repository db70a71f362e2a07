import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { CloseQueue } from "../core/close-queue.js";
import { decode } from "../wire/index.js";

const queue = (): CloseQueue => new CloseQueue(7, { maxPayload: 1200, bucket: 64 });

describe("Closes that await a poll", () => {
  test("leave in their order, each with its epoch and no larger than its cause (ERR-3)", () => {
    const closes = queue();
    closes.add(4, 9, 40);
    closes.add(5, 3, 500);
    const sent = [closes.take(), closes.take()];
    assert.deepEqual(
      sent.map((output) => [output?.epoch, output?.datagram.length]),
      [
        [9, 40],
        [3, 64],
      ],
    );
    const decoded = decode(sent[0]?.datagram ?? new Uint8Array());
    assert.ok(decoded.type === "packet");
    const { streamId, epoch, packetNumber, close } = decoded.packet;
    assert.deepEqual([streamId, epoch, packetNumber, close?.code], [7, 9, 0, 4]);
    assert.equal(closes.take(), undefined);
  });

  test("are at most 4; those that came first stay (ERR-4)", () => {
    const closes = queue();
    for (let epoch = 1; epoch <= 6; epoch += 1) closes.add(1, epoch, 64);
    assert.deepEqual(
      closes.pending().map(({ epoch }) => epoch),
      [1, 2, 3, 4],
    );
    closes.take();
    closes.add(1, 7, 64);
    assert.equal(closes.pending().length, 4);
  });

  test("are forgotten when the gate is closed (ERR-4)", () => {
    const closes = queue();
    closes.add(1, 1, 64);
    closes.forget();
    assert.equal(closes.take(), undefined);
  });
});
