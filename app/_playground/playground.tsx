"use client";
// The playground: the experiment at the left, its run in the middle, its log at the right; one column on phones.
import { History, Keyboard, Share2 } from "lucide-react";
import { lazy, type ReactNode, Suspense, useCallback, useEffect, useState } from "react";
import { Button, IconButton } from "@/app/_ui/button";
import { Header } from "@/app/_ui/header";
import { LeaderboardLink } from "@/app/_ui/leaderboard-link";
import { ThemeMenu } from "@/app/_ui/theme-menu";
import { restoreSettings } from "@/lib/store/settings";
import { keepRuns } from "@/lib/store/shelf-keeping";
import type { SpecState } from "@/lib/store/spec";
import { useAddress } from "./address";
import { Announcer } from "./announcer";
import { Charts } from "./panels/charts";
import { Details } from "./panels/details";
import { Experiment } from "./panels/experiment";
import { Log } from "./panels/log";
import { Drawing, Predictions } from "./panels/predictions";
import { RunPanel } from "./panels/run-panel";
import { useKeys } from "./use-keys";
import { OpeningContext, useOpening } from "./use-stores";

/** What opens over the page; each is downloaded when it is first asked for. */
const dialogs = {
  keys: lazy(() => import("./keys-dialog")),
  runs: lazy(() => import("./shelf/shelf-dialog")),
  share: lazy(() => import("./share/share-dialog")),
  submit: lazy(() => import("./submit/submit-dialog")),
};

interface PlaygroundProps {
  /** What it begins with; the first lesson's experiment where left out. */
  opening?: SpecState | null;
  /** What stands above it in place of the header. */
  bar?: ReactNode;
}

export function Playground({ opening = null, bar }: PlaygroundProps) {
  useOpening(opening);
  return (
    <OpeningContext value={opening}>
      <Page bar={bar} />
    </OpeningContext>
  );
}

function Page({ bar }: Pick<PlaygroundProps, "bar">) {
  const [shown, setShown] = useState<keyof typeof dialogs | null>(null);
  const Shown = shown === null ? null : dialogs[shown];
  useKeys(useCallback(() => setShown("keys"), []));
  useEffect(restoreSettings, []);
  useEffect(keepRuns, []);
  useAddress();
  return (
    <div className="lg:flex lg:h-dvh lg:flex-col">
      <a
        href="#run"
        className="sr-only focus:not-sr-only focus:fixed focus:top-3 focus:left-3 focus:z-50 focus:rounded-lg focus:bg-raised focus:px-4 focus:py-2.5"
      >
        Skip to the run
      </a>
      {bar ?? (
        <Header>
          <LeaderboardLink />
          <Button onClick={() => setShown("share")} className="mr-1 max-[22.5rem]:mr-0 max-sm:px-3">
            <Share2 className="size-4 max-[22.5rem]:hidden" aria-hidden="true" />
            Share
          </Button>
          <IconButton label="Runs" className="size-9" onClick={() => setShown("runs")}>
            <History className="size-[18px]" aria-hidden="true" />
          </IconButton>
          <IconButton label="Keys" className="size-9 max-sm:hidden" onClick={() => setShown("keys")}>
            <Keyboard className="size-[18px]" aria-hidden="true" />
          </IconButton>
          <ThemeMenu />
        </Header>
      )}
      {/* Columns scroll by themselves; what is placed in one, for screen readers too, must not lengthen the page. */}
      <main className="lg:grid lg:min-h-0 lg:flex-1 lg:grid-cols-[19.5rem_minmax(0,1fr)] xl:grid-cols-[19.5rem_minmax(0,1fr)_18.5rem]">
        <h1 className="sr-only">Playground</h1>
        <div className="relative border-line border-b px-4 py-3.5 lg:overflow-y-auto lg:border-r lg:border-b-0 lg:px-7 lg:py-5">
          <Experiment />
        </div>
        <div className="relative lg:overflow-y-auto xl:contents">
          <div
            id="run"
            tabIndex={-1}
            className="relative space-y-6 px-4 pt-4 pb-8 outline-none lg:px-7 lg:pt-6 xl:overflow-y-auto"
          >
            <RunPanel onSubmit={() => setShown("submit")} />
            <Charts />
            <Predictions />
            <Drawing />
          </div>
          <div className="relative space-y-8 border-line px-4 pb-32 lg:px-7 lg:pb-8 xl:flex xl:min-h-0 xl:flex-col xl:overflow-y-auto xl:border-l xl:pt-6">
            <Log />
            <Details />
          </div>
        </div>
      </main>
      <Announcer />
      {Shown !== null && (
        <Suspense>
          <Shown onClose={() => setShown(null)} />
        </Suspense>
      )}
    </div>
  );
}
