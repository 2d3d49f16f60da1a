// The experiment: data, network, training. On narrow screens, or where something else has the room, it is folded into
// what it comes to, in two lines.
import { ChartNoAxesCombined, Redo2, Undo2 } from "lucide-react";
import { useState } from "react";
import { useStore } from "zustand";
import { IconButton, TextButton } from "@/app/_ui/button";
import { formatPlural } from "@/app/_ui/format";
import { ImageCanvas } from "@/app/_ui/image-canvas";
import { datasetOf } from "@/lib/spec/samples";
import { programOf, redo, specStore, undo } from "@/lib/store/spec";
import { Asleep, wakeUp } from "../asleep";
import { useLocks } from "../locks";
import { summarize } from "../summary";
import { useForkedFrom, useSpec } from "../use-stores";
import { Data, usePreview } from "./data";
import { Lineage } from "./lineage";
import { Network } from "./network";
import { StartFrom } from "./start-from";
import { Training } from "./training";

interface ExperimentProps {
  /** Folded on every screen, and in two columns where it is opened and there is room. */
  folded?: boolean;
  /** Somebody wants to compare settings: on phones the header has no room for it. */
  onCompare?(): void;
}

export function Experiment({ folded = false, onCompare }: ExperimentProps) {
  const [open, setOpen] = useState(false);
  const hidden = folded ? "hidden" : "max-lg:hidden";
  return (
    <>
      <Summary
        open={open}
        onToggle={() => {
          wakeUp();
          setOpen(!open);
        }}
        onCompare={onCompare}
        className={folded ? "" : "lg:hidden"}
      />
      <div id="experiment" className={open ? "mt-5" : hidden}>
        {parts.heading}
        <div className={`space-y-7 ${folded ? columns : ""}`}>
          <div className="space-y-7">
            {parts.data}
            {parts.network}
          </div>
          {parts.training}
        </div>
      </div>
    </>
  );
}

const parts = {
  heading: (
    <Asleep>
      <Heading />
    </Asleep>
  ),
  data: (
    <Asleep>
      <Data />
    </Asleep>
  ),
  network: (
    <Asleep>
      <Network />
    </Asleep>
  ),
  training: (
    <Asleep>
      <Training />
    </Asleep>
  ),
};

const columns =
  "border-line border-b pb-7 @min-[38rem]:grid @min-[38rem]:grid-cols-2 @min-[38rem]:gap-x-9 @min-[38rem]:space-y-0";

function Heading() {
  const { title } = useSpec();
  const past = useStore(specStore.temporal, ({ pastStates }) => pastStates.length > 0);
  const future = useStore(specStore.temporal, ({ futureStates }) => futureStates.length > 0);
  const forkedFrom = useForkedFrom();
  const isFree = useLocks().length === 0;
  return (
    <div className="mb-4">
      <div className="flex min-h-7 items-center justify-between gap-3">
        {isFree ? (
          <StartFrom title={title} />
        ) : (
          <p className="min-w-0 truncate font-semibold" suppressHydrationWarning>
            {title === "" ? "Untitled experiment" : title}
          </p>
        )}
        <span className="-mr-1.5 flex shrink-0">
          <IconButton label="Undo" disabled={!past} onClick={undo}>
            <Undo2 className="size-4" aria-hidden="true" />
          </IconButton>
          <IconButton label="Redo" disabled={!future} onClick={redo}>
            <Redo2 className="size-4" aria-hidden="true" />
          </IconButton>
        </span>
      </div>
      {forkedFrom !== null && <Lineage from={forkedFrom} />}
    </div>
  );
}

interface SummaryProps {
  open: boolean;
  onToggle(): void;
  onCompare?(): void;
  className: string;
}

function Summary({ open, onToggle, onCompare, className }: SummaryProps) {
  const spec = useSpec();
  const dataset = datasetOf(spec);
  const preview = usePreview(dataset);
  const { network, training } = summarize(spec);
  return (
    <div className={`flex items-center gap-2.5 ${className}`}>
      <span className="size-8 shrink-0 overflow-hidden rounded-md bg-line">
        {preview !== null && (
          <ImageCanvas images={preview} index={0} dataset={dataset} className="size-full" />
        )}
      </span>
      <div className="min-w-0 flex-1">
        <p className="truncate font-semibold">{network}</p>
        <p className="text-soft text-xs">
          {training} · {formatPlural(programOf(spec).parameters, "parameter")}
        </p>
      </div>
      {onCompare !== undefined && (
        <IconButton label="Compare settings" className="sm:hidden" onClick={onCompare}>
          <ChartNoAxesCombined className="size-[18px]" aria-hidden="true" />
        </IconButton>
      )}
      <TextButton aria-expanded={open} aria-controls="experiment" onClick={onToggle} className="justify-end">
        {open ? "Done" : "Edit"}
      </TextButton>
    </div>
  );
}
