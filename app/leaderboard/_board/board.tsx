// One board: its rule in a sentence, one's own entries, and its places; and what is shown until they are there.
import { lazy, Suspense, useCallback, useEffect, useState } from "react";
import { Button } from "@/app/_ui/button";
import { ProblemText } from "@/app/_ui/problem";
import type { AskedBoard } from "@/lib/leaderboard/ask-board";
import { boards } from "@/lib/leaderboard/find-board";
import type { PlacedEntry } from "@/lib/leaderboard/records";
import type { EntryDialog } from "./entry-actions";
import { FaintTable } from "./faint-table";
import { useBoard } from "./use-board";
import { useMine } from "./use-mine";
import { formatTime } from "./words";

const BoardTable = lazy(() => import("./board-table"));
const MyEntries = lazy(() => import("./my-entries"));
const dialogs = {
  replay: lazy(() => import("./replay-dialog")),
  report: lazy(() => import("./report-dialog")),
};

/** Waits that are shorter are not worth a word. */
const SILENT_MS = 300;

/** Whether it has been waited for so long that it should be said. */
function useSlow(waiting: boolean): boolean {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    setSlow(false);
    if (!waiting) return;
    const timer = setTimeout(() => setSlow(true), SILENT_MS);
    return () => clearTimeout(timer);
  }, [waiting]);
  return slow && waiting;
}

export function Board({ board: id, device }: AskedBoard) {
  const board = boards[id];
  const { shown, problem, asking, refresh, more } = useBoard({ board: id, device });
  const mine = useMine();
  const [opened, setOpened] = useState<{ dialog: EntryDialog; entry: PlacedEntry } | null>(null);
  const onOpen = useCallback((dialog: EntryDialog, entry: PlacedEntry) => setOpened({ dialog, entry }), []);
  const Opened = opened === null ? null : dialogs[opened.dialog];
  return (
    <>
      <Suspense>
        <MyEntries board={id} />
      </Suspense>
      {shown === null ? (
        <Unknown board={id} device={device} problem={problem} waiting={asking !== null} onTry={refresh} />
      ) : shown.entries.length === 0 ? (
        <>
          <div className="mb-4 flex flex-wrap items-center gap-x-4">
            <p>No entry yet: train a network, then press Submit to leaderboard.</p>
            <a
              href="/"
              className="tap inline-flex items-center font-medium text-train hover:underline hover:underline-offset-4"
            >
              To the playground
            </a>
          </div>
          <FaintTable board={board} />
        </>
      ) : (
        <Suspense fallback={<FaintTable board={board} />}>
          <BoardTable board={board} entries={shown.entries} mine={mine} onOpen={onOpen} />
        </Suspense>
      )}
      {shown !== null && (
        <footer className="mt-4 space-y-3">
          {shown.nextCursor !== null && (
            <Button onClick={more} aria-busy={asking === "more"} aria-disabled={asking === "more"}>
              {asking === "more" ? "Asking for more" : "Show more"}
            </Button>
          )}
          <p className="text-mini text-soft">
            As of {formatTime(shown.updatedAt)}.
            {/* Only what goes wrong is spoken: the time changes whenever somebody submits. */}
            <span role="status">
              {problem !== null && ` It could not be asked again: ${problem} This page keeps trying.`}
            </span>
          </p>
        </footer>
      )}
      {opened !== null && Opened !== null && (
        <Suspense>
          <Opened entry={opened.entry} onClose={() => setOpened(null)} />
        </Suspense>
      )}
    </>
  );
}

interface UnknownProps extends AskedBoard {
  problem: string | null;
  waiting: boolean;
  onTry(): void;
}

/** Nothing has come yet, or nothing could. */
function Unknown({ board: id, device, problem, waiting, onTry }: UnknownProps) {
  const slow = useSlow(waiting);
  const { label } = boards[id];
  return (
    <>
      <div role="status" className="mb-4 min-h-5">
        {slow && (
          <p className="text-soft">
            Waiting for the server: the entries of {label}
            {device === null ? "" : `, ${device}s`}.
          </p>
        )}
        {problem !== null && !waiting && (
          <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
            <ProblemText className="!w-auto">{problem}</ProblemText>
            <Button onClick={onTry}>Try again</Button>
          </div>
        )}
      </div>
      <FaintTable board={boards[id]} />
    </>
  );
}
