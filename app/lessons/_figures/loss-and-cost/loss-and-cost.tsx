// One image's loss as a curve whose prediction is dragged, and below it the cost: the mean over a batch of six.
import type { FigureProps } from "../figure";
import { Batch } from "./batch";
import { OneImage } from "./one-image";

export default function LossAndCost({ marks }: FigureProps) {
  return (
    <div className="@container grid grid-cols-[minmax(0,1fr)] gap-8">
      <OneImage marks={marks} />
      <Batch marks={marks} />
    </div>
  );
}
