// What a board's table looks like before anything is in it: its columns, and places drawn faintly.
import type { ReactNode } from "react";
import type { BoardDefinition } from "@/lib/leaderboard/board";

/** Those that only wide screens have room for, and the last one, which only narrow screens need. */
export const COLUMNS = 11;

/** What will be there: for eyes alone. */
export function FaintTable({ board }: { board: BoardDefinition }) {
  return (
    <div aria-hidden="true">
      <Frame board={board}>
        <tbody>
          {[112, 84, 132, 96, 104].map((width, index) => (
            <tr key={width} className="border-line border-b">
              <td className="w-9 px-2 py-3 text-right text-soft">{index + 1}</td>
              <td className="px-2 py-3">
                <Bar width={width} />
                <Bar width={56} className="mt-2" />
              </td>
              <td className="px-2 py-3">
                <Bar width={56} className="ml-auto" />
              </td>
              {[48, 48, 104, 72, 96, 72, 120].map((wide, cell) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a cell has no identity but its place.
                <td key={cell} className="hidden px-2 py-3 xl:table-cell">
                  <Bar width={wide} className={cell < 2 ? "ml-auto" : ""} />
                </td>
              ))}
              <td className="w-11 xl:hidden" />
            </tr>
          ))}
        </tbody>
      </Frame>
    </div>
  );
}

const Bar = ({ width, className = "" }: { width: number; className?: string }) => (
  <div className={`h-2.5 max-w-full rounded-full bg-line opacity-70 ${className}`} style={{ width }} />
);

export function Frame({ board, children }: { board: BoardDefinition; children: ReactNode }) {
  return (
    <table className="w-full border-collapse">
      <caption className="sr-only">
        {board.label}: {board.summary}
      </caption>
      <thead>
        <tr className="border-line border-b">
          <Head align="right">
            <span aria-hidden="true">#</span>
            <span className="sr-only">Place</span>
          </Head>
          <Head>Player</Head>
          <Head align="right">{board.scoreLabel}</Head>
          <Head align="right" wide>
            Clean
          </Head>
          <Head align="right" wide>
            Parameters
          </Head>
          <Head wide>Network</Head>
          <Head wide>Accuracy by epoch</Head>
          <Head wide>Engine</Head>
          <Head wide>Proof</Head>
          <Head wide>
            <span className="sr-only">Actions</span>
          </Head>
          <th scope="col" className="w-11 xl:hidden">
            <span className="sr-only">More</span>
          </th>
        </tr>
      </thead>
      {children}
    </table>
  );
}

interface HeadProps {
  align?: "left" | "right";
  /** Where there is room only. */
  wide?: boolean;
  children: ReactNode;
}

const Head = ({ align = "left", wide = false, children }: HeadProps) => (
  <th
    scope="col"
    className={`caps whitespace-nowrap px-2 pb-2 align-bottom ${align === "right" ? "text-right" : "text-left"} ${wide ? "hidden xl:table-cell" : ""}`}
  >
    {children}
  </th>
);
