// How a run is published: which encoding of its weights is good enough, what that one scores, then off it goes. The
// parts that need a browser come from outside.

import type { RunRecord } from "@/lib/metrics/run-record";
import type { Publication } from "@/lib/runs/publish";
import { sha256Of } from "@/lib/sha256";
import { MAX_WEIGHTS_BYTES, type PublishedRun, type WeightEncoding } from "@/lib/share/published-run";
import { inSlices } from "@/lib/share/slices";
import { decodeWeights, encodedSize, encodeWeights } from "@/lib/share/weights";
import type { ExperimentSpec } from "@/lib/spec/experiment";
import { buildProgram } from "@/lib/spec/program";
import { hashWeights } from "@/lib/training/weights-hash";

/** The accuracy on the test images that shorter weights may cost or gain: 0.1 point. */
const MOST_CHANGE = 0.001;

/** Accuracies are shares of thousands of images, and their difference is not exact. */
const ROUNDING = 1e-9;

export interface PublishParts {
  /** The run's weights as they are now; null where there are none any more. */
  readWeights(): Promise<readonly Float32Array[] | null>;
  /** The accuracy of these weights on the test images. */
  measure(spec: ExperimentSpec, weights: readonly Float32Array[]): Promise<number>;
  publish(
    published: PublishedRun,
    bytes: Uint8Array<ArrayBuffer>,
    onProgress: (share: number) => void,
  ): Promise<Publication>;
}

export type PublishStep =
  | { step: "measuring" }
  /** `share` of the weights, 0 to 1. */
  | { step: "sending"; sizeBytes: number; share: number };

/** A run that has a page. */
export interface PublishedPage extends Publication {
  encoding: WeightEncoding;
  sizeBytes: number;
  /** On the test images, with the weights that are published. */
  testAccuracy: number;
}

/** What is published of the weights, and its bytes. */
interface Encoded {
  encoding: WeightEncoding;
  bytes: Uint8Array<ArrayBuffer>;
  testAccuracy: number;
}

/**
 * Publishes a run that is over.
 * @param hear told what is being done
 * @throws Error whose message is one sentence
 */
export async function publishRecord(
  record: RunRecord,
  { readWeights, measure, publish }: PublishParts,
  hear: (step: PublishStep) => void,
): Promise<PublishedPage> {
  hear({ step: "measuring" });
  const weights = await readWeights();
  if (weights === null || (await hashWeights(weights)) !== record.environment.weightsHash)
    throw new Error(
      "The weights that this run ended with are not here any more: train it again to publish it.",
    );
  const { encoding, bytes, testAccuracy } = await encode(record, weights, measure);
  const sizeBytes = bytes.length;
  const published: PublishedRun = {
    version: 1,
    run: record,
    weights: { encoding, sizeBytes, sha256: await sha256Of(bytes), testAccuracy },
  };
  hear({ step: "sending", sizeBytes, share: 0 });
  const publication = await publish(published, bytes, (share) => hear({ step: "sending", sizeBytes, share }));
  return { ...publication, encoding, sizeBytes, testAccuracy };
}

/** 8 bits for each weight where the network answers as well with them, else 32. */
async function encode(
  { experiment, test }: RunRecord,
  weights: readonly Float32Array[],
  measure: PublishParts["measure"],
): Promise<Encoded> {
  const program = buildProgram(experiment);
  const write = async (encoding: WeightEncoding): Promise<Encoded> => {
    const sizeBytes = encodedSize(program, encoding);
    if (sizeBytes > MAX_WEIGHTS_BYTES) throw new Error(tooLarge(sizeBytes));
    const bytes = await inSlices(encodeWeights(weights, encoding, program));
    return {
      encoding,
      bytes,
      testAccuracy: await measure(experiment, await inSlices(decodeWeights(bytes, encoding, program))),
    };
  };
  const short = await write("int8");
  const change = Math.abs(short.testAccuracy - test.accuracy);
  return change <= MOST_CHANGE + ROUNDING ? short : write("float32");
}

const megabytes = (bytes: number) => (bytes / 1024 ** 2).toFixed(1);

const tooLarge = (sizeBytes: number) =>
  `The weights have ${megabytes(sizeBytes)} MB; at most ${megabytes(MAX_WEIGHTS_BYTES)} MB can be published.`;
