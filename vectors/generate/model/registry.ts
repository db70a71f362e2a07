// The closed registries of SPEC 17.2 and the flag bits of PKT-4, by name.

export const END_REASONS = { FINISHED: 1, ABORTED: 2, STOPPED: 3 } as const;

export const STOP_REASONS = { USER: 1, LENGTH: 2, REPLACED: 3 } as const;

export const CLOSE_CODES = {
  VERSION: 1,
  UNKNOWN_STREAM: 2,
  STALE_EPOCH: 3,
  SUPERSEDED: 4,
  MISMATCH: 5,
  EXPIRED: 6,
  CONTENT_MISMATCH: 7,
  FINAL_MISMATCH: 8,
  INVALID_ACK: 9,
  CONGESTION: 10,
} as const;

export const FLAGS = { ACK_NOW: 1, PAUSED: 2 } as const;
