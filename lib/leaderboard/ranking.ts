// Places: what a list's order comes to on its board.
import { type BoardDefinition, PROVED_PLACES } from "./board";
import { type PlacedEntry, publicEntry, type RankedEntry, type TopList } from "./records";
import { byRank } from "./top-list";

/**
 * The entries of a list with their places. Where a board keeps its first places for networks that were trained again,
 * those come first, up to ten; all others follow in the board's order from place 11 on, however many come before.
 */
export function placesOf({ provedFirst }: BoardDefinition, { replayed, evaluated }: TopList): PlacedEntry[] {
  const proved = provedFirst ? replayed.slice(0, PROVED_PLACES) : [];
  const others = [...(provedFirst ? replayed.slice(PROVED_PLACES) : replayed), ...evaluated].sort(byRank);
  const first = provedFirst ? PROVED_PLACES : 0;
  const placed = (entries: readonly RankedEntry[], before: number) =>
    entries.map((entry, index) => ({ ...publicEntry(entry), rank: before + index + 1 }));
  return [...placed(proved, 0), ...placed(others, first)];
}
