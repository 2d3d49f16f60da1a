// Reads what checkpoint.ts has written. Pure: what lies in a slot is unknown until its hash and its shape are right. Of use
// after a run was broken off, and downloaded then.
import * as z from "zod/mini";
import { engineIds } from "../engines/engine";
import { epochSchema, hashSchema, seriesSchema } from "../metrics/run-record";
import { sha256Of } from "../sha256";
import { parseExperiment } from "../spec/experiment";
import { sizeOf } from "../spec/ops";
import { object, ParseError, parse } from "../spec/parse";
import { buildProgram } from "../spec/program";
import type { Checkpoint, Sealed } from "./checkpoint";
import type { EpochRecord, StoryEvent, StoryKind } from "./contract";

const LINE_END = 10;

const count = z.int().check(z.minimum(0), z.maximum(1e9));
const amount = z.number().check(z.minimum(0));
const words = z.string();
const engineId = z.enum(engineIds);
/** JSON writes a loss that has overflowed as null. */
const score = { loss: z.nullable(z.number()), accuracy: z.number() };

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
  title: words,
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

const numberOf = (loss: number | null): number => loss ?? Number.NaN;

/** A loss that has overflowed is no number, and no null either. */
function withLoss(event: StoryEvent): StoryEvent {
  if (event.type === "before") return { ...event, loss: numberOf(event.loss) };
  if (event.type !== "tested") return event;
  return { ...event, result: { ...event.result, loss: numberOf(event.result.loss) } };
}

/** @throws ParseError, or SyntaxError for what is no JSON */
export function parseCheckpoint(bytes: Uint8Array<ArrayBuffer>): Checkpoint {
  const headerEnd = bytes.indexOf(LINE_END);
  const text = new TextDecoder().decode(bytes.subarray(0, Math.max(headerEnd, 0)));
  const {
    version,
    experiment,
    at,
    kept,
    slots,
    story: told,
    ...rest
  } = parse(headerSchema, JSON.parse(text), "checkpoint");
  const spec = parseExperiment(experiment);
  const story = told.map(withLoss);
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
  return { ...rest, story, spec, at: { ...at, history: historyOf(story), kept: weightsOf }, state };
}

/** What lies in a slot; null where nothing does, or its hash is not that of its bytes, or they are no checkpoint. */
async function open(stored: unknown): Promise<Checkpoint | null> {
  try {
    const { bytes, hash } = (stored ?? {}) as Record<keyof Sealed, unknown>;
    if (!(bytes instanceof Uint8Array)) return null;
    const whole = bytes as Uint8Array<ArrayBuffer>;
    return (await sha256Of(whole)) === hash ? parseCheckpoint(whole) : null;
  } catch {
    return null;
  }
}

/** The newest of the slots that can be read; null where none can. */
export async function newestOf(slots: readonly unknown[]): Promise<Checkpoint | null> {
  const opened = (await Promise.all(slots.map(open))).filter((checkpoint) => checkpoint !== null);
  return opened.toSorted((a, b) => b.number - a.number)[0] ?? null;
}
