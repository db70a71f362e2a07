"""Your port: fill in the four parts from top to bottom, and run the kit after each.

A part answers with exactly one outcome:
    {"ok": ...}                   done
    {"reject": "not-canonical"}   refused, with a code of SPEC.md
    {"unsupported": "decode: ..."} not here yet
What it raises becomes the fourth, "fault". Bytes are written in hex and 64-bit numbers as decimal
strings, so that no language has to round them.
"""

NAME = "my-port"
VERSION = "0.0.0"

# What you claim. Add "receiver" after part 3 and "sender-exact" after part 4.
ROLES = ["codec"]


# 1. decode: SPEC.md chapters 4 and 5.
#    `datagram` is bytes. The packet is written as the proto is, its field names as they are:
#    {"ok": {"packet": {"epoch": 1, "packet_number": "2", "runs": [{"data": "4869"}]}}}
def decode(datagram):
    return {"unsupported": "decode: fill in part 1 of port.py"}


# 2. encode: the way back, padded as PKT-18 says. Refuse what your decoder would discard.
#    {"ok": {"datagram": data.hex()}}
def encode(packet, max_payload, bucket):
    return {"unsupported": "encode: fill in part 2 of port.py"}


# 3. Receiver: SPEC.md chapters 7 to 9 and 11 to 13. Replace None by a class with
#      __init__(self, config, now)
#      input(self, event)  takes one input at event["at"]; returns None, or the code of its refusal
#      poll(self, now)     returns {"outputs": [], "deadline": None, "timer": None}
#      view(self)          returns {"phase": "opening", "next_index": "0", "largest": "0"}
Receiver = None

# 4. Sender: SPEC.md chapters 6 and 10. The same three methods; its view is
#      {"phase": "idle", "epoch": 0, "una": "0", "hi": "0", "n": "0"}
Sender = None
