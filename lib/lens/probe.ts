// What a doctor wants to know of a network: one batch through it and back, with its first weights and with the present
// ones, and what the training images are like.
import { dataFacts } from "../metrics/data-facts";
import type { Probe } from "../metrics/probe";
import { canonical } from "../spec/experiment";
import { initialWeights } from "../spec/program";
import { epochOrder } from "../spec/samples";
import type { ProbeAnswer, ProbeQuestion } from "./contract";
import type { Looking } from "./looking";
import { type ProbedBatch, probeBatch } from "./probe-batch";

/** More images say no more about a gradient; a layer's units have all been asked by so many. */
const MOST_IMAGES = 64;
const FEWEST_IMAGES = 8;
/** Of one forward pass: a device takes a second or two for both passes of a convolutional network, twice. */
const MOST_MACS = 20e6;
/** For what the images themselves are like. */
const LOOKED_AT = 2000;

interface Beginning {
  batch: ProbedBatch;
  first: Probe;
  data: ProbeAnswer["data"];
}

/** What does not change while an experiment trains; of the one that was asked about last. */
let known: { experiment: string; beginning: Promise<Beginning> } | null = null;

/** @throws DataError */
export async function probe(looking: Looking, _: ProbeQuestion): Promise<ProbeAnswer> {
  const experiment = canonical(looking.spec);
  if (known?.experiment !== experiment) known = { experiment, beginning: beginningOf(looking) };
  const own = known;
  // What did not come is fetched anew.
  own.beginning.catch(() => {
    if (known === own) known = null;
  });
  const { batch, first, data } = await own.beginning;
  return { first, now: probeBatch(looking.program, looking.weights, batch), data };
}

async function beginningOf(looking: Looking): Promise<Beginning> {
  const { spec, program, dataset } = looking;
  const { train } = await looking.selection();
  const labels = await looking.labels("train");
  const take = async (rows: Uint32Array) => ({
    images: await looking.images("train", rows),
    labels: Uint8Array.from(rows, (row) => labels[row]!),
  });
  const count = Math.max(FEWEST_IMAGES, Math.min(MOST_IMAGES, Math.floor(MOST_MACS / program.macs)));
  const rows = epochOrder(spec, train, 0).subarray(0, count);
  const batch = { ...(await take(rows)), scale: dataset.scale, seed: spec.seed };
  const seen = await take(train.subarray(0, LOOKED_AT));
  const counts = new Array<number>(program.classes).fill(0);
  for (const row of train) counts[labels[row]!]! += 1;
  return {
    batch,
    first: probeBatch(program, initialWeights(program, spec.seed), batch),
    data: dataFacts(seen.images, seen.labels, dataset.scale, counts),
  };
}
