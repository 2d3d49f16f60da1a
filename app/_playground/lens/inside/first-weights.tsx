// The first layer's weights as pictures: what each unit or filter looks for in the image.
import type { InsideProps } from "../inside";
import { useLens } from "../use-lens";
import { limitOf } from "./pictures";
import { SheetCanvas } from "./sheet";
import { Problem, Table } from "./table";

const COLUMNS = 8;
/** Pixels that a picture has at least, about: the gap between two is one, and is not to be as wide as a weight. */
const FINE = 28;
const QUESTION = {};

export default function FirstWeightsView(_: InsideProps) {
  const { answer, waiting, problem } = useLens("firstWeights", QUESTION, { live: true });
  if (answer === null) {
    if (problem !== null) return <Problem>{problem}</Problem>;
    return waiting ? (
      <div className="h-72" />
    ) : (
      <p className="text-soft">
        The first layer with weights does not read the image itself, so its weights are no picture.
      </p>
    );
  }
  const { kind, height, width, channels, count, shown, pictures } = answer;
  const limit = limitOf(pictures);
  const part = shown < count ? `The first ${shown} of ${count}` : `The ${count}`;
  const pixels = height * width;
  return (
    <div className="space-y-3">
      <p className="max-w-prose text-mini text-soft">
        {part} {kind}s of the first layer{channels > 1 ? ", mean over the channels" : ""}. A bright pixel
        under <span className="font-semibold text-train">blue</span> speaks for the {kind}, one under{" "}
        <span className="font-semibold text-validation-text">orange</span> against it; the full colour is{" "}
        {limit.toPrecision(2)}.
      </p>
      <div style={{ width: `${Math.min(100, (100 * shown) / COLUMNS)}%` }} className="max-w-xl">
        <SheetCanvas
          values={pictures}
          count={shown}
          height={height}
          width={width}
          columns={Math.min(shown, COLUMNS)}
          zoom={Math.max(1, Math.round(FINE / height))}
          limit={limit}
          label={`Weights of ${shown} ${kind}s of the first layer, ${height}×${width} each, from −${limit.toPrecision(2)} to ${limit.toPrecision(2)}`}
        />
      </div>
      <Table
        title="These weights in numbers"
        head={[kind === "unit" ? "Unit" : "Filter", "Smallest", "Mean", "Largest"]}
        rows={Array.from({ length: shown }, (_, i) => {
          const own = pictures.subarray(i * pixels, (i + 1) * pixels);
          const mean = own.reduce((sum, value) => sum + value, 0) / pixels;
          return [
            String(i + 1),
            ...[Math.min(...own), mean, Math.max(...own)].map((value) => value.toFixed(3)),
          ];
        })}
      />
    </div>
  );
}
