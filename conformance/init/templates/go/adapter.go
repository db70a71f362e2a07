// The adapter: it speaks JSON Lines with the conformance kit and calls your port, port.go.
//
// It runs as it is. One request comes in on stdin, one response goes out on stdout, in lock-step;
// print your own messages to stderr. The kit tells the time: nothing here reads a clock.
package main

import (
	"bufio"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"runtime/debug"
)

// Request has the members of all commands; each command uses its own.
type Request struct {
	ID         json.RawMessage `json:"id"`
	Cmd        string          `json:"cmd"`
	Datagram   string          `json:"datagram"`
	Packet     json.RawMessage `json:"packet"`
	MaxPayload int             `json:"max_payload"`
	Bucket     int             `json:"bucket"`
	Endpoint   string          `json:"endpoint"`
	Role       string          `json:"role"`
	Now        int64           `json:"now"`
	Config     json.RawMessage `json:"config"`
	Inputs     []Input         `json:"inputs"`
}

// The endpoints that the kit has made, by the names that it chose.
var endpoints = map[string]Endpoint{}

func main() {
	requests := bufio.NewReader(os.Stdin) // not a Scanner: a request may be longer than its buffer
	for {
		line, err := requests.ReadBytes('\n')
		if err != nil {
			return // stdin has ended
		}
		os.Stdout.Write(answer(line))
	}
}

func answer(line []byte) (response []byte) {
	var request Request
	// The port broke. That fails one case; the next one still gets its answer.
	defer func() {
		if broken := recover(); broken != nil {
			debug.PrintStack()
			response = respond(request.ID, Outcome{"fault": fmt.Sprint(broken)})
		}
	}()
	must(json.Unmarshal(line, &request))
	return respond(request.ID, perform(request))
}

func respond(id json.RawMessage, outcome Outcome) []byte {
	outcome["id"] = id
	response, err := json.Marshal(outcome)
	must(err)
	return append(response, '\n')
}

func perform(request Request) Outcome {
	switch request.Cmd {
	case "hello":
		return ok(map[string]any{"name": Name, "version": Version, "spec": 1, "roles": Roles})
	case "decode":
		datagram, err := hex.DecodeString(request.Datagram)
		must(err)
		return decode(datagram)
	case "encode":
		return encode(request.Packet, request.MaxPayload, request.Bucket)
	case "new":
		endpoint := newEndpoint(request.Role, request.Config, request.Now)
		if endpoint == nil {
			return unsupported("role " + request.Role)
		}
		endpoints[request.Endpoint] = endpoint
		return ok(map[string]any{})
	case "step":
		endpoint := endpoints[request.Endpoint]
		if endpoint == nil {
			return unsupported("endpoint " + request.Endpoint)
		}
		results := []any{} // not nil: an empty list is written [], not null
		for _, input := range request.Inputs {
			results = append(results, endpoint.Input(input))
		}
		step := endpoint.Poll(request.Now)
		step["results"], step["view"] = results, endpoint.View()
		return ok(step)
	}
	return unsupported("cmd " + request.Cmd)
}
