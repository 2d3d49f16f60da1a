// The last epoch that the run printed, taken apart: each part of the line says what it is, with the run's own numbers.
import { Tabs } from "radix-ui";
import { useRun, useSpec } from "@/app/_playground/use-stores";
import { formatCount, formatDuration } from "@/app/_ui/format";
import { TabPanel } from "@/app/_ui/tabs";
import { type OutputTerm, outputTerms, termMark } from "@/lib/lessons/output-terms";
import type { EpochRecord } from "@/lib/metrics/history";
import type { ExperimentSpec } from "@/lib/spec/experiment";
import { countSamples, stepsPerEpoch } from "@/lib/spec/samples";
import type { FigureProps } from "./figure";

interface Printed {
  spec: ExperimentSpec;
  /** Null before the first epoch is over. */
  record: EpochRecord | null;
  /** Epochs to reach. */
  to: number;
}

export default function TrainingOutput({ facts, marks }: FigureProps) {
  const edited = useSpec();
  const printed: Printed = {
    spec: useRun((run) => run.spec) ?? edited,
    record: useRun((run) => run.history.at(-1)) ?? null,
    to: useRun((run) => run.to) || edited.training.epochs,
  };
  return (
    <figure className="rounded-xl border border-line bg-raised p-4">
      <Tabs.Root onValueChange={(term) => marks(termMark(term as OutputTerm), true)}>
        <Tabs.List
          aria-label="Parts of what an epoch prints"
          className="flex flex-wrap items-center font-mono text-xs leading-5"
        >
          {outputTerms.map((term, index) => (
            <span key={term} className={`inline-flex items-center ${index === 0 ? "basis-full" : ""}`}>
              <Tabs.Trigger
                value={term}
                className={`tap rounded px-1 underline decoration-dotted underline-offset-4 hover:bg-hover data-[state=active]:bg-ink data-[state=active]:text-paper data-[state=active]:no-underline ${facts.marks[termMark(term)] === true ? "decoration-correct" : "decoration-soft"}`}
              >
                {texts[term](printed)}
              </Tabs.Trigger>
              {index > 0 && index < outputTerms.length - 1 && (
                <span aria-hidden="true" className="px-1 text-soft">
                  -
                </span>
              )}
            </span>
          ))}
        </Tabs.List>
        <div className="mt-3 min-h-24 border-line border-t pt-3 text-sm leading-6">
          <p className="text-soft [[role=tablist]:has([data-state=active])+div_&]:hidden">
            {printed.record === null
              ? "After the first epoch the run’s own numbers stand here. Choose a part to see what it is."
              : "Choose a part to see what it is."}
          </p>
          {outputTerms.map((term) => (
            <TabPanel key={term} value={term}>
              {explanations[term](printed)}
            </TabPanel>
          ))}
        </div>
      </Tabs.Root>
    </figure>
  );
}

const fixed = (value: number | null | undefined): string => value?.toFixed(4) ?? "–";

const texts: Record<OutputTerm, (printed: Printed) => string> = {
  epoch: ({ record, to }) => `Epoch ${record?.epoch ?? 1}/${to}`,
  steps: ({ spec }) => `${stepsPerEpoch(spec)}/${stepsPerEpoch(spec)}`,
  time: ({ record }) => (record === null ? "–s" : `${(record.elapsedMs / 1000).toFixed(2)}s`),
  "step time": ({ record }) => `${record?.msPerStep.toFixed(1) ?? "–"}ms/step`,
  loss: ({ record }) => `loss: ${fixed(record?.loss)}`,
  accuracy: ({ record }) => `accuracy: ${fixed(record?.accuracy)}`,
  val_loss: ({ record }) => `val_loss: ${fixed(record?.valLoss)}`,
  val_accuracy: ({ record }) => `val_accuracy: ${fixed(record?.valAccuracy)}`,
};

const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;

const NONE_KEPT = "Nothing: this run keeps no images aside for validation.";

const explanations: Record<OutputTerm, (printed: Printed) => string> = {
  epoch: ({ spec, record, to }) =>
    `One epoch is one pass over all ${formatCount(countSamples(spec).train)} training images. This was pass ${record?.epoch ?? 1} of ${to}.`,
  steps: ({ spec }) =>
    `${formatCount(countSamples(spec).train)} images in batches of ${spec.training.batchSize} make ${formatCount(stepsPerEpoch(spec))} batches. After each of them the weights change once: that is a step.`,
  time: ({ record }) =>
    `What this epoch took on your device, its validation included${record === null ? "" : `: ${formatDuration(record.elapsedMs)}`}.`,
  "step time": ({ spec }) =>
    `What one step took on average: ${spec.training.batchSize} images through the network, the gradients back, and the weights moved.`,
  loss: ({ record }) =>
    `How wrong the network was, averaged over the epoch’s batches. It is the number that training makes smaller; 0 would be certain and right each time.${record === null ? "" : ` At ${fixed(record.loss)} the right digit got a probability of about ${Math.exp(-record.loss).toFixed(2)}.`}`,
  accuracy: ({ record }) =>
    `The share of training images that were read right, counted while the weights were still changing${record === null ? "" : `: ${percent(record.accuracy)}`}.`,
  val_loss: ({ spec }) =>
    countSamples(spec).validation === 0
      ? NONE_KEPT
      : `The same loss on the ${formatCount(countSamples(spec).validation)} images kept aside, measured once when the epoch was over. No step of the weights ever looks at them.`,
  val_accuracy: ({ spec, record }) =>
    countSamples(spec).validation === 0
      ? NONE_KEPT
      : `The share of the ${formatCount(countSamples(spec).validation)} validation images that were read right${record?.valAccuracy == null ? "" : `: ${percent(record.valAccuracy)}`}. This says more than accuracy does about images that are new.`,
};
