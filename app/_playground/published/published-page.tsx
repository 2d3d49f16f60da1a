"use client";
// The page of a published run: what was trained, how it went, and the trained network itself to try.
import { GitFork } from "lucide-react";
import { lazy, Suspense, useEffect, useMemo, useState } from "react";
import { buttonClass } from "@/app/_ui/button";
import { formatAccuracy } from "@/app/_ui/format";
import { Header } from "@/app/_ui/header";
import { LeaderboardLink } from "@/app/_ui/leaderboard-link";
import { ProblemText } from "@/app/_ui/problem";
import { ThemeMenu } from "@/app/_ui/theme-menu";
import type { StoredRun } from "@/lib/runs/archive";
import { encodeExperiment } from "@/lib/share/code";
import { downloadWeights } from "@/lib/share/download";
import { titleOf } from "@/lib/spec/describe";
import { openRun } from "@/lib/store/run";
import { programOf } from "@/lib/store/spec";
import { Charts } from "../panels/charts";
import { Log } from "../panels/log";
import { Drawing, Predictions } from "../panels/predictions";
import { TestHere } from "../panels/test-here";
import { OpeningContext, useOpening } from "../use-stores";
import { Facts } from "./facts";
import { Replay } from "./replay";

const Address = lazy(() => import("./address"));

/** Opens the run in the page's stores. @returns why its network cannot answer, once that is known */
function usePublished(published: StoredRun): string | null {
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    const { experiment } = published.run;
    let wanted = true;
    openRun(published.run, downloadWeights(published, programOf(experiment))).catch((error) => {
      if (wanted) setProblem(error instanceof Error ? error.message : String(error));
    });
    return () => {
      wanted = false;
    };
  }, [published]);
  return problem;
}

/** What the weights that are stored lost on their way. */
const storedAs = ({ weights: { encoding, testAccuracy } }: StoredRun): string =>
  encoding === "float32"
    ? "its weights are stored as they were trained"
    : `${formatAccuracy(testAccuracy)} with its weights as they are stored, in 8 bits`;

export function PublishedPage({ published }: { published: StoredRun }) {
  const { run, id } = published;
  const { experiment: spec, forkedFrom } = run;
  const opening = useMemo(() => ({ spec, forkedFrom }), [spec, forkedFrom]);
  useOpening(opening);
  const problem = usePublished(published);
  const [shown, setShown] = useState(false);
  useEffect(() => setShown(true), []);
  return (
    <OpeningContext value={opening}>
      <div className="lg:flex lg:h-screenful lg:flex-col">
        <Header home="/">
          <LeaderboardLink />
          <ThemeMenu />
        </Header>
        <main className="flex flex-col lg:grid lg:min-h-0 lg:flex-1 lg:grid-cols-[19.5rem_minmax(0,1fr)] xl:grid-cols-[19.5rem_minmax(0,1fr)_18.5rem]">
          {/* On phones what one asks for last comes last: the column is not there, its parts are. */}
          <div className="contents border-line lg:relative lg:block lg:space-y-7 lg:overflow-y-auto lg:border-r lg:px-7 lg:py-6">
            <div className="border-line border-b px-4 py-4 lg:border-0 lg:p-0">
              <p className="caps mb-1.5">Published run</p>
              <h1 className="wrap-anywhere font-semibold text-xl leading-7">{titleOf(spec)}</h1>
              <a
                href={`/x/${encodeExperiment(spec)}?from=${id}`}
                className={`mt-4 ${buttonClass({ filled: true })}`}
              >
                <GitFork className="size-4" aria-hidden="true" />
                Fork
              </a>
              <p className="mt-2 mb-5 text-mini text-soft">opens this experiment to change and train</p>
              <div className="min-h-24">
                {shown && (
                  <Suspense>
                    <Address id={id} />
                  </Suspense>
                )}
              </div>
            </div>
            <div className="order-1 space-y-7 px-4 pb-12 lg:p-0">
              <Facts published={published} />
            </div>
          </div>
          <div className="relative lg:overflow-y-auto xl:contents">
            <div className="relative space-y-6 px-4 pt-5 pb-8 lg:px-7 lg:pt-6 xl:overflow-y-auto">
              <div>
                <p className="text-base">
                  <span className="font-semibold">Test accuracy {formatAccuracy(run.test.accuracy)}</span>
                  {" · "}test loss {run.test.loss.toFixed(4)}
                </p>
                <TestHere note={storedAs(published)} />
              </div>
              {problem !== null && <ProblemText severity="error">{problem}</ProblemText>}
              <Charts />
              <Predictions />
              <Drawing />
            </div>
            <div className="relative space-y-8 border-line px-4 pb-8 lg:px-7 lg:pb-8 xl:flex xl:min-h-0 xl:flex-col xl:overflow-y-auto xl:border-l xl:pt-6">
              <Replay record={run} />
              <Log />
            </div>
          </div>
        </main>
      </div>
    </OpeningContext>
  );
}
