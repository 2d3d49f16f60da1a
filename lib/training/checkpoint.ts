// All that a run needs to go on in another life of the page, as it is written: one line of JSON, then every number as
// little-endian float32. checkpoint-reader.ts reads it.
import type { EngineChoice, EngineState } from "../engines/engine";
import type { Series } from "../metrics/series";
import { sha256Of } from "../sha256";
import { canonical, type ExperimentSpec } from "../spec/experiment";
import type { KeepOptions, StoryEvent } from "./contract";
import type { RunPlace } from "./run";

export interface Checkpoint extends KeepOptions {
  /** From 1, one more each time: of two slots the higher one is the newer. */
  number: number;
  /** Milliseconds since 1970. */
  savedAt: number;
  spec: ExperimentSpec;
  choice: EngineChoice;
  holdOut: boolean;
  at: RunPlace;
  story: readonly StoryEvent[];
  loss: Series;
  accuracy: Series;
  state: EngineState;
}

/** A checkpoint as it is stored. */
export interface Sealed {
  bytes: Uint8Array<ArrayBuffer>;
  /** SHA-256 of the bytes, in hexadecimal. */
  hash: string;
}

const isLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** The bytes without their hash: copying is quick, and hashing is the browser's own affair meanwhile. */
export function encodeCheckpoint({ spec, at, state, ...rest }: Checkpoint): Uint8Array<ArrayBuffer> {
  const { history, kept, ...place } = at;
  const header = JSON.stringify({
    version: 1,
    ...rest,
    experiment: JSON.parse(canonical(spec)),
    at: place,
    kept: kept.map(([epoch]) => epoch),
    slots: state.slots.map((arrays) => arrays.map(({ length }) => length)),
  });
  const numbers = [...state.weights, ...state.slots.flat(), ...kept.flatMap(([, weights]) => weights)];
  const text = new TextEncoder().encode(`${header}\n`);
  const bytes = new Uint8Array(text.length + numbers.reduce((sum, { byteLength }) => sum + byteLength, 0));
  bytes.set(text);
  const view = new DataView(bytes.buffer);
  let offset = text.length;
  for (const array of numbers) {
    // As they lie in memory they are the bytes already, and copied at once, on all but a few old machines.
    if (isLittleEndian) bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), offset);
    else for (const [i, value] of array.entries()) view.setFloat32(offset + 4 * i, value, true);
    offset += array.byteLength;
  }
  return bytes;
}

export const seal = async (bytes: Uint8Array<ArrayBuffer>): Promise<Sealed> => ({
  bytes,
  hash: await sha256Of(bytes),
});
