// The slider through the run: the network as it was after each epoch that is held, and at the right end as it is now. The
// page's predictions, and all that is looked at closer, follow it.
import { Pause, Play } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import { IconButton } from "@/app/_ui/button";
import { formatAccuracy, formatLoss } from "@/app/_ui/format";
import { SliderBar } from "@/app/_ui/slider-bar";
import { followMoments, lookBackAt, readMoments } from "@/lib/store/moments";
import type { EpochRecord, HeldMoments } from "@/lib/training/contract";
import { useRun } from "../use-stores";
import { momentsIn, placeOf, roomText } from "./moments-list";
import { useLensState } from "./use-lens";

export default function Moments() {
  const held = useHeld();
  const moment = useLensState((lens) => lens.moment);
  const history = useRun((run) => run.history);
  useEffect(followMoments, []);
  // What was looked at stays to be looked at, when the run has let go of it since.
  const moments = useMemo(() => momentsIn(held, moment), [held, moment]);
  if (held === null || history.length === 0) return null;
  const place = placeOf(moments, moment);
  const name = nameOf(moment);
  const numbers = numbersOf(moment === null ? history.at(-1) : history[moment - 1]);
  return (
    <div className="mb-4">
      <p className="flex flex-wrap justify-between gap-x-3" aria-hidden="true">
        <span>
          <span className="text-soft">The network </span>
          <span className="font-medium">{name}</span>
        </span>
        <span className="text-mini text-soft">{numbers}</span>
      </p>
      <div className="flex items-center gap-2">
        <PlayButton moments={moments} moment={moment} />
        <SliderBar
          name="Moment of the run to look at"
          value={place}
          min={0}
          max={moments.length}
          step={1}
          text={[name, ...(numbers === "" ? [] : [numbers])].join(", ")}
          onChange={(next) => lookBackAt(moments[next] ?? null)}
        />
      </div>
      <p className="flex justify-between gap-3 text-2xs text-soft">
        <span>{roomText(held)}</span>
        <span aria-hidden="true">now</span>
      </p>
    </div>
  );
}

/** How long each moment is there to be looked at. */
const PLAY_MS = 400;

/** Goes from moment to moment up to now, from the first where it is at its end. Each waits until the former one is there. */
function PlayButton({ moments, moment }: { moments: readonly number[]; moment: number | null }) {
  const [plays, setPlays] = useState(false);
  const isThere = useRun((run) => run.lookedAt) === moment;
  useEffect(() => {
    if (!plays || !isThere) return;
    const timer = setTimeout(() => {
      const next = moment === null ? undefined : moments[placeOf(moments, moment) + 1];
      if (next === undefined) setPlays(false);
      lookBackAt(next ?? null);
    }, PLAY_MS);
    return () => clearTimeout(timer);
  }, [plays, isThere, moments, moment]);
  return (
    <IconButton
      label={plays ? "Stop playing the run" : "Play the run, epoch by epoch"}
      className="-ml-1.5"
      onClick={() => {
        if (!plays && moment === null) lookBackAt(moments[0]!);
        setPlays(!plays);
      }}
    >
      {plays ? (
        <Pause className="size-4" aria-hidden="true" />
      ) : (
        <Play className="size-4" aria-hidden="true" />
      )}
    </IconButton>
  );
}

/** The epochs that the run holds, read again after each; null before that, and where it holds none. */
function useHeld(): HeldMoments | null {
  const epochs = useRun((run) => run.history.length);
  const spec = useRun((run) => run.spec);
  const opened = useRun((run) => run.opened);
  const [held, setHeld] = useState<HeldMoments | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: after an epoch others are held, of another run other ones.
  useEffect(() => {
    let wanted = true;
    void readMoments().then((moments) => {
      if (!wanted) return;
      setHeld(moments);
      if (moments === null) lookBackAt(null);
    });
    return () => {
      wanted = false;
    };
  }, [epochs, spec, opened]);
  return held;
}

const nameOf = (moment: number | null): string =>
  moment === null ? "as it is now" : moment === 0 ? "before training" : `after epoch ${moment}`;

/** "loss 0.104 · validation accuracy 0.9561" */
function numbersOf(epoch: EpochRecord | undefined): string {
  if (epoch === undefined) return "";
  const { loss, accuracy, valAccuracy } = epoch;
  const measured =
    valAccuracy === null
      ? `accuracy ${formatAccuracy(accuracy)}`
      : `validation accuracy ${formatAccuracy(valAccuracy)}`;
  return `loss ${formatLoss(loss)} · ${measured}`;
}
