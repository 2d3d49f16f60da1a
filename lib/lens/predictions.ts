// What the network says, as the trainer and a trained network are asked: the page looks back through these.
import type { Predictions } from "../training/contract";
import type { ImagesQuestion, RowsQuestion } from "./contract";
import type { Looking } from "./looking";
import { pictures } from "./pictures";

/** As `TrainerApi.predict`. */
export const predict = (looking: Looking, { images }: ImagesQuestion): Promise<Float32Array> =>
  looking.outputs(images);

/** As `TrainerApi.predictTest`. @throws DataError, Error for locked images */
export async function predictTest(looking: Looking, { rows }: RowsQuestion): Promise<Predictions> {
  const { test } = await looking.selection();
  const kept = Uint32Array.from(rows, (row) => test[row % test.length]!);
  const { images, labels, probabilities } = await pictures(looking, { split: "test", rows: kept });
  return { images, labels, probabilities };
}
