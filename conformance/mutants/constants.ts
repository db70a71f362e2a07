// Mutants of the constants of SPEC Appendix A, made from the built reference: each moved by one either
// way. Deadlines are exact, so one microsecond is a fault.

import { packageText } from "../package-root.js";
import type { Mutant } from "./mutant.js";

/** The constants by file, with the clause that each belongs to. */
const CONSTANTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "core/receiver.js": { DRAIN_US: "END-6", IDLE_US: "TIM-5" },
  "core/open-schedule.js": { OPEN_FAIL_US: "OPN-2" },
  "core/pacing.js": {
    SPACING_US_MIN: "CC-1",
    SPACING_US_MAX: "CC-1",
    LOSSY_SPACING_US: "CC-1",
    LOSSY_RATE: "CC-1",
    GROWTH_US_MAX: "SND-4",
    GROWTH_DIVISOR: "SND-4",
    QUIET_AFTER_US: "SND-9",
    QUIET_SPACING_US: "SND-9",
    ONCE_US: "SND-4",
    ONCE_LOSSY_US: "SND-4",
    ONCE_LOSSY_RATE: "SND-4",
    ONCE_QUEUE_US_MAX: "SND-4",
    LEAN_QUEUE_US: "SND-12",
    MARGIN_US_MIN: "SND-4",
    SILENCE_US: "TIM-1",
  },
  "core/loss.js": {
    INITIAL_LOSS_RATE: "ACK-12",
    MISS: "ACK-12",
    PACKET_THRESHOLD: "ACK-11",
    TIME_THRESHOLD_US_MIN: "ACK-11",
  },
  "core/rtt.js": {
    INITIAL_SRTT_US: "ACK-10",
    HINT_US_MIN: "ACK-10",
    HINT_US_MAX: "ACK-10",
    SAMPLE_US_MAX: "ACK-10",
    PERIOD_US: "ACK-10",
  },
  "core/breaker.js": { PERIOD_US_MIN: "CC-2", RESOLVED_MIN: "CC-2", BAD_PERIODS: "CC-2" },
  "core/attachment.js": { DELAY_US_MAX: "ACK-10" },
};

/** Two mutants for each constant. */
export function constantMutants(): readonly Mutant[] {
  return Object.entries(CONSTANTS).flatMap(([file, constants]) => {
    const text = packageText(`dist/reference/${file}`);
    return Object.entries(constants).flatMap(([name, clause]) => {
      const [find = name, value = ""] = new RegExp(`${name} = ([\\d_]+);`).exec(text) ?? [];
      const head = { clause, file, find };
      const slug = name.toLowerCase().replaceAll("_", "-");
      return [
        {
          ...head,
          id: `${slug}-one-higher`,
          does: `takes one more than ${value} for the constant ${name}`,
          replace: `${name} = ${value} + 1;`,
        },
        {
          ...head,
          id: `${slug}-one-lower`,
          does: `takes one less than ${value} for the constant ${name}`,
          replace: `${name} = ${value} - 1;`,
        },
      ];
    });
  });
}
