// What the board says in words.
import { utcDay, utcTime } from "@/app/_ui/dates";
import { type BoardDefinition, PROVED_PLACES } from "@/lib/leaderboard/board";
import type { PlacedEntry, Proof } from "@/lib/leaderboard/records";

/** "22 Nov 2026"; the text as it is where it is no date. */
export const formatDay = (iso: string): string => write(utcDay, iso);

/** "22 Nov 2026, 08:05 UTC" */
export const formatTime = (iso: string): string => write(utcTime, iso);

function write(format: (date: Date) => string, iso: string): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? iso : format(date);
}

export const proofWords: Readonly<Record<Proof, string>> = {
  replayed: "replayed",
  evaluated: "evaluated",
  pending: "waits to be trained again",
};

/** What an entry's proof says, in a sentence or two. */
export function explainProof({ proof, reason }: Pick<PlacedEntry, "proof" | "reason">): string {
  if (proof === "replayed")
    return "This server trained the experiment again and got the same weights, to the last bit.";
  const measured = "This server measured these weights itself, on images that nobody has seen.";
  if (proof === "pending") return `${measured} It has still to train the experiment again.`;
  return `${measured} It did not train them again. ${reason ?? ""}`.trim();
}

export interface Split {
  /** In the places that are kept for proved entries. */
  above: PlacedEntry[];
  below: PlacedEntry[];
  /** Why there is a line between them, in a sentence or two; null where there is none. */
  line: string | null;
}

/** Parts a board where its kept places end. */
export function splitAtLine(
  { provedFirst }: Pick<BoardDefinition, "provedFirst">,
  entries: readonly PlacedEntry[],
): Split {
  const isAbove = ({ rank }: PlacedEntry) => !provedFirst || (rank !== null && rank <= PROVED_PLACES);
  const above = entries.filter(isAbove);
  const below = entries.filter((entry) => !isAbove(entry));
  return { above, below, line: below.length === 0 ? null : sayWhy(PROVED_PLACES - above.length) };
}

function sayWhy(free: number): string {
  const why =
    "The first ten places are kept for networks that this server has trained again and found the same, to the last bit. Those below were trained on a GPU, wait for their turn, or come after the tenth.";
  if (free <= 0) return why;
  return `${why} ${free === 1 ? "One of the ten is" : `${free} of the ten are`} still free.`;
}
