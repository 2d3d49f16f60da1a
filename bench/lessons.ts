// `npm run bench:lessons`: trains what the lessons name, with three seeds each, and holds the medians against the printed
// numbers. Ends with 1 where one is out of its range.
import { readFile } from "node:fs/promises";
import { sourceInMemory } from "../lib/datasets/memory";
import type { DatasetSource } from "../lib/datasets/source";
import { createWasmEngine } from "../lib/engines/wasm/engine";
import type { DatasetId, ExperimentSpec } from "../lib/spec/experiment";
import { datasetOf } from "../lib/spec/samples";
import { replay } from "../lib/training/replay";
import * as registry from "../scripts/data/registry";
import { main } from "../scripts/lib/report.mjs";
import { ensureEngine, ensureInstalled } from "../scripts/lib/setup.mjs";
import { claims, type Outcome, sizes } from "./lesson-claims";

const SEEDS = [1, 2, 3];
const sources = new Map<DatasetId, DatasetSource>();

async function sourceOf(spec: ExperimentSpec): Promise<DatasetSource> {
  const { id } = spec.dataset;
  const known = sources.get(id);
  if (known !== undefined) return known;
  const bytes = await registry[id].read();
  const source = sourceInMemory(datasetOf(spec), {
    images: async (split) => bytes[split].images,
    labels: async (split) => bytes[split].labels,
  });
  sources.set(id, source);
  return source;
}

async function train(spec: ExperimentSpec, compiled: WebAssembly.Module): Promise<Outcome> {
  const source = await sourceOf(spec);
  const engine = await createWasmEngine(async () => compiled);
  let restoredEpoch: number | null = null;
  try {
    const { history, test } = await replay(spec, {
      openDataset: () => source,
      engine,
      onEvents(events) {
        for (const event of events)
          if (event.type === "completed") restoredEpoch = event.restoredEpoch ?? null;
      },
    });
    return { history, test, restoredEpoch };
  } finally {
    engine.dispose();
  }
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!;
const written = (value: number): string => (Number.isInteger(value) ? String(value) : value.toFixed(4));

await main(async () => {
  await ensureInstalled();
  await ensureEngine();
  const file = new URL("../lib/engines/wasm/engine.wasm", import.meta.url);
  const compiled = await WebAssembly.compile(await readFile(file));
  let missed = 0;
  const tell = (good: boolean, text: string) => {
    if (!good) missed++;
    console.log(`${good ? "ok    " : "MISSED"}  ${text}`);
  };
  for (const { title, got, wanted } of sizes) tell(got === wanted, `${title}: ${got}`);
  for (const { title, spec, measures } of claims) {
    const outcomes: Outcome[] = [];
    for (const seed of SEEDS) outcomes.push(await train({ ...spec, seed }, compiled));
    for (const { what, of, from, to } of measures) {
      const values = outcomes.map(of);
      const middle = median(values);
      const range = `${written(from)} to ${written(to)}`;
      tell(
        middle >= from && middle <= to,
        `${title}: ${what} ${written(middle)} (${values.map(written).join(", ")}), printed ${range}`,
      );
    }
  }
  console.log(missed === 0 ? "Every number is in its range." : `${missed} numbers are out of their range.`);
  return missed === 0 ? 0 : 1;
});
