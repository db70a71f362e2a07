// The kinds of weather in which two ports are tried. Each is a few numbers for the virtual link; what is
// random is drawn from the seed, so that every pair meets the same weather.

import type { LinkConfig } from "../../simulator/link.js";
import type { Prng } from "../../simulator/prng.js";

/** A kind of weather. */
export interface Preset {
  readonly name: string;
  /** What the path does, in one phrase. */
  readonly does: string;
  /** The link of either direction: both have the same outages and a luck of their own. */
  readonly link: (prng: Prng) => LinkConfig;
}

const OUTAGE = { fromUs: 700_000, untilUs: 4_200_000 };
const FADES_UNTIL_US = 600_000_000;

/** All presets, the gentlest first. */
export const PRESETS: readonly Preset[] = [
  {
    name: "clean",
    does: "40 ms each way and nothing else",
    link: () => ({ delayUs: 40_000 }),
  },
  {
    name: "loss",
    does: "loses 10 % each way",
    link: () => ({ delayUs: 50_000, jitterUs: 10_000, lossPpm: 100_000 }),
  },
  {
    name: "fades",
    does: "is gone for 150 to 900 ms, again and again",
    link: (prng) => ({ delayUs: 60_000, jitterUs: 20_000, lossPpm: 10_000, outages: fades(prng) }),
  },
  {
    name: "outage",
    does: "is gone for 3.5 s",
    link: () => ({ delayUs: 40_000, outages: [OUTAGE] }),
  },
  {
    name: "reorder",
    does: "lets datagrams overtake each other and doubles 5 %",
    link: () => ({ delayUs: 30_000, jitterUs: 90_000, reorders: true, duplicatePpm: 50_000 }),
  },
  {
    name: "thin",
    does: "carries 64 kbit/s, with a queue of 8000 bytes that drops what does not fit",
    link: () => ({
      delayUs: 40_000,
      rate: { bitsPerSecond: 64_000, queueBytes: 8000, headerBytes: 28 },
    }),
  },
];

function fades(prng: Prng): { readonly fromUs: number; readonly untilUs: number }[] {
  const found: { readonly fromUs: number; readonly untilUs: number }[] = [];
  let fromUs = 200_000 + prng.below(800_000);
  while (fromUs < FADES_UNTIL_US) {
    const untilUs = fromUs + 150_000 + prng.below(750_000);
    found.push({ fromUs, untilUs });
    fromUs = untilUs + 600_000 + prng.below(1_900_000);
  }
  return found;
}
