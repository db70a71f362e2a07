"""The adapter: it speaks JSON Lines with the conformance kit and calls your port, port.py.

It runs as it is. One request comes in on stdin, one response goes out on stdout, in lock-step;
print your own messages to stderr. The kit tells the time: nothing here reads a clock.
"""

import json
import sys
import traceback

import port

# The endpoints that the kit has made, by the names that it chose.
endpoints = {}


def hello(request):
    return {"ok": {"name": port.NAME, "version": port.VERSION, "spec": 1, "roles": port.ROLES}}


def decode(request):
    return port.decode(bytes.fromhex(request["datagram"]))


def encode(request):
    return port.encode(request["packet"], request["max_payload"], request["bucket"])


def new(request):
    endpoint = {"receiver": port.Receiver, "sender": port.Sender}.get(request["role"])
    if endpoint is None:
        return {"unsupported": f"role {request['role']}"}
    endpoints[request["endpoint"]] = endpoint(request["config"], request["now"])
    return {"ok": {}}


def step(request):
    machine = endpoints.get(request["endpoint"])
    if machine is None:
        return {"unsupported": f"endpoint {request['endpoint']}"}
    results = [machine.input(each) for each in request.get("inputs", [])]
    return {"ok": {"results": results, **machine.poll(request["now"]), "view": machine.view()}}


COMMANDS = {"hello": hello, "decode": decode, "encode": encode, "new": new, "step": step}


def answer(line):
    number = None
    try:
        request = json.loads(line)
        number = request["id"]
        command = COMMANDS.get(request["cmd"])
        outcome = command(request) if command else {"unsupported": f"cmd {request['cmd']}"}
        return json.dumps({"id": number, **outcome})
    except Exception as error:
        # The port broke. That fails one case; the next one still gets its answer.
        traceback.print_exc()
        return json.dumps({"id": number, "fault": repr(error)})


# Bytes, not text: a binary stream splits at 0x0A and at nothing else. It ends when stdin does.
for line in sys.stdin.buffer:
    sys.stdout.buffer.write(answer(line).encode("ascii") + b"\n")
    sys.stdout.buffer.flush()
