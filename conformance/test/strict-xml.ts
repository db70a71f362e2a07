// A strict little reader of XML: names, quoted attributes, the five entities and numbers, nesting, legal
// characters. It refuses what a lenient one would repair.

import assert from "node:assert/strict";

/** An element with what is in it. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
  /** Its own text, without that of its children. */
  readonly text: string;
}

const NAMED: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"' };
const ILLEGAL = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;
const TAG = /<(\/?)([A-Za-z][\w.-]*)((?:\s+[\w:.-]+="[^"<]*")*)\s*(\/?)>/y;

/** The root of a document; throws where it is not well-formed. */
export function parseXml(source: string): Element {
  assert.doesNotMatch(source, ILLEGAL);
  const body = source.replace(/^<\?xml version="1.0" encoding="UTF-8"\?>\n/, "").trim();
  const top = { name: "", attributes: {}, children: [] as Element[], text: "" };
  const open = [top];
  let at = 0;
  while (at < body.length) {
    const next = body.indexOf("<", at);
    const inner = open.at(-1);
    assert.ok(inner !== undefined && next >= 0, "text after the root");
    inner.text += textOf(body.slice(at, next));
    TAG.lastIndex = next;
    const match = TAG.exec(body);
    assert.ok(match !== null, `no tag: ${body.slice(next, next + 60)}`);
    const [whole, closes, name = "", attributes = "", isEmpty] = match;
    at = next + whole.length;
    if (closes === "/") {
      assert.equal(open.pop()?.name, name);
      continue;
    }
    const element = { name, attributes: attributesOf(attributes), children: [], text: "" };
    inner.children.push(element);
    if (isEmpty !== "/") open.push(element);
  }
  assert.equal(open.length, 1, "an element is not closed");
  assert.equal(top.children.length, 1);
  assert.equal(top.text, "");
  return top.children[0]!;
}

function attributesOf(text: string): Record<string, string> {
  const found = [...text.matchAll(/([\w:.-]+)="([^"]*)"/g)].map(
    ([, name = "", value = ""]) => [name, textOf(value)] as const,
  );
  assert.equal(new Set(found.map(([name]) => name)).size, found.length, `twice in ${text}`);
  return Object.fromEntries(found);
}

function textOf(escaped: string): string {
  assert.doesNotMatch(escaped, /\]\]>/);
  return escaped.replace(/&([^;\s]*;?)/g, (_whole, reference: string) => {
    const number = /^#(\d+);$/.exec(reference)?.[1];
    if (number !== undefined) return String.fromCodePoint(Number(number));
    const named = NAMED[reference.slice(0, -1)];
    assert.ok(reference.endsWith(";") && named !== undefined, `no entity: &${reference}`);
    return named;
  });
}

/** All elements with a name, at any depth. */
export function elements(root: Element, name: string): Element[] {
  const inner = root.children.flatMap((child) => elements(child, name));
  return root.name === name ? [root, ...inner] : inner;
}
