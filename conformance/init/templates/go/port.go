// Your port: fill in the four parts from top to bottom, and run the kit after each.
package main

import "encoding/json"

const (
	Name    = "my-port"
	Version = "0.0.0"
)

// Roles is what you claim. Add "receiver" after part 3 and "sender-exact" after part 4.
var Roles = []string{"codec"}

// Outcome answers a command: exactly one of the three below. A panic becomes the fourth, "fault".
// Bytes are written in hex and 64-bit numbers as decimal strings: `json:"packet_number,string"`.
type Outcome map[string]any

func ok(answer any) Outcome           { return Outcome{"ok": answer} }
func reject(code string) Outcome      { return Outcome{"reject": code} } // a code of SPEC.md
func unsupported(what string) Outcome { return Outcome{"unsupported": what} }

func must(err error) {
	if err != nil {
		panic(err)
	}
}

// 1. decode: SPEC.md chapters 4 and 5.
// Answer ok(map[string]any{"packet": packet}), the packet written as the proto is:
// {"epoch": 1, "packet_number": "2", "runs": [{"data": "4869"}]}
func decode(datagram []byte) Outcome {
	return unsupported("decode: fill in part 1 of port.go")
}

// 2. encode: the way back, padded as PKT-18 says. Refuse what your decoder would discard.
// Answer ok(map[string]any{"datagram": hex.EncodeToString(datagram)}).
func encode(packet json.RawMessage, maxPayload, bucket int) Outcome {
	return unsupported("encode: fill in part 2 of port.go")
}

// Endpoint is one session of your port. Times are microseconds.
type Endpoint interface {
	// Input takes one input at input.At: nil, or the code of its refusal.
	Input(input Input) any
	// Poll says what follows: {"outputs": [], "deadline": nil, "timer": nil}
	Poll(now int64) map[string]any
	// View has phase, next_index, largest of a receiver; phase, epoch, una, hi, n of a sender.
	View() map[string]any
}

// Input is one thing that happens to an endpoint; its type says which members count.
type Input struct {
	At        int64   `json:"at"`
	Type      string  `json:"type"`       // receive, gate, push, finish, abort, pause or stop
	Datagram  string  `json:"datagram"`   // receive
	Open      bool    `json:"open"`       // gate
	Tokens    []Token `json:"tokens"`     // push
	Reason    uint32  `json:"reason"`     // finish, stop
	ErrorCode uint32  `json:"error_code"` // abort
}

type Token struct {
	Channel uint32 `json:"channel"`
	Data    string `json:"data"`
}

func newEndpoint(role string, config json.RawMessage, now int64) Endpoint {
	switch role {
	case "receiver":
		return nil // 3. Your receiver: SPEC.md chapters 7 to 9 and 11 to 13.
	case "sender":
		return nil // 4. Your sender: SPEC.md chapters 6 and 10.
	}
	return nil
}
