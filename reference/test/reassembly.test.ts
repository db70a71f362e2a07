import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import type { Token } from "../core/output.js";
import { Reassembly } from "../core/reassembly.js";
import { initialTranscript } from "../core/transcript.js";
import { bytesOf, tokens } from "./arbitraries.js";
import { transcriptOf, words } from "./receiver-rig.js";

const WINDOW = 1024;

/** RCV-4 to RCV-6, slowly: everything ever taken is kept and gone through anew. */
class Twin {
  readonly held = new Map<number, Token>();
  next = 0;

  faultOf(first: number, list: readonly Token[]): string | undefined {
    const carried = list.map((token, place) => ({ index: first + place, token }));
    const waits = (index: number): boolean => index >= this.next && this.held.has(index);
    const same = (left: Token | undefined, right: Token): boolean =>
      left?.channel === right.channel && Buffer.compare(left.bytes, right.bytes) === 0;
    if (carried.some(({ index, token }) => waits(index) && !same(this.held.get(index), token))) {
      return "content-mismatch";
    }
    if (carried.some(({ index }) => index >= this.next + 4096)) return "limit-exceeded";
    const all = new Map([
      ...this.held,
      ...carried.map(({ index, token }) => [index, token] as const),
    ]);
    const beyond = [...all].filter(([index]) => index >= this.next);
    const bytes = beyond.reduce((sum, [, token]) => sum + token.bytes.length, 0);
    return list.length > 0 && bytes > WINDOW ? "limit-exceeded" : undefined;
  }

  take(first: number, list: readonly Token[]): Token[] {
    for (const [place, token] of list.entries()) {
      const index = first + place;
      if (index >= this.next && !this.held.has(index)) this.held.set(index, token);
    }
    const rendered: Token[] = [];
    for (let token = this.held.get(this.next); token; token = this.held.get((this.next += 1))) {
      rendered.push(token);
    }
    return rendered;
  }
}

const stream = tokens(40);
const cuts = fc.array(
  fc.record({ first: fc.nat(60), count: fc.nat(12), alien: fc.boolean(), far: fc.boolean() }),
  { maxLength: 40, size: "max" },
);

/** A cut of the stream; an alien one has another first token, a far one lies beyond 4096. */
function cutOf(
  list: readonly Token[],
  { first, count, alien, far }: { first: number; count: number; alien: boolean; far: boolean },
): { first: number; cut: Token[] } {
  const cut = list.slice(first, first + count);
  const [head] = cut;
  if (alien && count % 3 === 0 && head) cut[0] = { ...head, channel: head.channel === 0 ? 1 : 0 };
  return { first: far && count % 5 === 0 ? first + 4096 : first, cut };
}

describe("reassembly (RCV-4 to RCV-6)", () => {
  test("does what a slow twin does", () => {
    fc.assert(
      fc.property(stream, cuts, (list, steps) => {
        const subject = new Reassembly(0, initialTranscript(), WINDOW);
        const twin = new Twin();
        const rendered: Token[] = [];
        for (const step of steps) {
          const { first, cut } = cutOf(list, step);
          const fault = subject.faultOf(first, cut);
          assert.equal(fault, twin.faultOf(first, cut));
          if (fault !== undefined) continue;
          const index = subject.nextIndex;
          const got = subject.take(first, cut);
          const expected = twin.take(first, cut);
          assert.deepEqual(got, expected.length === 0 ? undefined : { index, tokens: expected });
          rendered.push(...expected);
          assert.equal(subject.nextIndex, rendered.length);
          const waiting = [...twin.held.keys()].filter((held) => held >= twin.next);
          assert.deepEqual(
            subject.waiting().map((token) => token.index),
            waiting.sort((left, right) => left - right),
          );
          assert.equal(subject.heldEnd, Math.max(subject.nextIndex, ...waiting.map((i) => i + 1)));
          assert.deepEqual(subject.transcript, transcriptOf(rendered));
        }
      }),
    );
  });

  test("never lets more wait than the window and 4096 tokens (SEC-1)", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            fc.integer({ min: 1, max: 6000 }),
            fc.integer({ min: 1, max: 400 }).chain(bytesOf),
          ),
          {
            maxLength: 60,
            size: "max",
          },
        ),
        (arrivals) => {
          const subject = new Reassembly(0, initialTranscript(), WINDOW);
          for (const [index, bytes] of arrivals) {
            const list = [{ channel: 0, bytes }];
            if (subject.faultOf(index, list) === undefined) subject.take(index, list);
            const waiting = subject.waiting();
            const held = waiting.reduce((sum, { data }) => sum + data.length / 2, 0);
            assert.ok(held <= WINDOW);
            assert.ok(waiting.every((token) => token.index < 4096));
          }
        },
      ),
    );
  });

  test("goes on from where a session before it stopped", () => {
    const all = words("a", "b", "c");
    const subject = new Reassembly(2, transcriptOf(all.slice(0, 2)), WINDOW);
    assert.deepEqual(subject.take(0, all), { index: 2, tokens: all.slice(2) });
    assert.deepEqual(subject.transcript, transcriptOf(all));
  });

  test("counts a token that waits only once against the window", () => {
    const large = [{ channel: 0, bytes: new Uint8Array(1000) }];
    const subject = new Reassembly(0, initialTranscript(), WINDOW);
    subject.take(1, large);
    assert.equal(subject.faultOf(1, large), undefined);
    assert.equal(subject.faultOf(2, words("x".repeat(24))), undefined);
    assert.equal(subject.faultOf(2, words("x".repeat(25))), "limit-exceeded");
  });

  test("counts only what is not rendered against the window (RCV-6)", () => {
    const large = (): Token => ({ channel: 0, bytes: new Uint8Array(1000) });
    const subject = new Reassembly(0, initialTranscript(), WINDOW);
    for (let index = 0; index < 6; index += 2) {
      subject.take(index + 1, [large()]);
      subject.take(index, words("x"));
    }
    assert.equal(subject.nextIndex, 6);
    assert.equal(subject.faultOf(4, [large(), large(), large()]), undefined);
    assert.equal(subject.faultOf(4, [large(), large(), large(), large()]), "limit-exceeded");
  });
});
