// The closed registries of SPEC 13.2 and 17.2 and the flag bits of PKT-4, by name.

export const END_REASONS = {
  COMPLETE: 1,
  LENGTH: 2,
  STOPPED: 3,
  FILTERED: 4,
  TOOL: 5,
  ABORTED: 6,
} as const;

export const STOP_REASONS = { USER: 1, ENOUGH: 2, SHUTDOWN: 3, LIMIT: 4 } as const;

export const CLOSE_CODES = {
  VERSION: 1,
  MISMATCH: 2,
  EXPIRED: 3,
  STALE_EPOCH: 4,
  SUPERSEDED: 5,
  INVALID_ACK: 6,
  CONGESTION: 7,
  CONTENT_MISMATCH: 8,
  FINAL_MISMATCH: 9,
  TRANSCRIPT_MISMATCH: 10,
  LIMIT_EXCEEDED: 11,
} as const;

export const FLAGS = { ACK_NOW: 1, PAUSED: 2 } as const;
