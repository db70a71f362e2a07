// Text of a port made safe to show: control characters, invisible ones and halves of surrogates become
// escapes that a person can read. What a port writes must not steer a terminal or a page.

// Controls but tab and line feed; soft hyphen, zero width, bidirectional and byte order marks; surrogates
// that stand alone (the `u` flag takes pairs as one); noncharacters, which XML forbids.
const HIDDEN =
  // eslint-disable-next-line no-control-regex -- these are what is looked for
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff]/gu;

/** The text with what cannot be seen as escapes: `\x1b`, `\u202e`. Tab and line feed stay. */
export function visible(text: string): string {
  return text.replace(HIDDEN, (char) => {
    const code = char.codePointAt(0) ?? 0;
    const hex = code.toString(16);
    return code < 0x100 ? `\\x${hex.padStart(2, "0")}` : `\\u${hex.padStart(4, "0")}`;
  });
}
