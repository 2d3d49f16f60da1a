// The step's other experiments, each a button away; the one that is loaded is pressed.
import { useSpec } from "@/app/_playground/use-stores";
import { openExperiment, sameExperiment } from "@/lib/store/spec";
import type { StepView } from "./lesson-page";

export default function Variants({ variants }: Pick<StepView, "variants">) {
  const spec = useSpec();
  return (
    <fieldset className="flex flex-wrap items-center gap-2">
      <legend className="sr-only">Experiments of this step</legend>
      {variants.map(({ label, experiment }) => (
        <button
          key={label}
          type="button"
          aria-pressed={sameExperiment(spec, experiment)}
          onClick={() => openExperiment(experiment)}
          className="tap rounded-full border border-line px-3.5 py-1 text-mini hover:border-soft aria-pressed:border-ink aria-pressed:font-medium"
        >
          {label}
        </button>
      ))}
    </fieldset>
  );
}
