// How a lesson ends: the reader's own runs in a table, the best of them named, each an experiment to open again.
import { Trophy } from "lucide-react";
import { useStore } from "zustand";
import { formatAccuracy } from "@/app/_ui/format";
import { NumberTable } from "@/app/_ui/number-table";
import { encodeExperiment } from "@/lib/share/code";
import { titleOf } from "@/lib/spec/describe";
import * as optimizers from "@/lib/spec/optimizers/registry";
import { lessonStore, type OwnRun } from "@/lib/store/lesson-state";

/** By test accuracy, or by validation where the test images stayed locked. */
const scoreOf = ({ testAccuracy, valAccuracy }: OwnRun): number => testAccuracy ?? valAccuracy ?? 0;

const bestOf = (runs: readonly OwnRun[]): OwnRun | null =>
  runs.reduce<OwnRun | null>(
    (best, run) => (best === null || scoreOf(run) > scoreOf(best) ? run : best),
    null,
  );

const addressOf = ({ spec }: OwnRun): string => `/x/${encodeExperiment(spec)}`;

export default function OwnRuns() {
  const runs = useStore(lessonStore, ({ progress }) => progress.runs);
  const best = bestOf(runs);
  return (
    <section aria-labelledby="own-runs" className="mt-8 border-line border-t pt-4">
      <h3 id="own-runs" className="caps mb-2">
        Your runs in this lesson
      </h3>
      {best === null ? (
        <p className="text-sm text-soft">
          None yet in this browser: each run that you finish in the lesson is listed here.
        </p>
      ) : (
        <>
          <p className="mb-3 text-sm">
            The best so far is <strong className="font-semibold">{titleOf(best.spec)}</strong>, with{" "}
            {best.testAccuracy === null ? "a validation" : "a test"} accuracy of{" "}
            {formatAccuracy(scoreOf(best))}.
          </p>
          <RunsTable runs={runs} best={best} />
        </>
      )}
    </section>
  );
}

function RunsTable({ runs, best }: { runs: readonly OwnRun[]; best: OwnRun }) {
  return (
    <NumberTable caption="Your runs in this lesson, the oldest first">
      <thead className="text-soft">
        <tr>
          <th scope="col" className="py-1 text-left font-normal">
            Experiment
          </th>
          {["Epochs", "Seconds", "Validation", "Test"].map((name) => (
            <th key={name} scope="col" className="py-1 pl-3 font-normal">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {runs.map((run) => (
          <Row key={run.begunAt} run={run} best={run === best} />
        ))}
      </tbody>
    </NumberTable>
  );
}

function Row({ run, best }: { run: OwnRun; best: boolean }) {
  const { spec, epochs, elapsedMs, valAccuracy, testAccuracy } = run;
  const { kind, learningRate } = spec.optimizer;
  return (
    <tr className="border-line border-t align-baseline">
      <th scope="row" className="py-1.5 text-left font-normal">
        <a
          href={addressOf(run)}
          className="inline-flex tap items-center gap-1.5 font-medium text-train hover:underline hover:underline-offset-4"
        >
          {titleOf(spec)}
          {best && <Trophy className="size-3.5 shrink-0 text-ink" aria-label="the best" />}
        </a>
        <span className="block text-2xs text-soft">
          {optimizers[kind].label} {learningRate} · batch {spec.training.batchSize}
        </span>
      </th>
      <td className="pl-3">{epochs}</td>
      <td className="pl-3">{(elapsedMs / 1000).toFixed(1)}</td>
      <td className="pl-3">{valAccuracy === null ? "–" : formatAccuracy(valAccuracy)}</td>
      <td className={`pl-3 ${best ? "font-semibold" : ""}`}>
        {testAccuracy === null ? "–" : formatAccuracy(testAccuracy)}
      </td>
    </tr>
  );
}
