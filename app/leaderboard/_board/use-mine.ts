// What this browser's player has submitted, asked for once for everybody who wants to know, and again while something of
// it is under way. Looking makes no key: without one there is nothing to ask.
import { useEffect } from "react";
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import { isSettled, parsePlayerEntries } from "@/lib/leaderboard/answers";
import { findPlayer } from "@/lib/leaderboard/player-key";
import type { SubmissionAnswer } from "@/lib/leaderboard/records";
import { askApi } from "@/lib/runs/ask";

interface Mine {
  /** The latest first. */
  entries: readonly SubmissionAnswer[];
  ids: ReadonlySet<string>;
  /** Why they could not be asked for, in one sentence. */
  problem: string | null;
}

const REFRESH_MS = 5_000;

const nothing: Mine = { entries: [], ids: new Set(), problem: null };
const mine = createStore<Mine>()(() => nothing);

let lookers = 0;
let timer: ReturnType<typeof setTimeout> | undefined;
let asking = false;

async function ask(): Promise<void> {
  if (asking) return;
  asking = true;
  try {
    const player = await findPlayer();
    if (player === null) return;
    const { body } = await askApi(`/api/players/${player.player}`, { method: "GET" });
    const entries = parsePlayerEntries(body);
    mine.setState({ entries, ids: new Set(entries.map(({ id }) => id)), problem: null });
  } catch (error) {
    mine.setState({ problem: error instanceof Error ? error.message : String(error) });
  } finally {
    asking = false;
    goOn();
  }
}

/** Asks again in a while, where somebody looks and something can change by itself. */
function goOn(): void {
  clearTimeout(timer);
  const { entries, problem } = mine.getState();
  if (lookers === 0 || (problem === null && entries.every(isSettled))) return;
  timer = setTimeout(() => (document.visibilityState === "hidden" ? goOn() : void ask()), REFRESH_MS);
}

function useMineState<T>(select: (state: Mine) => T): T {
  useEffect(() => {
    lookers += 1;
    if (lookers === 1) void ask();
    return () => {
      lookers -= 1;
      if (lookers === 0) clearTimeout(timer);
    };
  }, []);
  return useStore(mine, select);
}

/** The ids of this browser's submissions. */
export const useMine = (): ReadonlySet<string> => useMineState(({ ids }) => ids);

/** This browser's submissions with where they stand. */
export const useMyEntries = (): Mine => useMineState((state) => state);
