// The runner in the browser: fetches the images, hands out rows, holds the watch.
import { shuffle, streamKey } from "../lib/random";
import { type Case, networks } from "./cases";
import type { Images, Prepare, Seat, Trainer } from "./contender";

declare global {
  interface Window {
    bench: Seat;
  }
}

const fetchBytes = async (path: string) => new Uint8Array(await (await fetch(path)).arrayBuffer());

async function fetchImages(folder: string): Promise<Images> {
  return { images: await fetchBytes(`${folder}-images`), labels: await fetchBytes(`${folder}-labels`) };
}

/** Rows 0…count−1 over and over, each pass in a new order. */
function* shuffledRows(count: number): Generator<number, never> {
  for (let pass = 0; ; pass++)
    yield* shuffle(
      Uint32Array.from({ length: count }, (_, row) => row),
      streamKey(1, "shuffle", pass),
    );
}

/** Makes a contender answer to Node as `window.bench`. */
export function offer(prepare: Prepare): void {
  let trainer: Trainer;
  let rows: Generator<number, never>;
  let batchSize: number;
  window.bench = {
    async prepare(what: Case) {
      const folder = `/data/${what.images}`;
      const [train, test] = [await fetchImages(`${folder}/train`), await fetchImages(`${folder}/test`)];
      batchSize = what.batchSize;
      rows = shuffledRows(train.labels.length);
      trainer = await prepare({ layers: networks[what.network].layers, batchSize, train, test });
    },
    async train(steps) {
      await trainer.take(Uint32Array.from({ length: steps * batchSize }, () => rows.next().value));
      const since = performance.now();
      const loss = await trainer.train();
      return { ms: performance.now() - since, loss };
    },
    async evaluate(count) {
      const since = performance.now();
      const correct = await trainer.evaluate(count);
      return { ms: performance.now() - since, correct };
    },
  };
}
