// A tar archive (POSIX ustar) and its gzip, the same bytes for the same files on every machine that
// has the same zlib: names are sorted, and times, owners and modes are fixed. Knows nothing of vectors.

import { gzipSync } from "node:zlib";

/** Path in the archive to content. */
export type Files = ReadonlyMap<string, Uint8Array>;

const BLOCK_BYTES = 512;
/** Readers expect whole records of twenty blocks. */
const RECORD_BYTES = 20 * BLOCK_BYTES;

/** The files as an uncompressed archive. Paths are ASCII, at most 99 bytes. */
export function tar(files: Files): Uint8Array {
  const names = [...files.keys()].sort();
  const blocks = names.flatMap((name) => {
    const content = files.get(name) ?? new Uint8Array();
    return [header(name, content.length), content, zeros(-content.length, BLOCK_BYTES)];
  });
  const end = zeros(-(sizeOf(blocks) + 2 * BLOCK_BYTES), RECORD_BYTES);
  return Buffer.concat([...blocks, new Uint8Array(2 * BLOCK_BYTES), end]);
}

/** `bytes` compressed, with a header that names neither time nor system. */
export function gzip(bytes: Uint8Array): Uint8Array {
  const compressed = gzipSync(bytes, { level: 9 });
  compressed.fill(0, 4, 8); // the time
  compressed[9] = 255; // the operating system: unknown
  return compressed;
}

function header(name: string, size: number): Uint8Array {
  if (!/^[\x21-\x7e]{1,99}$/.test(name)) throw new RangeError(`${name} does not fit a tar header`);
  const block = Buffer.alloc(BLOCK_BYTES);
  const text = (at: number, value: string): number => block.write(value, at, "ascii");
  const octal = (at: number, digits: number, value: number): number =>
    text(at, value.toString(8).padStart(digits, "0"));
  text(0, name);
  octal(100, 7, 0o644);
  octal(108, 7, 0); // owner
  octal(116, 7, 0); // group
  octal(124, 11, size);
  octal(136, 11, 0); // modified: 1970
  text(148, " ".repeat(8)); // the sum counts its own place as spaces
  text(156, "0"); // an ordinary file
  text(257, "ustar\0" + "00");
  octal(
    148,
    6,
    block.reduce((sum, byte) => sum + byte, 0),
  );
  text(154, "\0 ");
  return block;
}

/** As many zeros as bring `bytes`, given as a negative number, to a multiple of `unit`. */
function zeros(bytes: number, unit: number): Uint8Array {
  return new Uint8Array(((bytes % unit) + unit) % unit);
}

function sizeOf(blocks: readonly Uint8Array[]): number {
  return blocks.reduce((sum, block) => sum + block.length, 0);
}
