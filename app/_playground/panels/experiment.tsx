// The experiment: data, network, training. On narrow screens, or where something else has the room, it is folded into
// what it comes to, in two lines.
import { ChartNoAxesCombined } from "lucide-react";
import { lazy, useMemo, useState } from "react";
import { IconButton, TextButton } from "@/app/_ui/button";
import { formatPlural } from "@/app/_ui/format";
import { ImageCanvas } from "@/app/_ui/image-canvas";
import { datasetOf } from "@/lib/spec/samples";
import { programOf } from "@/lib/store/spec";
import { Asleep, early, wakeUp } from "../asleep";
import { summarize } from "../summary";
import { usePreview } from "../use-preview";
import { useSpec } from "../use-stores";

interface ExperimentProps {
  /** Folded on every screen, and in two columns where it is opened and there is room. */
  folded?: boolean;
  /** Somebody wants to compare settings: on phones the header has no room for it. */
  onCompare?(): void;
}

const Form = lazy(early(() => import("./form")));

export function Experiment({ folded = false, onCompare }: ExperimentProps) {
  const [open, setOpen] = useState(false);
  const [ready, setReady] = useState(false);
  const form = useMemo(
    () => (
      <Asleep>
        <Form columns={folded} onReady={() => setReady(true)} />
      </Asleep>
    ),
    [folded],
  );
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
      <div id="experiment" aria-busy={!ready} className={open ? "mt-5 aria-busy:opacity-60" : hidden}>
        {form}
      </div>
    </>
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
