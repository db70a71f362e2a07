// Your port: fill in the four parts from top to bottom, and run the kit after each.
//
// A part answers with exactly one outcome:
//   { ok: … }                    done
//   { reject: "not-canonical" }  refused, with a code of SPEC.md
//   { unsupported: "decode: …" } not here yet
// What it throws becomes the fourth, `fault`. Bytes are in hex and 64-bit numbers are decimal
// strings, since JavaScript's numbers end at 2^53.

export const name = "my-port";
export const version = "0.0.0";

/** What you claim. Add "receiver" after part 3 and "sender-exact" after part 4. */
export const roles = ["codec"];

// 1. decode: SPEC.md chapters 4 and 5.
//    `datagram` is a Buffer. The packet is written as the proto is, its field names as they are:
//    { ok: { packet: { epoch: 1, packet_number: "2", runs: [{ data: "4869" }] } } }
export function decode(datagram) {
  return { unsupported: "decode: fill in part 1 of port.mjs" };
}

// 2. encode: the way back, padded as PKT-18 says. Refuse what your decoder would discard.
//    { ok: { datagram: bytes.toString("hex") } }
export function encode(packet, maxPayload, bucket) {
  return { unsupported: "encode: fill in part 2 of port.mjs" };
}

// 3. Receiver: SPEC.md chapters 7 to 9 and 11 to 13. Export a class with
//      constructor(config, now)
//      input(event)  takes one input at `event.at`; returns null, or the code of its refusal
//      poll(now)     returns { outputs: [], deadline: null, timer: null }
//      view()        returns { phase: "opening", next_index: "0", largest: "0" }
export const Receiver = undefined;

// 4. Sender: SPEC.md chapters 6 and 10. The same three methods; its view is
//      { phase: "idle", epoch: 0, una: "0", hi: "0", n: "0" }
export const Sender = undefined;
