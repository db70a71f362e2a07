// The examples of SPEC.md are lifted out of it and given to both codecs, the reference's and the model's.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import * as model from "../../vectors/generate/model/codec.js";
import * as reference from "../wire/index.js";

const SPEC = readFileSync(new URL("../../../SPEC.md", import.meta.url), "utf8");

interface Example {
  readonly slug: string;
  /** `valid` or a code of ENC-5. */
  readonly verdict: string;
  readonly datagram: Uint8Array;
}

/** Every fenced block marked `chatterbox`: a head line, then hex up to `#` on each line. */
function examples(markdown: string): Example[] {
  return [...markdown.matchAll(/^```chatterbox\n([^]*?)^```$/gm)].map(([, block = ""]) => {
    const [head = "", ...lines] = block.trimEnd().split("\n");
    const named = /^datagram ([a-z0-9-]+) ([a-z-]+)$/.exec(head);
    assert.ok(named, `"${head}" is not "datagram <slug> <verdict>"`);
    const hex = lines.map((line) => line.replace(/#.*/, "").replaceAll(/\s/g, "")).join("");
    assert.match(hex, /^(?:[0-9a-f]{2})+$/, `${named[1]} is not lower-case hex`);
    const datagram = Uint8Array.from(Buffer.from(hex, "hex"));
    return { slug: named[1] ?? "", verdict: named[2] ?? "", datagram };
  });
}

const EXAMPLES = examples(SPEC);

test("the document has examples, each under a name of its own", () => {
  assert.ok(EXAMPLES.length >= 6, `${EXAMPLES.length} examples`);
  assert.equal(new Set(EXAMPLES.map(({ slug }) => slug)).size, EXAMPLES.length);
  assert.ok(EXAMPLES.some(({ verdict }) => verdict === "valid"));
  for (const { slug, verdict } of EXAMPLES) {
    assert.ok(["valid", ...reference.CODEC_CODES].includes(verdict), `${slug}: ${verdict}`);
  }
});

describe("both codecs agree with the document on", () => {
  for (const { slug, verdict, datagram } of EXAMPLES) {
    // The size of the datagram as max_payload, and a bucket beyond it: the padding is as it was.
    const size = datagram.length;

    test(`${slug}: ${verdict}, says the reference`, () => {
      const decoded = reference.decode(datagram);
      assert.equal(decoded.type === "packet" ? "valid" : decoded.code, verdict);
      if (decoded.type !== "packet") return;
      const encoded = reference.encode(decoded.packet, { maxPayload: size, bucket: 1024 });
      assert.deepEqual(encoded, datagram);
    });

    test(`${slug}: ${verdict}, says the model`, () => {
      const decoded = model.decode(datagram);
      assert.equal(decoded.ok ? "valid" : decoded.code, verdict);
      if (decoded.ok) assert.deepEqual(model.encode(decoded.ok, size, 1024), datagram);
    });
  }
});
