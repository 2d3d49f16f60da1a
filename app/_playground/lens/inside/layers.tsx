// What every layer makes of the image, live while it trains: units as a strip, channels as a grid of maps.
import { useState } from "react";
import type { StationActivation } from "@/lib/lens/contract";
import { formatShape } from "@/lib/spec/ops";
import { classNamesOf } from "../../class-names";
import { Bars } from "../../panels/prediction-tile";
import type { InsideProps } from "../inside";
import { useLens } from "../use-lens";
import { limitOf } from "./pictures";
import { ChoosableSheet } from "./sheet";
import { Strongest } from "./strongest";
import { Problem, Table } from "./table";

/** Pictures beside each other: maps that a finger can hit, and units as small squares. */
const MAP_COLUMNS = 8;
const UNIT_COLUMNS = 32;
const UNIT_ZOOM = 6;
/** Pixels that a map has at least, about: the gap between two is one. */
const FINE = 28;

interface Chosen {
  steps: number;
  unit: number;
}

export default function Layers({ spec, image }: InsideProps) {
  const { answer, problem } = useLens("activations", image && { image }, { live: true });
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const names = classNamesOf(spec);
  if (problem !== null && answer === null) return <Problem>{problem}</Problem>;
  if (answer === null) return <div className="h-72" />;
  const { stations, probabilities } = answer;
  const best = probabilities.reduce((most, p, kind) => (p > probabilities[most]! ? kind : most), 0);
  return (
    <div className="space-y-5">
      <ol className="space-y-5">
        {stations.slice(0, -1).map((station) => (
          <li key={station.steps}>
            <StationView
              station={station}
              chosen={chosen?.steps === station.steps ? chosen.unit : null}
              onChoose={(unit) => setChosen({ steps: station.steps, unit })}
            />
            {chosen?.steps === station.steps && (
              <Strongest spec={spec} steps={station.steps} unit={chosen.unit} noun={nounOf(station)} />
            )}
          </li>
        ))}
        {probabilities.length === names.length && (
          <li>
            <Heading name={stations.at(-1)!.name} aside={`read as ${names[best]}`} />
            <Bars probabilities={probabilities} names={names} chosen={best} label={null} />
          </li>
        )}
      </ol>
      <Table
        title="The layers in numbers"
        head={["Layer", "Shape", "Silent", "Strongest", "Answer"]}
        rows={stations.map((station) => [
          station.name,
          formatShape(station.shape),
          `${station.silent} of ${station.shape.at(-1)}`,
          `${nounOf(station)} ${station.strongest + 1}`,
          station.peak.toPrecision(3),
        ])}
      />
    </div>
  );
}

const nounOf = ({ shape }: Pick<StationActivation, "shape">) => (shape.length === 1 ? "unit" : "channel");

function Heading({ name, aside }: { name: string; aside: string }) {
  return (
    <p className="mb-1 flex items-baseline justify-between gap-3">
      <span className="min-w-0 truncate font-medium">{name}</span>
      <span className="shrink-0 text-mini text-soft">{aside}</span>
    </p>
  );
}

interface StationViewProps {
  station: StationActivation;
  chosen: number | null;
  onChoose(unit: number): void;
}

function StationView({ station, chosen, onChoose }: StationViewProps) {
  const { name, shape, shown, values, silent, strongest, peak } = station;
  const noun = nounOf(station);
  const all = shape.at(-1)!;
  const [height, width] = shape.length === 1 ? [1, 1] : [shape[0]!, shape[1]!];
  const isFlat = height * width === 1;
  const most = isFlat ? UNIT_COLUMNS : MAP_COLUMNS;
  const part = shown < all ? `the first ${shown} of ` : "";
  const label = `${name}: ${part}${all} ${noun}s, ${silent} of them silent; ${noun} ${strongest + 1} is the strongest with ${peak.toPrecision(3)}.`;
  return (
    <>
      <Heading name={name} aside={`${part}${formatShape(shape)}${silent > 0 ? ` · ${silent} silent` : ""}`} />
      <div style={{ width: `${Math.min(100, (100 * shown) / most)}%` }} className="max-w-xl">
        <ChoosableSheet
          values={values}
          count={shown}
          height={height}
          width={width}
          columns={Math.min(shown, most)}
          zoom={isFlat ? UNIT_ZOOM : Math.max(1, Math.round(FINE / height))}
          limit={limitOf(values)}
          label={label}
          noun={noun}
          chosen={chosen}
          text={`${noun} ${(chosen ?? 0) + 1}: at most ${peakOf(station, chosen ?? 0).toPrecision(3)}`}
          onChoose={onChoose}
        />
      </div>
    </>
  );
}

function peakOf({ values, shown }: StationActivation, unit: number): number {
  const pixels = values.length / shown;
  return values
    .subarray(unit * pixels, (unit + 1) * pixels)
    .reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
}
