// The network as a stack of stations on a line; what can be added comes from the catalog.
import { Suspense } from "react";
import { AddMenu } from "@/app/_ui/add-menu";
import { formatCount, formatPlural } from "@/app/_ui/format";
import { ProblemText } from "@/app/_ui/problem";
import { Section } from "@/app/_ui/section";
import { layerKinds } from "@/lib/spec/experiment";
import { formatShape } from "@/lib/spec/ops";
import { addLayer, canAddLayer, programOf } from "@/lib/store/spec";
import { definitionOf } from "../controls/layer-body";
import { Locked, LockSign, useLocked } from "../locks";
import { problemsAt } from "../problems";
import { useSpec } from "../use-stores";
import { focusLayer, LayerRow } from "./layer-row";

export function Network() {
  const spec = useSpec();
  const program = programOf(spec);
  const locked = useLocked("layers");
  const parameters = formatPlural(program.parameters, "parameter");
  return (
    <Section
      id="network"
      title="Network"
      aside={
        <>
          {parameters} {locked && <LockSign />}
        </>
      }
    >
      <p className="relative flex h-7 items-center pl-6 text-mini text-soft before:absolute before:top-1/2 before:bottom-0 before:left-[5px] before:w-px before:bg-line">
        <span aria-hidden="true" className="absolute left-[3px] size-[5px] rounded-full bg-soft" />
        Image {formatShape(program.input)}
      </p>
      <Locked part="layers">
        <ol>
          {spec.layers.map((layer, index) => (
            // Each comes to life in a task of its own: thirty at once would hold the page up.
            // biome-ignore lint/suspicious/noArrayIndexKey: a layer has no identity but its place.
            <Suspense key={index}>
              <LayerRow
                layer={layer}
                index={index}
                count={spec.layers.length}
                report={program.layers[index]!}
                total={program.parameters}
                problems={problemsAt(program.problems, `layers[${index}]`)}
              />
            </Suspense>
          ))}
        </ol>
      </Locked>
      {problemsAt(program.problems, "layers").map(({ message, severity }) => (
        <ProblemText key={message} severity={severity} className="mb-2">
          {message}
        </ProblemText>
      ))}
      <div className="flex flex-wrap items-center justify-between gap-x-3">
        {!locked && (
          <AddMenu
            kinds={layerKinds}
            entryOf={definitionOf}
            onAdd={addLayer}
            focus={focusLayer}
            disabled={!canAddLayer(spec)}
          >
            Add a layer
          </AddMenu>
        )}
        <span className="text-mini text-soft">{formatCount(program.macs)} multiply-adds an image</span>
      </div>
    </Section>
  );
}
