//! Your port: fill in the four parts from top to bottom, and run the kit after each.
//!
//! A part answers with exactly one outcome:
//!   `json!({ "ok": … })`                     done
//!   `json!({ "reject": "not-canonical" })`   refused, with a code of SPEC.md
//!   `json!({ "unsupported": "decode: …" })`  not here yet
//! A panic becomes the fourth, `fault`. Bytes are written in hex and 64-bit numbers as decimal
//! strings, so that no language has to round them.

use serde_json::{json, Value};

pub const NAME: &str = "my-port";
pub const VERSION: &str = "0.0.0";

/// What you claim. Add "receiver" after part 3 and "sender-exact" after part 4.
pub const ROLES: &[&str] = &["codec"];

// 1. decode: SPEC.md chapters 4 and 5.
//    The packet is written as the proto is, its field names as they are:
//    { "ok": { "packet": { "epoch": 1, "packet_number": "2", "runs": [{ "data": "4869" }] } } }
pub fn decode(_datagram: &[u8]) -> Value {
    json!({ "unsupported": "decode: fill in part 1 of port.rs" })
}

// 2. encode: the way back, padded as PKT-18 says. Refuse what your decoder would discard.
//    { "ok": { "datagram": hex(&bytes) } }
pub fn encode(_packet: &Value, _max_payload: u64, _bucket: u64) -> Value {
    json!({ "unsupported": "encode: fill in part 2 of port.rs" })
}

/// One session of your port. Times are microseconds.
pub trait Endpoint {
    /// Takes one input at its time, `at`: `null`, or the code of its refusal.
    fn input(&mut self, input: &Value) -> Value;
    /// Says what follows: `{ "outputs": [], "deadline": null, "timer": null }`
    fn poll(&mut self, now: u64) -> Value;
    /// Receiver: `phase`, `next_index`, `largest`. Sender: `phase`, `epoch`, `una`, `hi`, `n`.
    fn view(&self) -> Value;
}

pub fn endpoint(role: &str, _config: &Value, _now: u64) -> Option<Box<dyn Endpoint>> {
    match role {
        "receiver" => None, // 3. Your receiver: SPEC.md chapters 7 to 9 and 11 to 13.
        "sender" => None,   // 4. Your sender: SPEC.md chapters 6 and 10.
        _ => None,
    }
}

pub fn unhex(text: &str) -> Vec<u8> {
    let byte = |at| u8::from_str_radix(&text[at..at + 2], 16).expect("hex");
    (0..text.len()).step_by(2).map(byte).collect()
}

#[allow(dead_code)] // until encode is there
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{:02x}", byte)).collect()
}
