// The title says nothing of how a network is trained, and the panel asks for one when the run is over.
import type { ExperimentSpec } from "@/lib/spec/experiment";
import { sameExperiment } from "@/lib/store/spec";

/** The run's own experiment, under the title that the page has now where nothing else was edited since. */
export function titledAs(trained: ExperimentSpec, present: ExperimentSpec): ExperimentSpec {
  if (trained.title === present.title) return trained;
  const titled = { ...trained, title: present.title };
  return sameExperiment(titled, present) ? titled : trained;
}
