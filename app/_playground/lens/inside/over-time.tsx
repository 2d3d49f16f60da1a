// How the weights of each layer, their gradients and the optimizer's next step are spread, moment by moment.
import { useMemo, useState } from "react";
import { Explain } from "@/app/_ui/explain";
import { formatPlural } from "@/app/_ui/format";
import { signedScale, sizeScale } from "@/lib/metrics/histogram";
import * as layers from "@/lib/spec/layers/registry";
import type { InsideProps } from "../inside";
import { useLooking } from "../use-lens";
import { MomentBar } from "./moment-bar";
import { SheetCanvas } from "./sheet";
import { asPicture, occupied, type SpreadAt } from "./spreads";
import { Problem, Table } from "./table";
import { useSpreads } from "./use-spreads";

const figures = (value: number) => {
  const text = value !== 0 && Math.abs(value) < 1e-3 ? value.toExponential(1) : value.toPrecision(2);
  return text.replaceAll("-", "−");
};
const percent = (share: number) => `${Math.round(100 * share)} %`;
export const nameOf = (epoch: number) => `epoch ${Number(epoch.toFixed(2))}`;

export default function OverTime({ spec }: InsideProps) {
  useLooking();
  const { moments, problem } = useSpreads(spec);
  const [wanted, setWanted] = useState<number | null>(null);
  const last = moments.length - 1;
  const index = wanted === null ? last : Math.min(wanted, last);
  const shown = moments[index];
  if (shown === undefined) return problem === null ? <div className="h-72" /> : <Problem>{problem}</Problem>;
  const title = (layer: number) => `${layer + 1} ${layers[spec.layers[layer]!.kind].label}`;
  return (
    <div className="space-y-5">
      {problem !== null && <Problem>{problem}</Problem>}
      <div className="flex flex-wrap gap-x-5 text-mini text-soft">
        <span className="self-center">
          On the same {formatPlural(shown.images, "training image")} each time. In words:
        </span>
        <Explain term="gradients">
          How the loss changes with each weight. A layer that nearly all of it misses learns nothing.
        </Explain>
        <Explain term="updates">
          What the optimizer’s next step changes of each weight, as a part of the weights’ size (root mean
          square). About a thousandth is usual: a tenth shakes the network, a hundred-thousandth hardly moves
          it.
        </Explain>
      </div>
      {last > 0 && (
        <MomentBar
          index={index}
          names={moments.map(({ epoch }) => nameOf(epoch))}
          onChange={(next) => setWanted(next === last ? null : next)}
        />
      )}
      <ol className="space-y-5">
        {shown.layers.map(({ layer }, at) => (
          <li key={layer}>
            <p className="mb-1 font-medium">{title(layer)}</p>
            <div className="grid gap-4 sm:grid-cols-3">
              <Picture {...{ moments, index, at }} kind="weights" layer={title(layer)} />
              <Picture {...{ moments, index, at }} kind="gradients" layer={title(layer)} />
              <Picture {...{ moments, index, at }} kind="updates" layer={title(layer)} />
            </div>
          </li>
        ))}
      </ol>
      <Table
        title={`These layers in numbers, ${nameOf(shown.epoch)}`}
        head={["Layer", "Weights", "Gradients", "Of them 0", "Updates"]}
        rows={shown.layers.map(({ layer, weight, gradient, still, update }) => [
          title(layer),
          figures(weight),
          figures(gradient),
          percent(still),
          update === null ? "not known" : figures(update),
        ])}
      />
    </div>
  );
}

/** "from epoch 1 to epoch 5", "at epoch 4.22" */
function spanOf(moments: readonly SpreadAt[]): string {
  const [first, last] = [nameOf(moments[0]!.epoch), nameOf(moments.at(-1)!.epoch)];
  return first === last ? `at ${first}` : `from ${first} to ${last}`;
}

const words = {
  weights: "Weights",
  gradients: "Gradients",
  updates: "Updates",
};

interface PictureProps {
  moments: readonly SpreadAt[];
  /** The moment that is read. */
  index: number;
  /** Which of the layers. */
  at: number;
  kind: "weights" | "gradients" | "updates";
  layer: string;
}

function Picture({ moments, index, at, kind, layer }: PictureProps) {
  const known = useMemo(
    () => moments.filter((moment) => moment.layers[at]![kind] !== null),
    [moments, at, kind],
  );
  const picture = useMemo(() => {
    const columns = known.map((moment) => moment.layers[at]![kind]!);
    const range = occupied(columns);
    return { range, ...asPicture(columns, range) };
  }, [known, at, kind]);
  const own = moments[index]!.layers[at]!;
  const shares = own[kind];
  const scale = kind === "weights" ? signedScale(own.limit, own.weights.length) : sizeScale;
  const said = {
    weights: figures(own.weight),
    gradients: figures(own.gradient),
    updates: own.update === null ? "not known here" : figures(own.update),
  }[kind];
  const { range, values, height, width } = picture;
  return (
    <figure>
      <figcaption className="mb-0.5 flex justify-between gap-2 text-mini">
        <span className="text-soft">{words[kind]}</span>
        <span>{said}</span>
      </figcaption>
      {known.length === 0 ? (
        <p className="text-mini text-soft">
          Only the training’s own present state knows them: they are not kept with past epochs and opened
          networks.
        </p>
      ) : (
        <div className="flex gap-1">
          <div className="flex w-11 shrink-0 flex-col justify-between text-right text-2xs text-soft leading-3">
            <span>{figures(scale.valueAt(range.to))}</span>
            <span>{figures(scale.valueAt(range.from))}</span>
          </div>
          <div className="min-w-0 flex-1">
            <SheetCanvas
              values={values}
              count={1}
              height={height}
              width={width}
              columns={1}
              limit={1}
              label={`${words[kind]} of ${layer} ${spanOf(known)}, between ${figures(scale.valueAt(range.from))} and ${figures(scale.valueAt(range.to))}; ${nameOf(moments[index]!.epoch)}: ${said}.`}
              className="h-24 rounded-sm"
            />
          </div>
          <svg
            aria-hidden="true"
            viewBox={`0 0 1 ${height}`}
            preserveAspectRatio="none"
            className="h-24 w-10 shrink-0 border-line border-l"
          >
            {shares !== null && <path d={outline(shares, range)} fill="var(--train)" />}
          </svg>
        </div>
      )}
    </figure>
  );
}

/** Bars to the right, the largest numbers at the top. */
function outline(shares: Float32Array, { from, to }: { from: number; to: number }): string {
  const most = shares.reduce((max, share) => Math.max(max, share), 0) || 1;
  let path = "M0 0";
  for (let bin = to - 1; bin >= from; bin--) path += `H${(shares[bin]! / most).toFixed(3)}v1`;
  return `${path}H0Z`;
}
