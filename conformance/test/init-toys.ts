// A toy receiver in each language of `init`, to see that a template drives what is filled in.

/** For each language the place of part 3, and a toy that refuses what it receives and breaks at a stop. */
export const RECEIVERS: Readonly<Record<string, readonly [string, string]>> = {
  js: [
    "export const Receiver = undefined;",
    `export class Receiver {
      input({ type }) {
        if (type === "stop") throw new Error("broken");
        return type === "receive" ? "padding" : undefined;
      }
      poll(now) {
        return { outputs: [], deadline: now, timer: null };
      }
      view() {
        return { phase: "opening", next_index: "0", largest: "0" };
      }
    }`,
  ],
  python: [
    "Receiver = None",
    `class Receiver:
    def __init__(self, config, now):
        pass
    def input(self, event):
        if event["type"] == "stop":
            raise ValueError("broken")
        return "padding" if event["type"] == "receive" else None
    def poll(self, now):
        return {"outputs": [], "deadline": now, "timer": None}
    def view(self):
        return {"phase": "opening", "next_index": "0", "largest": "0"}
`,
  ],
  go: [
    'return nil // 3. Your receiver: SPEC.md chapters 7 to 9 and 11 to 13.\n\tcase "sender":',
    `return toy{}
	}
	return nil
}

type toy struct{}

func (toy) Input(input Input) any {
	if input.Type == "stop" {
		panic("broken")
	}
	if input.Type == "receive" {
		return "padding"
	}
	return nil
}
func (toy) Poll(now int64) map[string]any {
	return map[string]any{"outputs": []any{}, "deadline": now, "timer": nil}
}
func (toy) View() map[string]any {
	return map[string]any{"phase": "opening", "next_index": "0", "largest": "0"}
}

func newSender(role string) Endpoint {
	switch role {
	case "sender":`,
  ],
  rust: [
    "pub fn endpoint(role: &str, _config: &Value, _now: u64) -> Option<Box<dyn Endpoint>> {\n" +
      '    match role {\n        "receiver" => None,',
    `struct Toy;

impl Endpoint for Toy {
    fn input(&mut self, input: &Value) -> Value {
        match input["type"].as_str() {
            Some("stop") => panic!("broken"),
            Some("receive") => json!("padding"),
            _ => Value::Null,
        }
    }
    fn poll(&mut self, now: u64) -> Value {
        json!({ "outputs": [], "deadline": now, "timer": null })
    }
    fn view(&self) -> Value {
        json!({ "phase": "opening", "next_index": "0", "largest": "0" })
    }
}

pub fn endpoint(role: &str, _config: &Value, _now: u64) -> Option<Box<dyn Endpoint>> {
    match role {
        "receiver" => Some(Box::new(Toy)),`,
  ],
};
