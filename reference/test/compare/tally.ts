/**
 * Counts what schedules reach, so that a rare rule that is never tried is seen. It reads only what
 * machines show: answers, views, packets.
 */
import type {
  InputJson,
  SenderViewJson,
  StepRequest,
  StepResponse,
} from "../../../vectors/generate/model/lines.js";
import type { Seat } from "../../../conformance/properties/world/world.js";
import { decode, FLAGS, type Packet } from "../../wire/index.js";

type View = StepResponse["view"] | undefined;

/** How often each thing happened. */
export class Tally {
  readonly counts = new Map<string, number>();
  #lastSend = 0;

  /** Notes one step of one machine. */
  note(seat: Seat, { inputs, now }: StepRequest, response: StepResponse): void {
    const { role } = seat;
    this.#add(`${role}: step`);
    if (inputs.length > 2) this.#add(`${role}: step with several inputs`);
    for (const code of response.results) if (code !== null) this.#add(`${role}: ${code}`);
    for (const output of response.outputs) {
      if (output.type === "phase") {
        const code = output.code === undefined ? "" : ` ${output.code}`;
        this.#add(`${role}: ${output.phase} by ${output.cause}${code}`);
      }
    }
    const packets = response.outputs.flatMap((output) =>
      output.type === "transmit" ? packetsOf(output.datagram) : [],
    );
    for (const { close } of packets) if (close) this.#add(`${role}: Close ${close.code}`);
    const numbered = packets.filter(({ close }) => !close);
    if (role === "receiver") this.#receiver(numbered);
    else if (numbered.length > 0) this.#sender(numbered, seat.view, inputs, response, now);
  }

  #receiver(packets: readonly Packet[]): void {
    for (const { ack, flags, stop, open } of packets) {
      if ((flags & FLAGS.ACK_NOW) !== 0) this.#add("receiver: kick");
      if (ack?.ranges.length === 31) this.#add("receiver: ack of 16 ranges");
      if (stop) this.#add("receiver: packet with Stop");
      if (open && open.nextIndex > 0) this.#add("receiver: Open that resumes");
    }
  }

  #sender(
    packets: readonly Packet[],
    before: View,
    inputs: readonly InputJson[],
    { view }: StepResponse,
    now: number,
  ): void {
    if (!isOfSender(before) || !isOfSender(view)) return;
    const [una, hi] = [Number(before.una), Number(before.hi)];
    const same = before.epoch === view.epoch;
    const isFresh = Number(view.hi) > hi;
    const first = packets[0];
    const skips = first !== undefined && first.runs.length > 0 && first.firstIndex >= hi;
    const heard = inputs.some(({ type }) => type === "receive");
    const outstanding = same && una < hi;
    const waited = now - this.#lastSend;
    const some = (test: (packet: Packet) => boolean) => packets.some(test);
    this.#addIf("burst", packets.length > 1);
    this.#addIf("burst of 10 or more", packets.length >= 10);
    this.#addIf("leaves out what is outstanding", outstanding && skips && isFresh);
    this.#addIf("repeat on an ack", outstanding && heard && !isFresh && !first?.accept);
    this.#addIf("quiet repeat", outstanding && waited >= 1_000_000);
    this.#addIf("4000 tokens outstanding", Number(view.hi) - Number(view.una) > 4000);
    this.#addIf(
      "empty packet",
      some(({ runs, end }) => runs.length === 0 && !end),
    );
    this.#addIf(
      "packet of 32 runs",
      some(({ runs }) => runs.length === 32),
    );
    this.#addIf(
      "paused packet",
      some(({ flags }) => flags === FLAGS.PAUSED),
    );
    this.#addIf(
      "number above 1024",
      some(({ packetNumber }) => packetNumber > 1024),
    );
    this.#lastSend = now;
  }

  #addIf(name: string, happened: boolean): void {
    if (happened) this.#add(`sender: ${name}`);
  }

  #add(name: string): void {
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
  }
}

function isOfSender(view: View): view is SenderViewJson {
  return view !== undefined && "una" in view;
}

function packetsOf(datagram: string): Packet[] {
  const decoded = decode(Uint8Array.from(Buffer.from(datagram, "hex")));
  return decoded.type === "packet" ? [decoded.packet] : [];
}
