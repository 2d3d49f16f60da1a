// What a card has found out. As soon as its ill run is over, the gradients at both ends of it are measured; what comes of
// that, and of the mended run, is noted, because runs and weights are gone with the page and a note stays.
import { useEffect, useEffectEvent, useState } from "react";
import { useRun } from "@/app/_playground/use-stores";
import { cardRuns, isExperiment, issueCards } from "@/lib/lessons/binary-classification/issues";
import { evidenceMark, soundMark } from "@/lib/lessons/binary-classification/marks";
import type { RunFacts } from "@/lib/lessons/facts";
import { diagnose, type Finding, type Issue } from "@/lib/metrics/diagnosis";
import { readWeights, runStore } from "@/lib/store/run";
import type { LabClient } from "@/lib/training/client";
import type { FigureProps } from "../figure";
import { useLab } from "../use-lab";

const LINE = "\n";

type Shown = Pick<Finding, "evidence" | "remedy">;

interface Evidence {
  /** Null before the ill run. */
  finding: Shown | null;
  /** While its gradients are not there yet. */
  measuring: boolean;
  /** One sentence on the mended run; null before it. */
  sound: string | null;
}

export function useEvidence(issue: Issue, { facts, marks }: FigureProps): Evidence {
  const open = useLab();
  const [measuring, setMeasuring] = useState(false);
  const finishedAt = useFinished(issue);
  const { ill, mended } = cardRuns(facts, issue);
  const sound = mended === undefined ? null : soundness(mended);

  const note = useEffectEvent((name: string, text: string) => marks(name, text));

  useEffect(() => {
    if (finishedAt === null) return;
    let wanted = true;
    setMeasuring(true);
    measure(issue, open)
      .then((finding) => {
        if (wanted && finding !== null)
          note(evidenceMark(issue), [finding.remedy, ...finding.evidence].join(LINE));
      })
      // Without gradients there is still what the history says.
      .catch(() => {})
      .finally(() => {
        if (wanted) setMeasuring(false);
      });
    return () => {
      wanted = false;
    };
  }, [finishedAt, issue, open]);

  useEffect(() => {
    if (sound !== null) note(soundMark(issue), sound);
  }, [sound, issue]);

  const noted = facts.marks[soundMark(issue)];
  return {
    finding: shownOf(facts.marks[evidenceMark(issue)], ill, issue),
    measuring,
    sound: sound ?? (typeof noted === "string" ? noted : null),
  };
}

/** When a run of the card's ill experiment ended last; null where the run on the page is another. */
const useFinished = (issue: Issue): string | null =>
  useRun(({ opened, spec, finishedAt }) =>
    !opened && spec !== null && isExperiment(spec, issueCards[issue].ill) ? finishedAt : null,
  );

/** Judges the run on the page, with its gradients; null where it does not have the issue. */
async function measure(issue: Issue, open: () => Promise<LabClient>): Promise<Finding | null> {
  const { spec, history, completed } = runStore.getState();
  const weights = await readWeights();
  if (spec === null || weights === null) return null;
  const lab = await open();
  const before = (await lab.gradients({ spec })).arrays;
  const after = (await lab.gradients({ spec, weights: [...weights] })).arrays;
  const restoredEpoch = completed?.restoredEpoch ?? null;
  const found = diagnose({ spec, history, restoredEpoch, gradients: { before, after } });
  return found.find((finding) => finding.issue === issue) ?? null;
}

/** What was noted, else what the history alone says. */
function shownOf(note: unknown, ill: RunFacts | undefined, issue: Issue): Shown | null {
  if (typeof note === "string") {
    const [remedy = "", ...evidence] = note.split(LINE);
    return { remedy, evidence };
  }
  return ill === undefined ? null : (diagnose(ill).find((finding) => finding.issue === issue) ?? null);
}

/** To two digits: sound runs are close to all right. */
const percent = (share: number) => `${(100 * share).toFixed(2)} %`;

function soundness({ history, restoredEpoch, test }: RunFacts): string {
  const last = history[(restoredEpoch ?? history.length) - 1]!;
  const parts = [
    `${percent(last.accuracy)} of the training images are right`,
    ...(last.valAccuracy === null ? [] : [`${percent(last.valAccuracy)} of the validation images`]),
    ...(test === null ? [] : [`${percent(test.accuracy)} of the test images`]),
  ];
  return `${parts.join(", ")}. None of the three rules applies any more.`;
}
