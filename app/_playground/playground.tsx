"use client";
// The playground: the experiment at the left, its run in the middle, its log at the right; one column on phones.
import { lazy, type ReactNode, Suspense, useEffect, useState } from "react";
import { Header } from "@/app/_ui/header";
import { SkipLink } from "@/app/_ui/skip-link";
import { restoreSettings } from "@/lib/store/settings";
import { keepRuns } from "@/lib/store/shelf-keeping";
import type { SpecState } from "@/lib/store/spec";
import { useAddress } from "./address";
import { Announcer } from "./announcer";
import { PageActions } from "./page-actions";
import { Charts } from "./panels/charts";
import { Details, OwnDetails } from "./panels/details";
import { Experiment } from "./panels/experiment";
import { Log } from "./panels/log";
import { Drawing, Predictions } from "./panels/predictions";
import { RunPanel } from "./panels/run-panel";
import { KeptHere } from "./storage/kept-here";
import { useDialogs } from "./use-dialogs";
import { useKeys } from "./use-keys";
import { OpeningContext, useOpening, useRun } from "./use-stores";

const LookCloser = lazy(() => import("./lens/look-closer"));

interface PlaygroundProps {
  /** What it begins with; the first lesson's experiment where left out. */
  opening?: SpecState | null;
  /** What stands above it in place of the header. */
  bar?: ReactNode;
  /** It is as tall as its content, and no part of it scrolls by itself. */
  natural?: boolean;
}

export function Playground({ opening = null, bar, natural }: PlaygroundProps) {
  useOpening(opening);
  return (
    <OpeningContext value={opening}>
      <Page bar={bar} natural={natural} />
    </OpeningContext>
  );
}

function Page({ bar, natural = false }: Pick<PlaygroundProps, "bar" | "natural">) {
  const { open, dialog } = useDialogs();
  useKeys(open);
  useEffect(restoreSettings, []);
  useEffect(keepRuns, []);
  useAddress();
  return (
    <div className={natural ? "" : "lg:flex lg:h-screenful lg:flex-col"}>
      <SkipLink />
      {bar ?? (
        <Header>
          <PageActions onOpen={open} />
        </Header>
      )}
      {/* Columns scroll by themselves; what is placed in one, for screen readers too, must not lengthen the page. */}
      <main className="lg:grid lg:min-h-0 lg:flex-1 lg:grid-cols-[19.5rem_minmax(0,1fr)] xl:grid-cols-[19.5rem_minmax(0,1fr)_18.5rem]">
        <h1 className="sr-only">Playground</h1>
        <div className="relative border-line border-b px-4 py-3.5 lg:overflow-y-auto lg:border-r lg:border-b-0 lg:px-7 lg:py-5">
          <Experiment onCompare={bar === undefined ? () => open("sweep") : undefined} />
        </div>
        <div className="relative lg:overflow-y-auto xl:contents">
          <div
            id="run"
            tabIndex={-1}
            className="relative space-y-6 px-4 pt-4 pb-8 outline-none lg:px-7 lg:pt-6 xl:overflow-y-auto"
          >
            <RunPanel onSubmit={() => open("submit")} />
            <Charts />
            <Predictions />
            <Drawing />
            <Closer />
          </div>
          <div className="relative space-y-8 border-line px-4 pb-32 natural:pb-8 lg:px-7 lg:pb-8 xl:flex xl:min-h-0 xl:flex-col xl:overflow-y-auto xl:border-l xl:pt-6">
            <Log />
            <Details />
            <OwnDetails />
            {bar === undefined && <KeptHere onOpen={() => open("storage")} />}
          </div>
        </div>
      </main>
      <Announcer />
      {dialog}
    </div>
  );
}

/** Once there was a network to look at, or a run that came to none and why, until the run is forgotten. */
function Closer() {
  const begun = useRun(({ spec }) => spec !== null);
  const there = useRun(
    ({ history, opened, failure }) => opened || history.length > 0 || failure?.code === "diverged",
  );
  const [shown, setShown] = useState(false);
  const next = begun && (shown || there);
  if (next !== shown) setShown(next);
  return (
    next && (
      <Suspense>
        <LookCloser />
      </Suspense>
    )
  );
}
