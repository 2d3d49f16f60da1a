// All that a run needs to go on in another life of the page: one line of JSON, then every number as little-endian
// float32, and the SHA-256 of both. Pure: what lies in a slot is unknown until its hash and its shape are right.
import * as z from "zod/mini";
import { type EngineChoice, type EngineState, engineIds } from "../engines/engine";
import { epochSchema, hashSchema, seriesSchema } from "../metrics/run-record";
import type { Series } from "../metrics/series";
import { sha256Of } from "../sha256";
import { canonical, type ExperimentSpec, parseExperiment } from "../spec/experiment";
import { sizeOf } from "../spec/ops";
import { object, ParseError, parse } from "../spec/parse";
import { buildProgram } from "../spec/program";
import type { EpochRecord, KeepOptions, StoryEvent, StoryKind, TrainEvent } from "./contract";
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

const LINE_END = 10;
const isLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

const count = z.int().check(z.minimum(0), z.maximum(1e9));
const amount = z.number().check(z.minimum(0));
const words = z.string();
const engineId = z.enum(engineIds);
/** JSON writes a loss that has overflowed as null. */
const loss = z.pipe(
  z.nullable(z.number()),
  z.transform((value: number | null) => value ?? Number.NaN),
);
const score = { loss, accuracy: z.number() };

const storySchemas = {
  samples: { counts: object({ train: count, validation: count, test: count }), stepsPerEpoch: count },
  engine: {
    engine: object({ id: engineId, name: words, device: words }),
    reports: z.array(
      object({
        id: engineId,
        name: words,
        available: z.boolean(),
        reason: words,
        samplesPerSecond: z.nullable(z.number()),
      }),
    ),
  },
  before: score,
  begin: { from: count, to: count },
  progress: {
    epoch: count,
    step: count,
    steps: count,
    loss: z.number(),
    accuracy: z.number(),
    msPerStep: amount,
    samplesPerSecond: amount,
    etaMs: amount,
  },
  epoch: { record: epochSchema },
  frozen: { elapsedMs: amount },
  completed: { elapsedMs: amount, stopped: z.boolean(), restoredEpoch: z.optional(z.nullable(count)) },
  restored: { epoch: count },
  hashed: { hash: hashSchema },
  tested: { result: object(score) },
  resumed: { epoch: count, step: count },
} satisfies Record<StoryKind, Readonly<Record<string, z.ZodMiniType>>>;

export const isStory = (event: TrainEvent): event is StoryEvent => event.type in storySchemas;

/** The epochs that a story tells of. */
const historyOf = (story: readonly StoryEvent[]): EpochRecord[] =>
  story.flatMap((event) => (event.type === "epoch" ? [event.record] : []));

const eventSchema = z.discriminatedUnion(
  "type",
  Object.entries(storySchemas).map(([type, shape]) => object({ type: z.literal(type), ...shape })) as never,
) as z.ZodMiniType<StoryEvent>;

const headerSchema = object({
  version: z.literal(1),
  number: count,
  savedAt: amount,
  id: words,
  place: words,
  forkedFrom: z.nullable(hashSchema),
  experiment: z.unknown(),
  choice: z.enum(["auto", ...engineIds]),
  holdOut: z.boolean(),
  at: object({
    target: count,
    batch: count,
    step: count,
    elapsedMs: amount,
    epochMs: amount,
    trainMs: amount,
    sums: object({ loss: z.number(), correct: count, count }),
  }),
  /** Epochs whose weights are kept to be put back. */
  kept: z.array(count),
  story: z.array(eventSchema),
  loss: seriesSchema,
  accuracy: seriesSchema,
  /** Lengths of the optimizer's arrays, slot by slot. */
  slots: z.array(z.array(count)),
});

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

/** @throws ParseError, or SyntaxError for what is no JSON */
export function parseCheckpoint(bytes: Uint8Array<ArrayBuffer>): Checkpoint {
  const headerEnd = bytes.indexOf(LINE_END);
  const text = new TextDecoder().decode(bytes.subarray(0, Math.max(headerEnd, 0)));
  const { version, experiment, at, kept, slots, ...rest } = parse(
    headerSchema,
    JSON.parse(text),
    "checkpoint",
  );
  const spec = parseExperiment(experiment);
  const view = new DataView(bytes.buffer, bytes.byteOffset + headerEnd + 1, bytes.length - headerEnd - 1);
  let offset = 0;
  const take = (length: number) => {
    if (offset + 4 * length > view.byteLength) throw new ParseError("checkpoint", view.byteLength, "longer");
    const array = new Float32Array(length);
    for (let i = 0; i < length; i++, offset += 4) array[i] = view.getFloat32(offset, true);
    return array;
  };
  const sizes = buildProgram(spec).weights.map(({ shape }) => sizeOf(shape));
  const state = { weights: sizes.map(take), slots: slots.map((arrays) => arrays.map(take)), step: at.step };
  const weightsOf = kept.map((epoch): [number, Float32Array[]] => [epoch, sizes.map(take)]);
  if (offset !== view.byteLength) throw new ParseError("checkpoint", view.byteLength, `${offset} bytes long`);
  return { ...rest, spec, at: { ...at, history: historyOf(rest.story), kept: weightsOf }, state };
}

const sealedSchema = object({ bytes: z.instanceof(Uint8Array<ArrayBuffer>), hash: hashSchema });

/** What lies in a slot; null where nothing does, or its hash is not that of its bytes, or they are no checkpoint. */
async function open(stored: unknown): Promise<Checkpoint | null> {
  try {
    const { bytes, hash } = parse(sealedSchema, stored, "checkpoint");
    return (await sha256Of(bytes)) === hash ? parseCheckpoint(bytes) : null;
  } catch {
    return null;
  }
}

/** The newest of the slots that can be read; null where none can. */
export async function newestOf(slots: readonly unknown[]): Promise<Checkpoint | null> {
  const opened = (await Promise.all(slots.map(open))).filter((checkpoint) => checkpoint !== null);
  return opened.toSorted((a, b) => b.number - a.number)[0] ?? null;
}
