// The table of a board: its places from the first, and a line where the kept ones end.
import type { BoardDefinition } from "@/lib/leaderboard/board";
import type { PlacedEntry } from "@/lib/leaderboard/records";
import type { EntryDialog } from "./entry-actions";
import { EntryRows } from "./entry-rows";
import { COLUMNS, Frame } from "./faint-table";
import { splitAtLine } from "./words";

interface BoardTableProps {
  board: BoardDefinition;
  entries: readonly PlacedEntry[];
  mine: ReadonlySet<string>;
  onOpen(dialog: EntryDialog, entry: PlacedEntry): void;
}

export default function BoardTable({ board, entries, mine, onOpen }: BoardTableProps) {
  const { above, below, line } = splitAtLine(board, entries);
  const rows = (list: readonly PlacedEntry[]) =>
    list.map((entry) => (
      <EntryRows
        key={entry.id}
        entry={entry}
        board={board}
        mine={mine.has(entry.id)}
        columns={COLUMNS}
        onOpen={onOpen}
      />
    ));
  return (
    <Frame board={board}>
      <tbody>{rows(above)}</tbody>
      {line !== null && (
        <>
          <tbody>
            <tr>
              <td colSpan={COLUMNS} className="border-ink border-t-2 px-2 pt-2.5 pb-5 text-mini text-soft">
                <p className="max-w-3xl">{line}</p>
              </td>
            </tr>
          </tbody>
          <tbody className="border-line border-t">{rows(below)}</tbody>
        </>
      )}
    </Frame>
  );
}
