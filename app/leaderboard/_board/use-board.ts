// A board that stays up to date while it is looked at.
import { useCallback, useEffect, useRef, useState } from "react";
import type { AskedBoard } from "@/lib/leaderboard/ask-board";
import { type BoardView, createBoardReader, type ShownBoard } from "@/lib/leaderboard/board-reader";

const REFRESH_MS = 15_000;
/** Coming back to the page asks again, but not twice for one coming back. */
const LEAST_MS = 1_000;

/** The boards as they were last seen: who comes back to one does not wait. */
const lastSeen = new Map<string, ShownBoard>();

interface LiveBoard extends BoardView {
  refresh(): void;
  more(): void;
}

export function useBoard({ board, device }: AskedBoard): LiveBoard {
  const name = `${board} ${device}`;
  const [view, setView] = useState<BoardView>(() => ({
    shown: lastSeen.get(name) ?? null,
    problem: null,
    asking: "board",
  }));
  const reader = useRef<ReturnType<typeof createBoardReader>>(null);

  useEffect(() => {
    const own = createBoardReader(
      { board, device },
      {
        shown: lastSeen.get(name),
        show(next) {
          if (next.shown !== null) lastSeen.set(name, next.shown);
          setView(next);
        },
      },
    );
    reader.current = own;
    let askedAt = 0;
    const ask = () => {
      if (document.visibilityState === "hidden" || Date.now() - askedAt < LEAST_MS) return;
      askedAt = Date.now();
      void own.refresh();
    };
    ask();
    const timer = setInterval(ask, REFRESH_MS);
    document.addEventListener("visibilitychange", ask);
    addEventListener("focus", ask);
    return () => {
      own.close();
      clearInterval(timer);
      document.removeEventListener("visibilitychange", ask);
      removeEventListener("focus", ask);
    };
  }, [board, device, name]);

  const refresh = useCallback(() => void reader.current?.refresh(), []);
  const more = useCallback(() => void reader.current?.more(), []);
  return { ...view, refresh, more };
}
