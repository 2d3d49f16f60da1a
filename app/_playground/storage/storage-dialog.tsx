// What this browser keeps for this site: what it takes, what works without a network, and how to be rid of it.
import { AlertDialog, Progress } from "radix-ui";
import { useState } from "react";
import { useStore } from "zustand";
import { installStore } from "@/app/_offline/install";
import { Button, TextButton } from "@/app/_ui/button";
import { Sheet, shade } from "@/app/_ui/dialog";
import { forgetOffline, keepOffline } from "@/lib/offline/begin";
import { clearEverything } from "@/lib/offline/clear";
import { offlineStore, shareKept } from "@/lib/offline/offline";
import { isActive } from "@/lib/store/reduce";
import { useRun } from "../use-stores";
import { KeptList } from "./kept-list";
import { WaitingList } from "./waiting-list";
import { offlineLine, offlineSentence } from "./words";

export default function StorageDialog({ onClose }: { onClose(): void }) {
  return (
    <Sheet title="Storage" onClose={onClose} className="sm:max-w-[32rem]">
      <Readiness />
      <KeptList />
      <WaitingList />
      <Clearing />
    </Sheet>
  );
}

/** How far it is, and what can be done about that. */
function Readiness() {
  const offline = useStore(offlineStore);
  const install = useStore(installStore, ({ ask }) => ask);
  const { state } = offline;
  const share = shareKept(offline);
  return (
    <div className="mb-4">
      <p className="font-medium">{offlineLine(offline) ?? "Offline"}</p>
      <p className="mt-0.5 text-mini text-soft">{offlineSentence(offline)}</p>
      {state === "fetching" && share !== null && (
        <Progress.Root
          value={Math.floor(100 * share)}
          aria-label="Fetched for use offline"
          className="mt-2.5 h-[3px] overflow-hidden rounded-full bg-line"
        >
          <Progress.Indicator
            className="h-full rounded-full bg-train"
            style={{ width: `${Math.floor(100 * share)}%` }}
          />
        </Progress.Root>
      )}
      <div className="mt-3 flex flex-wrap gap-3 empty:hidden">
        {(state === "off" || state === "broken") && (
          <Button onClick={() => void keepOffline()}>
            {state === "off" ? "Keep for offline use" : "Try again"}
          </Button>
        )}
        {install !== null && <Button onClick={() => void install()}>Install Descent</Button>}
      </div>
    </div>
  );
}

function Clearing() {
  const state = useStore(offlineStore, (offline) => offline.state);
  const isOn = useRun((run) => isActive(run.state));
  const hasFetched = state === "ready" || state === "fetching" || state === "broken";
  return (
    <div className="mt-5 border-line border-t pt-3">
      <div className="flex flex-wrap gap-x-6 gap-y-1">
        {hasFetched && (
          <TextButton onClick={() => void forgetOffline()}>Delete what was fetched ahead</TextButton>
        )}
        <ClearAll disabled={isOn} />
      </div>
      {isOn && <p className="mt-1 text-mini text-soft">A run is on: stop it before you delete everything.</p>}
    </div>
  );
}

/** Asks once more: what it deletes cannot be had back. */
function ClearAll({ disabled }: { disabled: boolean }) {
  const [clearing, setClearing] = useState(false);
  const clear = async () => {
    setClearing(true);
    await clearEverything();
    // The page still has some of it in mind.
    location.assign("/");
  };
  return (
    <AlertDialog.Root>
      <AlertDialog.Trigger asChild>
        <TextButton disabled={disabled}>Delete everything</TextButton>
      </AlertDialog.Trigger>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className={shade} />
        <AlertDialog.Content className="fixed top-1/2 left-1/2 z-50 w-[min(26rem,calc(100vw-2rem))] -translate-x-1/2 -translate-y-1/2 rounded-xl border border-line bg-raised p-6 shadow-xl">
          <AlertDialog.Title className="font-semibold text-base">Delete everything?</AlertDialog.Title>
          <AlertDialog.Description className="mt-2">
            Your runs, the digits of your own test set, your progress in the lessons, settings, submissions
            that wait, and the key by which the boards know you as the same player. None of it can be had
            back.
          </AlertDialog.Description>
          <div className="mt-5 flex flex-wrap justify-end gap-3">
            <AlertDialog.Cancel asChild>
              <Button>Keep it</Button>
            </AlertDialog.Cancel>
            <Button onClick={() => void clear()} aria-disabled={clearing} className="text-wrong">
              {clearing ? "Deleting" : "Delete everything"}
            </Button>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
