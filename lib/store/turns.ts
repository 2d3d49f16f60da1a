// Who may train now, where several playgrounds share a page and its memory: one holds an engine at a time. The run and the
// sweeps of a page share its turn.

export interface Turns {
  /**
   * Resolves when it is this page's turn, at once where it still is.
   * @param onWait hears how many come before it
   * @param signal gives the wait up
   * @returns false where the wait was given up
   */
  take(onWait: (others: number) => void, signal: AbortSignal): Promise<boolean>;
}

/** Null where this page need not ask anybody. */
let turns: Turns | null = null;

/** From now on whatever trains waits for its turn. */
export const takeTurns = (shared: Turns | null): void => {
  turns = shared;
};

/** As `Turns.take` has it. */
export const ourTurn: Turns["take"] = async (onWait, signal) =>
  turns === null ? true : turns.take(onWait, signal);
