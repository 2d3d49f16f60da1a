// What can be done with an entry: open it, fork it, train it again, report it.
import { TextButton } from "@/app/_ui/button";
import type { PlacedEntry } from "@/lib/leaderboard/records";
import { encodeExperiment } from "@/lib/share/code";

/** What opens over the page for an entry. */
export type EntryDialog = "replay" | "report";

interface EntryActionsProps {
  entry: PlacedEntry;
  onOpen(dialog: EntryDialog, entry: PlacedEntry): void;
}

const linkClass =
  "tap inline-flex items-center whitespace-nowrap font-medium text-train hover:underline hover:underline-offset-4";

export function EntryActions({ entry, onOpen }: EntryActionsProps) {
  const whose = (
    <span className="sr-only">
      {" "}
      the entry of <bdi>{entry.player}</bdi>
    </span>
  );
  return (
    <div className="flex gap-x-3 text-mini">
      <a href={`/r/${entry.run}`} className={linkClass}>
        Open{whose}
      </a>
      <a href={`/x/${encodeExperiment(entry.experiment)}?from=${entry.run}`} className={linkClass}>
        Fork{whose}
      </a>
      <TextButton onClick={() => onOpen("replay", entry)} className="text-mini">
        <span>Replay{whose}</span>
      </TextButton>
      <TextButton onClick={() => onOpen("report", entry)} className="text-mini text-soft!">
        <span>Report{whose}</span>
      </TextButton>
    </div>
  );
}
