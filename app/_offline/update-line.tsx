// A new version, in one line over the foot of the page. It is taken by who wants it, and not while a run is on.
import { useStore } from "zustand";
import { TextButton } from "@/app/_ui/button";
import { takeUpdate } from "@/lib/offline/begin";
import type { Offline } from "@/lib/offline/offline";
import { isActive } from "@/lib/store/reduce";
import { runStore } from "@/lib/store/run";

export default function UpdateLine({ update }: Pick<Offline, "update">) {
  const isOn = useStore(runStore, (run) => isActive(run.state));
  return (
    <div
      role="status"
      className="fixed inset-x-0 bottom-[calc(7rem+env(safe-area-inset-bottom))] z-40 mx-auto flex w-fit max-w-[calc(100vw-2rem)] items-center gap-4 rounded-lg border border-line bg-raised px-4 py-1 shadow-lg lg:bottom-4 lg:py-2"
    >
      <p>
        {update === "taken" ? "This tab has an older version." : "A new version is here."}
        {isOn && <span className="text-soft"> It waits until the run is over.</span>}
      </p>
      {!isOn && <TextButton onClick={() => void takeUpdate()}>Update</TextButton>}
    </div>
  );
}
