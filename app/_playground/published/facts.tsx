// What was trained, where, and how long it took: read-only, in the order in which one asks.
import type { ReactNode } from "react";
import { formatBytes, formatCount, formatPlural } from "@/app/_ui/format";
import { Section } from "@/app/_ui/section";
import type { StoredRun } from "@/lib/runs/archive";
import * as callbacks from "@/lib/spec/callbacks/registry";
import { describeOptimizer } from "@/lib/spec/describe";
import { formatShape } from "@/lib/spec/ops";
import { countSamples, datasetOf } from "@/lib/spec/samples";
import { programOf } from "@/lib/store/spec";
import { definitionOf } from "../controls/layer-body";
import { Lineage } from "../panels/lineage";
import { formatDate, formatPlace } from "./words";

const encodings = { int8: "8 bits", float32: "32 bits" } as const;

export function Facts({ published }: { published: StoredRun }) {
  const { run, weights } = published;
  const { experiment: spec, environment, history, forkedFrom, restoredEpoch } = run;
  const { train, validation } = countSamples(spec);
  const program = programOf(spec);
  return (
    <>
      <dl className="space-y-2">
        <Fact name="Data">
          {datasetOf(spec).label}, {formatCount(train)} train · {formatCount(validation)} val
        </Fact>
        <Fact name="Training">
          {describeOptimizer(spec)} · batch {spec.training.batchSize} ·{" "}
          {formatPlural(history.length, "epoch")}
        </Fact>
        {spec.callbacks.length > 0 && (
          <Fact name="Callbacks">{spec.callbacks.map(({ kind }) => callbacks[kind].label).join(", ")}</Fact>
        )}
        <Fact name="Trained">
          in {(environment.elapsedMs / 1000).toFixed(2)} s with {formatPlace(environment)}
        </Fact>
        <Fact name="Finished">{formatDate(environment.finishedAt)}</Fact>
        <Fact name="Weights">
          {restoredEpoch !== undefined && `of epoch ${restoredEpoch}, `}
          {encodings[weights.encoding]} each, {formatBytes(weights.sizeBytes)}
        </Fact>
        {forkedFrom !== null && (
          <Fact name="Lineage">
            <Lineage from={forkedFrom} />
          </Fact>
        )}
      </dl>
      <Section id="network" title="Network" aside={formatPlural(program.parameters, "parameter")}>
        <ol className="space-y-2.5">
          {spec.layers.map((layer, index) => {
            const { output, parameters } = program.layers[index]!;
            const share = program.parameters === 0 ? 0 : parameters / program.parameters;
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: a layer has no identity but its place.
              <li key={index}>
                <p className="flex items-baseline justify-between gap-3">
                  <span>
                    <span className="font-medium">{definitionOf(layer.kind).label}</span>
                    {output !== null && (
                      <span className="ml-2 text-mini text-soft">{formatShape(output)}</span>
                    )}
                  </span>
                  <span className="text-mini text-soft">{formatCount(parameters)}</span>
                </p>
                <div className="mt-1 h-[3px] overflow-hidden rounded-full bg-line">
                  <div className="h-full rounded-full bg-soft" style={{ width: `${100 * share}%` }} />
                </div>
              </li>
            );
          })}
        </ol>
      </Section>
    </>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex items-baseline justify-between gap-4">
      <dt className="shrink-0 text-soft">{name}</dt>
      <dd className="text-right">{children}</dd>
    </div>
  );
}
