//! The adapter: it speaks JSON Lines with the conformance kit and calls your port, port.rs.
//!
//! It runs as it is. One request comes in on stdin, one response goes out on stdout, in lock-step;
//! print your own messages to stderr. The kit tells the time: nothing here reads a clock.

mod port;

use port::Endpoint;
use serde_json::{json, Value};
use std::collections::HashMap;
use std::io::{self, BufRead, Write};
use std::panic::{catch_unwind, AssertUnwindSafe};

/// The endpoints that the kit has made, by the names that it chose.
type Endpoints = HashMap<String, Box<dyn Endpoint>>;

fn main() -> io::Result<()> {
    let mut endpoints = Endpoints::new();
    let (mut requests, mut responses) = (io::stdin().lock(), io::stdout().lock());
    let mut line = Vec::new();
    while requests.read_until(b'\n', &mut line)? > 0 {
        writeln!(responses, "{}", answer(&line, &mut endpoints))?;
        responses.flush()?;
        line.clear();
    }
    Ok(()) // stdin has ended
}

fn answer(line: &[u8], endpoints: &mut Endpoints) -> Value {
    let request = match serde_json::from_slice::<Value>(line) {
        Ok(request) => request,
        Err(error) => return json!({ "id": null, "fault": error.to_string() }),
    };
    // The port broke. That fails one case; the next one still gets its answer.
    catch_unwind(AssertUnwindSafe(|| {
        let mut response = perform(&request, endpoints);
        response["id"] = request["id"].clone();
        response
    }))
    .unwrap_or_else(|cause| json!({ "id": request["id"], "fault": message(cause.as_ref()) }))
}

fn message(cause: &(dyn std::any::Any + Send)) -> String {
    let text = cause.downcast_ref::<&str>().map(|text| text.to_string());
    text.or_else(|| cause.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "panic".to_string())
}

fn perform(request: &Value, endpoints: &mut Endpoints) -> Value {
    let text = |member: &str| request[member].as_str().expect(member);
    let number = |member: &str| request[member].as_u64().expect(member);
    match text("cmd") {
        "hello" => json!({ "ok": {
            "name": port::NAME, "version": port::VERSION, "spec": 1, "roles": port::ROLES,
        } }),
        "decode" => port::decode(&port::unhex(text("datagram"))),
        "encode" => port::encode(&request["packet"], number("max_payload"), number("bucket")),
        "new" => match port::endpoint(text("role"), &request["config"], number("now")) {
            Some(endpoint) => {
                endpoints.insert(text("endpoint").to_string(), endpoint);
                json!({ "ok": {} })
            }
            None => json!({ "unsupported": format!("role {}", text("role")) }),
        },
        "step" => match endpoints.get_mut(text("endpoint")) {
            Some(endpoint) => {
                let inputs = request["inputs"].as_array().into_iter().flatten();
                let results: Vec<Value> = inputs.map(|input| endpoint.input(input)).collect();
                let mut step = endpoint.poll(number("now"));
                step["results"] = json!(results);
                step["view"] = endpoint.view();
                json!({ "ok": step })
            }
            None => json!({ "unsupported": format!("endpoint {}", text("endpoint")) }),
        },
        other => json!({ "unsupported": format!("cmd {}", other) }),
    }
}
