// What the network says to images, as the trainer and a trained network are asked: drawings are read by it, and the page
// looks back through it.
import type { Predictions } from "../training/contract";
import { asProbabilities } from "../training/probabilities";
import type { ImagesQuestion, RowsQuestion } from "./contract";
import type { Looking } from "./looking";
import { pictures } from "./pictures";

/** As `TrainerApi.predict`; nothing is fetched. @throws RangeError for bytes that are no whole images */
export const predict = async (looking: Looking, { images }: ImagesQuestion): Promise<Float32Array> =>
  asProbabilities(await looking.outputs(images), looking.program);

/** As `TrainerApi.predictTest`. @throws DataError, Error for locked images */
export async function predictTest(looking: Looking, { rows }: RowsQuestion): Promise<Predictions> {
  const { test } = await looking.selection();
  const kept = Uint32Array.from(rows, (row) => test[row % test.length]!);
  const { images, labels, probabilities } = await pictures(looking, { split: "test", rows: kept });
  return { images, labels, probabilities };
}
