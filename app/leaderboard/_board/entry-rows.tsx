// An entry of a board: one row where there is room; on phones the least of it, and the rest on tap.
import { ChevronDown } from "lucide-react";
import { memo, type ReactNode, useId, useMemo, useState } from "react";
import { formatCount } from "@/app/_ui/format";
import { ProblemText } from "@/app/_ui/problem";
import type { BoardDefinition } from "@/lib/leaderboard/board";
import { formatShare } from "@/lib/leaderboard/format";
import type { PlacedEntry } from "@/lib/leaderboard/records";
import { describeNetwork } from "@/lib/spec/describe";
import { Curve } from "./curve";
import { EntryActions, type EntryDialog } from "./entry-actions";
import { NetworkPicture } from "./network-picture";
import { ProofMark, ProofSign } from "./proof-mark";
import { explainProof, formatDay } from "./words";

interface EntryRowsProps {
  entry: PlacedEntry;
  board: BoardDefinition;
  /** Whether this browser submitted it. */
  mine: boolean;
  /** How many columns a row over the whole table spans. */
  columns: number;
  onOpen(dialog: EntryDialog, entry: PlacedEntry): void;
}

const wideCell = "hidden px-2 py-2.5 align-top xl:table-cell";
const numberCell = `${wideCell} whitespace-nowrap text-right`;

export const EntryRows = memo(function EntryRows({ entry, board, mine, columns, onOpen }: EntryRowsProps) {
  const [unfolded, setUnfolded] = useState(false);
  const details = useId();
  const network = useMemo(() => describeNetwork(entry.experiment), [entry.experiment]);
  const actions = <EntryActions entry={entry} onOpen={onOpen} />;
  const shade = mine ? "bg-hover" : "";
  const lastLine = unfolded ? "border-b max-xl:border-b-0" : "border-b";
  return (
    <>
      <tr className={`border-line ${entry.flagged === null ? lastLine : ""} ${shade}`}>
        <td className="w-9 py-2.5 pr-2 pl-2 text-right align-top font-semibold max-xl:py-3">
          {entry.rank === null ? "–" : formatCount(entry.rank)}
        </td>
        <th scope="row" className="px-2 py-2.5 text-left align-top font-normal max-xl:w-full max-xl:py-3">
          <Player entry={entry} mine={mine} />
          <ProofSign proof={entry.proof} className="mt-0.5 xl:hidden" />
        </th>
        <td className="px-2 py-2.5 text-right align-top max-xl:py-3">
          <span className="whitespace-nowrap font-semibold text-base leading-5">
            {board.formatScore(entry.score)}
          </span>
          <span className="block whitespace-nowrap text-mini text-soft xl:hidden">
            {formatCount(entry.parameters)} <span className="max-sm:hidden">parameters</span>
            <abbr title="parameters" className="no-underline sm:hidden">
              par.
            </abbr>
          </span>
        </td>
        <td className={numberCell}>{formatShare(entry.cleanAccuracy)}</td>
        <td className={numberCell}>{formatCount(entry.parameters)}</td>
        <td className={wideCell}>
          <NetworkPicture spec={entry.experiment} />
          <span className="wrap-anywhere mt-1 block w-max max-w-44 text-soft text-xs">{network}</span>
        </td>
        <td className={wideCell}>
          <Curve entry={entry} />
        </td>
        <td className={wideCell}>
          <Engine entry={entry} />
        </td>
        <td className={wideCell}>
          <ProofMark entry={entry} />
        </td>
        <td className={`${wideCell} [&_.tap]:-mt-0.5`}>{actions}</td>
        <td className="w-11 py-1 align-top xl:hidden">
          <button
            type="button"
            aria-expanded={unfolded}
            aria-controls={details}
            onClick={() => setUnfolded(!unfolded)}
            className="tap inline-flex items-center justify-center rounded-md text-soft"
          >
            <ChevronDown className={`size-4 ${unfolded ? "rotate-180" : ""}`} aria-hidden="true" />
            <span className="sr-only">
              More of <bdi>{entry.player}</bdi>
            </span>
          </button>
        </td>
      </tr>
      {entry.flagged !== null && (
        <tr className={`border-line ${lastLine} ${shade}`}>
          <td />
          <td colSpan={columns - 1} className="px-2 pb-2.5">
            <ProblemText severity="warning" className="max-w-3xl">
              {entry.flagged}
            </ProblemText>
          </td>
        </tr>
      )}
      <tr id={details} hidden={!unfolded} className={`border-line border-b xl:hidden ${shade}`}>
        <td />
        <td colSpan={columns - 1} className="px-2 pb-2">
          {unfolded && (
            <>
              <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
                <NetworkPicture spec={entry.experiment} />
                <Curve entry={entry} />
              </div>
              <dl className="mt-2 grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 text-mini">
                <Detail name="Network">{network}</Detail>
                <Detail name="Parameters">{formatCount(entry.parameters)}</Detail>
                <Detail name="Clean test images">{formatShare(entry.cleanAccuracy)}</Detail>
                <Detail name="Hidden set">{formatShare(entry.hiddenAccuracy)}</Detail>
                <Detail name="Engine">
                  {entry.engine}, on a {entry.deviceClass}
                </Detail>
                <Detail name="Proof">{explainProof(entry)}</Detail>
                <Detail name="Submitted">{formatDay(entry.submittedAt)}</Detail>
              </dl>
              <div className="mt-1">{actions}</div>
            </>
          )}
        </td>
      </tr>
    </>
  );
});

function Player({ entry: { player, mark, submittedAt }, mine }: { entry: PlacedEntry; mine: boolean }) {
  return (
    <>
      <span className="wrap-anywhere font-medium">
        <bdi>{player}</bdi>
        {mine && (
          <span className="ml-2 whitespace-nowrap rounded border border-train px-1 font-medium text-2xs text-train">
            yours
          </span>
        )}
      </span>
      <span className="block text-mini text-soft">
        <span className="font-mono text-xs">
          <span className="sr-only">mark </span>
          {mark}
        </span>
        <span className="max-xl:hidden">
          {" · "}
          <time dateTime={submittedAt}>{formatDay(submittedAt)}</time>
        </span>
      </span>
    </>
  );
}

const Engine = ({ entry: { engine, deviceClass } }: { entry: PlacedEntry }) => (
  <>
    <span className="wrap-anywhere block w-max max-w-40">{engine}</span>
    <span className="block text-mini text-soft">{deviceClass}</span>
  </>
);

function Detail({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-soft">{name}</dt>
      <dd className="wrap-anywhere">{children}</dd>
    </>
  );
}
