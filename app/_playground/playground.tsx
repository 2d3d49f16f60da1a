"use client";
// The playground: the experiment at the left, its run in the middle, its log at the right; one column on phones.
import { Keyboard } from "lucide-react";
import { lazy, Suspense, useCallback, useEffect, useState } from "react";
import { IconButton } from "@/app/_ui/button";
import { Header } from "@/app/_ui/header";
import { ThemeMenu } from "@/app/_ui/theme-menu";
import { restoreSettings } from "@/lib/store/settings";
import type { SpecState } from "@/lib/store/spec";
import { Announcer } from "./announcer";
import { Charts } from "./panels/charts";
import { Details } from "./panels/details";
import { Experiment } from "./panels/experiment";
import { Log } from "./panels/log";
import { Drawing, Predictions } from "./panels/predictions";
import { RunPanel } from "./panels/run-panel";
import { useKeys } from "./use-keys";
import { OpeningContext, useOpening } from "./use-stores";

const KeysDialog = lazy(() => import("./keys-dialog"));

interface PlaygroundProps {
  /** What it begins with; the first lesson's experiment where left out. */
  opening?: SpecState | null;
}

export function Playground({ opening = null }: PlaygroundProps) {
  useOpening(opening);
  return (
    <OpeningContext value={opening}>
      <Page />
    </OpeningContext>
  );
}

function Page() {
  const [keysShown, setKeysShown] = useState(false);
  useKeys(useCallback(() => setKeysShown(true), []));
  useEffect(restoreSettings, []);
  return (
    <div className="lg:flex lg:h-dvh lg:flex-col">
      <a
        href="#run"
        className="sr-only focus:not-sr-only focus:fixed focus:top-3 focus:left-3 focus:z-50 focus:rounded-lg focus:bg-raised focus:px-4 focus:py-2.5"
      >
        Skip to the run
      </a>
      <Header>
        <IconButton label="Keys" className="size-9" onClick={() => setKeysShown(true)}>
          <Keyboard className="size-[18px]" aria-hidden="true" />
        </IconButton>
        <ThemeMenu />
      </Header>
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
            <RunPanel />
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
      {keysShown && (
        <Suspense>
          <KeysDialog onClose={() => setKeysShown(false)} />
        </Suspense>
      )}
    </div>
  );
}
