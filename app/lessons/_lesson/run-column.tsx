// The live playground beside a lesson's text, below it on phones. It is downloaded and brought to life after the text.
import { useEffect } from "react";
import { Announcer } from "@/app/_playground/announcer";
import { Charts } from "@/app/_playground/panels/charts";
import { Details } from "@/app/_playground/panels/details";
import { Experiment } from "@/app/_playground/panels/experiment";
import { Log } from "@/app/_playground/panels/log";
import { Drawing, Predictions } from "@/app/_playground/panels/predictions";
import { RunPanel } from "@/app/_playground/panels/run-panel";
import { KeptHere } from "@/app/_playground/storage/kept-here";
import type { Dialogs } from "@/app/_playground/use-dialogs";
import { useKeys } from "@/app/_playground/use-keys";
import { OpeningContext, useOpening } from "@/app/_playground/use-stores";
import type { LessonSlug } from "@/lib/lessons/registry";
import { lessonStore } from "@/lib/store/lesson-state";
import { restoreSettings } from "@/lib/store/settings";
import { keepRuns } from "@/lib/store/shelf-keeping";
import type { SpecState } from "@/lib/store/spec";
import { Apparatus } from "./apparatus";
import type { StepView } from "./lesson-page";

interface RunColumnProps {
  slug: LessonSlug;
  /** The open one. */
  step: StepView;
  /** What the page begins with, in which the server draws it; null for the first lesson's. Must stay the same. */
  opening: SpecState | null;
  /** It stands in another site's page. */
  isFramed: boolean;
  onOpen: Dialogs["open"];
}

export default function RunColumn({ slug, step, opening, isFramed, onOpen }: RunColumnProps) {
  // A step that is open by now has brought its own experiment.
  useOpening(lessonStore.getState().step === null ? opening : null);
  useKeys(onOpen);
  useEffect(restoreSettings, []);
  useEffect(keepRuns, []);
  return (
    <OpeningContext value={opening}>
      <div
        id="run"
        tabIndex={-1}
        className="relative px-4 pt-4 pb-32 outline-none natural:pb-8 lg:overflow-y-auto lg:px-7 lg:pt-5 lg:pb-8"
      >
        <div className="space-y-6">
          <div className="@container">
            <Experiment folded />
          </div>
          <Apparatus slug={slug} step={step} place="run" />
          <RunPanel onSubmit={() => onOpen("submit")} />
          <Charts />
          <div className="@container">
            <div className="grid gap-x-9 gap-y-8 @min-[44rem]:grid-cols-2">
              <div className="min-w-0 space-y-6">
                <Predictions />
                <Drawing />
              </div>
              {/* Down by what the button beside the other name makes that one higher. */}
              <div className="min-w-0 space-y-8 @min-[44rem]:pt-1 xl:[&_[role=log]]:max-h-96">
                <Log />
                <Details />
                {!isFramed && <KeptHere onOpen={() => onOpen("storage")} />}
              </div>
            </div>
          </div>
        </div>
      </div>
      <Announcer />
    </OpeningContext>
  );
}
