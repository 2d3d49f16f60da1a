// Opening what somebody pasted, dropped or chose: the experiment, and where the link has one, its trained network.
import { useState } from "react";
import { decodeCapsule } from "@/lib/share/capsule";
import { type ReadExperiment, readExperiment, readExperimentFile } from "@/lib/share/file";
import { inSlices } from "@/lib/share/slices";
import { isActive } from "@/lib/store/reduce";
import { openTrained, runStore } from "@/lib/store/run";
import { openExperiment } from "@/lib/store/spec";
import { sentenceOf } from "./words";

async function open({ spec, forkedFrom, capsule }: ReadExperiment): Promise<void> {
  const weights = capsule === null ? null : await inSlices(decodeCapsule(spec, capsule));
  openExperiment(spec, forkedFrom);
  // A run that is on is not ended by a link.
  if (weights !== null && !isActive(runStore.getState().state)) await openTrained(spec, weights);
}

/** @param onOpened the experiment is on the page now */
export function useOpen(onOpened: () => void) {
  const [problem, setProblem] = useState<string | null>(null);

  async function attempt(read: () => ReadExperiment | Promise<ReadExperiment>): Promise<void> {
    setProblem(null);
    try {
      await open(await read());
      onOpened();
    } catch (error) {
      setProblem(sentenceOf(error));
    }
  }

  return {
    /** Why the last thing could not be opened, in one sentence. */
    problem,
    forget: () => setProblem(null),
    openText: (text: string) => attempt(() => readExperiment(text)),
    openFile: (file: File) => attempt(() => readExperimentFile(file)),
  };
}

export type Opening = ReturnType<typeof useOpen>;
