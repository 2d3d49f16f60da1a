// How far a training has come, in the store: one line of JSON, then every number as little-endian float32.
import * as z from "zod/mini";
import { forever, type ObjectStore } from "../blob/store";
import type { RunRecord } from "../metrics/run-record";
import { findNotFinite } from "../share/weights";
import { sizeOf } from "../spec/ops";
import { object, ParseError, parse } from "../spec/parse";
import { buildProgram } from "../spec/program";
import type { Checkpoint } from "../training/replay";
import { names } from "./names";

const LINE_END = 10;

const number = z.number();
const headerSchema = object({
  step: z.int(),
  /** Lengths of the optimizer's arrays, slot by slot. */
  slots: z.array(z.array(z.int())),
  history: z.array(
    object({
      ...{
        epoch: number,
        loss: number,
        accuracy: number,
        steps: number,
        elapsedMs: number,
        msPerStep: number,
      },
      valLoss: z.nullable(number),
      valAccuracy: z.nullable(number),
    }),
  ),
});

/** Keeps a checkpoint, and forgets the ones before it. */
export async function putCheckpoint(store: ObjectStore, id: string, checkpoint: Checkpoint): Promise<void> {
  const { history, state } = checkpoint;
  const { weights, slots, step } = state;
  const header = JSON.stringify({
    step,
    slots: slots.map((arrays) => arrays.map(({ length }) => length)),
    history,
  });
  const numbers = [...weights, ...slots.flat()];
  const text = new TextEncoder().encode(`${header}\n`);
  const bytes = new Uint8Array(text.length + 4 * numbers.reduce((sum, { length }) => sum + length, 0));
  bytes.set(text);
  const view = new DataView(bytes.buffer);
  let offset = text.length;
  for (const array of numbers)
    for (let i = 0; i < array.length; i++, offset += 4) view.setFloat32(offset, array[i]!, true);
  const former = await store.list(names.checkpoints(id));
  const options = { contentType: "application/octet-stream", overwrite: false, maxAgeSeconds: forever };
  await store.put(names.checkpoint(id, history.length), bytes, options);
  await store.delete(former.objects.map(({ name }) => name));
}

export async function deleteCheckpoints(store: ObjectStore, id: string): Promise<void> {
  const { objects } = await store.list(names.checkpoints(id));
  await store.delete(objects.map(({ name }) => name));
}

function parseCheckpoint(
  bytes: Uint8Array<ArrayBuffer>,
  { experiment, history: planned }: RunRecord,
): Checkpoint {
  const headerEnd = bytes.indexOf(LINE_END);
  const text = new TextDecoder().decode(bytes.subarray(0, headerEnd));
  const { step, slots: lengths, history } = parse(headerSchema, JSON.parse(text), "checkpoint");
  const view = new DataView(bytes.buffer, bytes.byteOffset + headerEnd + 1);
  let offset = 0;
  const take = (length: number) => {
    const array = new Float32Array(length);
    for (let i = 0; i < length; i++, offset += 4) array[i] = view.getFloat32(offset, true);
    return array;
  };
  const weights = buildProgram(experiment).weights.map(({ shape }) => take(sizeOf(shape)));
  const slots = lengths.map((arrays) => arrays.map(take));
  const bad = findNotFinite([...weights, ...slots.flat()]);
  if (offset !== view.byteLength || bad !== undefined || history.length > planned.length)
    throw new ParseError("checkpoint", bad ?? offset, "this training's");
  return { history, state: { weights, slots, step } };
}

/** The latest checkpoint of a training; null where there is none that can be read. */
export async function readCheckpoint(
  store: ObjectStore,
  id: string,
  record: RunRecord,
): Promise<Checkpoint | null> {
  const { objects } = await store.list(names.checkpoints(id));
  const latest = objects.at(-1);
  const bytes = latest === undefined ? null : await store.read(latest.name);
  try {
    return bytes && parseCheckpoint(bytes, record);
  } catch (error) {
    // The training then begins anew, which costs time and nothing else.
    console.error(`The checkpoint ${latest!.name} cannot be read:`, error);
    return null;
  }
}
