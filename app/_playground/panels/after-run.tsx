// What a run that is over can still do: take its best epoch's weights, and open test images that were held out.
import { LockOpen, Undo2 } from "lucide-react";
import { Button } from "@/app/_ui/button";
import { loadableEpoch } from "@/lib/store/reduce";
import { loadBest, openTest } from "@/lib/store/run";
import { useRun } from "../use-stores";

/** Where an epoch was kept that is better than the present weights. */
export function LoadBest() {
  const epoch = useRun(loadableEpoch);
  if (epoch === null) return null;
  return (
    <Button onClick={loadBest}>
      <Undo2 className="size-4" aria-hidden="true" />
      Load the best weights<span className="text-soft">epoch {epoch}</span>
    </Button>
  );
}

/** Where the test images are locked. */
export function OpenTest() {
  const locked = useRun(
    ({ state, opened, holdOut, history }) => state === "done" && !opened && holdOut && history.length > 0,
  );
  if (!locked) return null;
  return (
    <Button onClick={openTest}>
      <LockOpen className="size-4" aria-hidden="true" />
      Open the test images
    </Button>
  );
}
