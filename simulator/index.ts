/**
 * The door of the simulator: seeded randomness and virtual links. Pure: no clock, no system, no network.
 */
export { Link, type LinkConfig, type LinkOutput, type LinkRate, type LinkTally } from "./link.js";
export { Prng } from "./prng.js";
