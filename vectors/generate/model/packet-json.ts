// A packet as JSON: the shape of SPEC chapter 4 as vectors and adapters write it. Names are those
// of the schema, 64-bit numbers are decimal strings, bytes are lower-case hexadecimal. A member
// that has its default value (0, false, empty) is left out by the decoder and may be left out by
// anybody.

/** 64-bit unsigned number as a decimal string without leading zeros. */
export type Uint64 = string;

/** Bytes as lower-case hexadecimal, two digits each. */
export type Hex = string;

export interface RunJson {
  readonly channel?: number;
  readonly data?: Hex;
  readonly lengths?: readonly number[];
}

export interface EndJson {
  readonly final_count?: Uint64;
  readonly reason?: number;
  readonly digest?: Hex;
  readonly error_code?: number;
}

export interface AckJson {
  readonly next_index?: Uint64;
  readonly largest?: Uint64;
  readonly ranges?: readonly number[];
  readonly delay_us?: number;
  readonly end_received?: boolean;
}

export interface OpenJson {
  readonly version?: number;
  readonly next_index?: Uint64;
  readonly prefix_digest?: Hex;
  readonly window?: Uint64;
  readonly rtt_hint_us?: number;
}

export interface ExtensionJson {
  readonly type?: number;
  readonly value?: Hex;
}

/** One packet. A sub-message that is present may be empty: `{"accept": {}}` is not `{}`. */
export interface PacketJson {
  readonly stream_id?: number;
  readonly epoch?: number;
  readonly packet_number?: Uint64;
  readonly first_index?: Uint64;
  readonly runs?: readonly RunJson[];
  readonly end?: EndJson;
  readonly accept?: { readonly version?: number };
  readonly ack?: AckJson;
  readonly open?: OpenJson;
  readonly stop?: { readonly reason?: number };
  readonly close?: { readonly code?: number };
  readonly flags?: number;
  readonly extensions?: readonly ExtensionJson[];
}
