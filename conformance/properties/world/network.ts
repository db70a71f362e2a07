/**
 * Both directions of a network whose weather is written down datagram by datagram. It does not know what
 * the datagrams mean, and remembers those sent, for replays.
 */
import type { Fate, Way, Weather } from "./schedule.js";

/** A datagram under way, as hex. */
export interface Arrival {
  readonly at: number;
  readonly way: Way;
  readonly datagram: string;
}

/** The network of one schedule. */
export class Network {
  readonly #weather: Record<Way, Weather> = {
    down: { way: "down", delayUs: 20_000, fates: ["on"] },
    up: { way: "up", delayUs: 20_000, fates: ["on"] },
  };
  readonly #sent: Record<Way, string[]> = { down: [], up: [] };
  /** In order of arrival. */
  readonly #underWay: Arrival[] = [];

  set(weather: Weather): void {
    this.#weather[weather.way] = weather;
  }

  send(way: Way, datagram: string, now: number): void {
    const { delayUs, fates } = this.#weather[way];
    const count = this.#sent[way].push(datagram);
    const fate = fates[count % Math.max(1, fates.length)] ?? "on";
    for (const [delay, arriving] of carried(fate, datagram, count)) {
      this.#carry({ way, datagram: arriving, at: now + delay * delayUs });
    }
  }

  /** When the next datagram arrives. */
  next(): number | undefined {
    return this.#underWay[0]?.at;
  }

  /** The next datagram that has arrived by `now`. */
  take(now: number): Arrival | undefined {
    const first = this.#underWay[0];
    return first !== undefined && first.at <= now ? this.#underWay.shift() : undefined;
  }

  /** The datagram sent `back` before the last one. */
  sent(way: Way, back: number): string | undefined {
    const sent = this.#sent[way];
    return sent[sent.length - 1 - (back % Math.max(1, sent.length))];
  }

  #carry(arrival: Arrival): void {
    let place = this.#underWay.length;
    while (place > 0 && (this.#underWay[place - 1]?.at ?? 0) > arrival.at) place -= 1;
    this.#underWay.splice(place, 0, arrival);
  }
}

/** What arrives of a datagram: after how many delays, and as what. */
function carried(
  fate: Fate,
  datagram: string,
  count: number,
): (readonly [delays: number, datagram: string])[] {
  switch (fate) {
    case "on":
      return [[1, datagram]];
    case "drop":
      return [];
    case "twice":
      return [
        [1, datagram],
        [2, datagram],
      ];
    case "slow":
      return [[3, datagram]];
    case "flip":
      return [[1, flipped(datagram, count)]];
    case "cut":
      return [[1, datagram.slice(0, 2 * ((count * 7) % (datagram.length / 2)))]];
  }
}

/** One bit changed; which one follows from the count, most often in the first bytes. */
function flipped(datagram: string, count: number): string {
  const bytes = Buffer.from(datagram, "hex");
  const reach = count % 3 === 0 ? bytes.length : Math.min(bytes.length, 40);
  const bit = (count * 7919) % (reach * 8);
  const place = Math.floor(bit / 8);
  bytes[place] = (bytes[place] ?? 0) ^ (1 << (bit % 8));
  return bytes.toString("hex");
}
