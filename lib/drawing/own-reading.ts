// What the network of the moment reads in a person's own digits: asked again after every epoch, at a run's end, and when the
// digits are others. Numbers alone are in the store.
import { createStore } from "zustand/vanilla";
import { toImage } from "../datasets/drawing";
import type { DatasetDefinition } from "../spec/define";
import { sizeOf } from "../spec/ops";
import { datasetOf } from "../spec/samples";
import type { Run } from "../store/reduce";
import { predict, runStore } from "../store/run";
import { type Listed, ownStore, strokesOf } from "./own-digits";
import { Sheet } from "./sheet";

/** What one digit is read as: a class name, and how sure the network is of it, from 0 to 1. */
export interface ReadAs {
  name: string;
  confidence: number;
}

export interface OwnReading {
  /** By the digit's name; a digit of a class that the network does not know is not in it. */
  read: ReadonlyMap<string, ReadAs>;
  /** How many are read as what they are. */
  right: number;
}

/** Null before the first reading, and where the network is another one. */
export const readingStore = createStore<{ reading: OwnReading | null }>()(() => ({ reading: null }));

/** The page's thread is given free this often. */
const SLICE_MS = 8;

/** The images of digits, made once for each data set. */
const made = new WeakMap<DatasetDefinition, Map<string, Uint8Array>>();

async function imagesOf(digits: readonly Listed[], dataset: DatasetDefinition): Promise<Uint8Array> {
  const known = made.get(dataset) ?? new Map<string, Uint8Array>();
  made.set(dataset, known);
  const size = sizeOf(dataset.shape);
  const images = new Uint8Array(size * digits.length);
  let since = performance.now();
  for (const [place, { id }] of digits.entries()) {
    const image = known.get(id) ?? ownImage(id, dataset);
    known.set(id, image);
    images.set(image, size * place);
    if (performance.now() - since < SLICE_MS) continue;
    await new Promise((resolve) => setTimeout(resolve));
    since = performance.now();
  }
  return images;
}

/** A digit as an image of the data set, by its own rule. One that was drawn outside of the sheet alone is empty. */
export const ownImage = (id: string, dataset: DatasetDefinition): Uint8Array =>
  toImage(new Sheet(strokesOf(id)), dataset) ?? new Uint8Array(sizeOf(dataset.shape));

/** Changes when there are other weights to ask; null while there are none. */
const versionOf = ({ spec, hash, history, opened }: Run): string | null =>
  spec === null || (history.length === 0 && !opened) ? null : `${hash ?? ""} ${history.length}`;

let watchers = 0;
let reading = false;
let last: unknown[] = [];
let forget = () => {};

/** Reads the digits from now on, whenever there is something new to read. @returns ends it */
export function watchOwnDigits(): () => void {
  watchers += 1;
  if (watchers === 1) {
    const ends = [runStore.subscribe(look), ownStore.subscribe(look)];
    forget = () => {
      for (const end of ends) end();
    };
    look();
  }
  let open = true;
  return () => {
    if (!open) return;
    open = false;
    watchers -= 1;
    if (watchers > 0) return;
    forget();
    last = [];
    readingStore.setState({ reading: null });
  };
}

function look(): void {
  const run = runStore.getState();
  const { digits } = ownStore.getState();
  const now = [run.spec, versionOf(run), digits];
  if (watchers === 0 || reading || now.every((part, i) => last[i] === part)) return;
  if (now[0] !== last[0]) readingStore.setState({ reading: null });
  last = now;
  if (run.spec === null || now[1] === null || !digits?.length) {
    readingStore.setState({ reading: null });
    return;
  }
  reading = true;
  void readAll(run.spec, digits)
    .then((found) => {
      if (found !== null && runStore.getState().spec === run.spec && watchers > 0)
        readingStore.setState({ reading: found });
    })
    .finally(() => {
      reading = false;
      look();
    });
}

/** Null where there is no network to ask any more. */
async function readAll(
  spec: NonNullable<Run["spec"]>,
  digits: readonly Listed[],
): Promise<OwnReading | null> {
  const dataset = datasetOf(spec);
  const classes = spec.dataset.classes ?? [...dataset.classNames.keys()];
  const names = classes.map((kind) => dataset.classNames[kind]!);
  const known = digits.filter(({ label }) => names.includes(label));
  if (known.length === 0) return { read: new Map(), right: 0 };
  const probabilities = await predict(await imagesOf(known, dataset));
  if (probabilities === null) return null;
  const read = new Map<string, ReadAs>();
  let right = 0;
  for (const [place, { id, label }] of known.entries()) {
    const own = probabilities.subarray(place * names.length, (place + 1) * names.length);
    const kind = own.indexOf(Math.max(...own));
    const name = names[kind]!;
    read.set(id, { name, confidence: own[kind]! });
    if (name === label) right += 1;
  }
  return { read, right };
}
