// A whole session, both machines, in a world without a clock and without chance (STR-4).
import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { ChannelText, END_REASONS, Receiver, Sender } from "../index.js";

const WORDS = ["The", " sky", " is", " blue", "."];
const DELAY_US = 30000;

interface Flight {
  readonly at: number;
  readonly to: "sender" | "receiver";
  readonly datagram: Uint8Array;
}

/** A session over a path that loses every third datagram; its log holds every byte and every time. */
function session(): { log: string[]; text: string } {
  const sender = new Sender({ streamId: 7 });
  const receiver = new Receiver({ streamId: 7, epoch: 1 }, 0);
  const log: string[] = [];
  const flights: Flight[] = [];
  const text = new ChannelText();
  let rendered = "";
  let sent = 0;
  const poll = (machine: "sender" | "receiver", now: number): void => {
    for (;;) {
      const output = machine === "sender" ? sender.poll(now) : receiver.poll(now);
      if (output.type === "wait") return;
      if (output.type === "event") {
        log.push(`${now} ${machine} ${output.event.type}`);
        if (output.event.type === "render") rendered += text.push(output.event.tokens);
        continue;
      }
      log.push(`${now} ${machine} ${Buffer.from(output.datagram).toString("hex")}`);
      sent += 1;
      const to = machine === "sender" ? "receiver" : "sender";
      if (sent % 3 !== 0) flights.push({ at: now + DELAY_US, to, datagram: output.datagram });
    }
  };

  for (let now = 0; now < 20000000; now += 5000) {
    while (flights[0] !== undefined && flights[0].at <= now) {
      const { to, datagram } = flights[0];
      flights.shift();
      (to === "sender" ? sender : receiver).receive(datagram, now);
    }
    const word = now % 50000 === 0 ? WORDS[now / 50000] : undefined;
    if (word !== undefined) {
      sender.push([{ channel: 0, bytes: new TextEncoder().encode(word) }], now);
    } else if (now === WORDS.length * 50000) {
      sender.finish(END_REASONS.COMPLETE, now);
    }
    poll("sender", now);
    poll("receiver", now);
  }
  assert.equal(sender.view().phase, "done");
  assert.equal(receiver.view().phase, "closed");
  return { log, text: rendered + text.end() };
}

test("a session needs no clock and no chance (STR-4)", () => {
  const forbidden = (): never => {
    throw new Error("a pure machine looked at the world");
  };
  const before = session();
  mock.method(Date, "now", forbidden);
  mock.method(Math, "random", forbidden);
  mock.method(performance, "now", forbidden);
  try {
    const { log, text } = session();
    assert.equal(text, WORDS.join(""));
    assert.deepEqual(log, before.log);
  } finally {
    mock.restoreAll();
  }
});
