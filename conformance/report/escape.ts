// Text into markup, for XML, SVG and HTML alike. What a port writes is never trusted: it can neither end
// an attribute nor begin an element, and what cannot be seen is made visible first.

import { visible } from "./visible.js";

const NAMED: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** The text for an element's content or a quoted attribute. */
export function escapeMarkup(text: string): string {
  return visible(text).replace(/[&<>"']/g, (char) => NAMED[char] ?? "");
}

/** A sentence of SPEC.md or of a case as markup: its code marked, its stress left out. */
export function escapeSentence(markdown: string): string {
  return escapeMarkup(withoutStress(markdown)).replace(/`([^`]+)`/g, "<code>$1</code>");
}

/** Markdown without the asterisks around words. */
export function withoutStress(markdown: string): string {
  return markdown.replace(/(\*{1,2})(?=\S)([^*`]*[^*`\s])\1/g, "$2");
}
