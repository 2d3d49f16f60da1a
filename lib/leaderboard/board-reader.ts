// What a page shows of a board, and how it stays up to date: the last good answer stays whatever happens, further
// entries are added beneath it, and what is asked for again is as long as what is shown.
import type { Fetch } from "../runs/ask";
import { type AskedBoard, askBoard, MOST_ENTRIES } from "./ask-board";
import type { LeaderboardAnswer, PlacedEntry } from "./records";

export type ShownBoard = Pick<LeaderboardAnswer, "entries" | "nextCursor" | "updatedAt">;

export interface BoardView {
  /** The last good answer; null before the first. */
  shown: ShownBoard | null;
  /** Why the latest question failed, in one sentence; null where it did not. */
  problem: string | null;
  /** What is asked for at the moment. */
  asking: "board" | "more" | null;
}

interface ReaderOptions {
  /** What is known from before. */
  shown?: ShownBoard | null;
  /** Hears every change. */
  show(view: BoardView): void;
  /** How many entries an answer brings. */
  page?: number;
  fetch?: Fetch;
}

/** The entries of `after`, each as the very object it was before where nothing about it changed. */
export function keepKnown(before: readonly PlacedEntry[], after: readonly PlacedEntry[]): PlacedEntry[] {
  const known = new Map(before.map((entry) => [entry.id, entry]));
  return after.map((entry) => {
    const same = known.get(entry.id);
    return same !== undefined && JSON.stringify(same) === JSON.stringify(entry) ? same : entry;
  });
}

/** Without those that are there already: a board can move between two answers. */
const withMore = (entries: readonly PlacedEntry[], more: readonly PlacedEntry[]): PlacedEntry[] => {
  const there = new Set(entries.map(({ id }) => id));
  return [...entries, ...more.filter(({ id }) => !there.has(id))];
};

export function createBoardReader(
  asked: AskedBoard,
  { shown = null, show, page = 50, fetch }: ReaderOptions,
) {
  const closed = new AbortController();
  let view: BoardView = { shown, problem: null, asking: null };
  let last = Promise.resolve();
  let questions = 0;

  function set(change: Partial<BoardView>): void {
    view = { ...view, ...change };
    show(view);
  }

  const ask = (limit: number, cursor: string | null) =>
    askBoard(asked, { limit: Math.min(MOST_ENTRIES, limit), cursor, signal: closed.signal, fetch });

  /** From the top, as many entries as are shown. */
  async function askAgain(): Promise<ShownBoard> {
    const wanted = view.shown?.entries.length ?? 0;
    let { entries, nextCursor, updatedAt } = await ask(Math.max(page, wanted), null);
    while (entries.length < wanted && nextCursor !== null) {
      const next = await ask(wanted - entries.length, nextCursor);
      const longer = withMore(entries, next.entries);
      // A board that says that there is more and brings nothing would be asked for ever.
      if (longer.length === entries.length) break;
      entries = longer;
      nextCursor = next.nextCursor;
    }
    return { entries, nextCursor, updatedAt };
  }

  async function askMore(): Promise<ShownBoard> {
    if (view.shown === null || view.shown.nextCursor === null) return view.shown ?? askAgain();
    const { entries, nextCursor, updatedAt } = await ask(page, view.shown.nextCursor);
    return { entries: withMore(view.shown.entries, entries), nextCursor, updatedAt };
  }

  async function run(asking: "board" | "more", load: () => Promise<ShownBoard>): Promise<void> {
    if (closed.signal.aborted) return;
    set({ asking });
    try {
      const next = await load();
      const entries = keepKnown(view.shown?.entries ?? [], next.entries);
      if (!closed.signal.aborted) set({ shown: { ...next, entries }, problem: null, asking: null });
    } catch (error) {
      if (!closed.signal.aborted) set({ problem: (error as Error).message, asking: null });
    }
  }

  /** One question at a time, in the order in which they were wanted. */
  const after = (asking: "board" | "more", load: () => Promise<ShownBoard>): Promise<void> => {
    questions += 1;
    last = last
      .then(() => run(asking, load))
      .finally(() => {
        questions -= 1;
      });
    return last;
  };

  return {
    /** Asks for what is shown, again; not while another question is under way. */
    refresh: (): Promise<void> => (questions === 0 ? after("board", askAgain) : last),
    /** Asks for the entries beneath those that are shown. */
    more: (): Promise<void> => after("more", askMore),
    /** Nothing is heard of it any more. */
    close: (): void => closed.abort(),
  };
}
