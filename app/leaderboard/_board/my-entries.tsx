// What this browser's player has on the board at hand, and what became of the rest. Nothing where there is nothing.
import { Check, Clock, Scale, X } from "lucide-react";
import { ProblemText } from "@/app/_ui/problem";
import { Section } from "@/app/_ui/section";
import { type BoardId, boards } from "@/lib/leaderboard/find-board";
import { formatShare } from "@/lib/leaderboard/format";
import type { SubmissionAnswer } from "@/lib/leaderboard/records";
import { titleOf } from "@/lib/spec/describe";
import { type MyState, myState } from "./my-state";
import { useMyEntries } from "./use-mine";

const signs = {
  done: { Icon: Check, className: "text-correct" },
  wait: { Icon: Clock, className: "text-soft" },
  stays: { Icon: Scale, className: "text-soft" },
  bad: { Icon: X, className: "text-wrong" },
} as const satisfies Record<MyState["sign"], object>;

export default function MyEntries({ board }: { board: BoardId }) {
  const { entries, problem } = useMyEntries();
  const here = entries.filter((entry) => entry.board === board);
  if (here.length === 0 && problem === null) return null;
  return (
    <Section
      id="my-entries"
      title="My entries"
      aside={here[0]?.entry ? <bdi>{here[0].entry.player}</bdi> : undefined}
      className="mb-8"
    >
      {problem !== null && (
        <ProblemText severity="warning" className="mb-2">
          Your entries could not be asked for. {problem}
        </ProblemText>
      )}
      <ul className="divide-y divide-line border-line border-y">
        {here.map((answer) => (
          <Row key={answer.id} answer={answer} />
        ))}
      </ul>
    </Section>
  );
}

function Row({ answer }: { answer: SubmissionAnswer }) {
  const { entry, board } = answer;
  const { sign, word, why } = myState(answer);
  const { Icon, className } = signs[sign];
  return (
    <li className="flex items-baseline gap-4 py-2.5">
      <p className="w-8 shrink-0 text-right font-semibold">
        {entry?.rank == null ? (
          <span className="font-normal text-soft">
            <span aria-hidden="true">–</span>
            <span className="sr-only">no place</span>
          </span>
        ) : (
          <>
            <span className="sr-only">Place </span>
            {entry.rank}
          </>
        )}
      </p>
      <div className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-4 gap-y-0.5">
        {entry !== null && (
          <>
            <a
              href={`/r/${entry.run}`}
              className="tap inline-flex min-w-0 items-center font-medium text-train hover:underline hover:underline-offset-4"
            >
              <bdi className="truncate">{titleOf(entry.experiment)}</bdi>
            </a>
            <span>{boards[board].formatScore(entry.score)}</span>
            <span className="text-mini text-soft">clean {formatShare(entry.cleanAccuracy)}</span>
          </>
        )}
        <span className={`inline-flex items-center gap-1.5 text-mini ${className}`}>
          <Icon className="size-3.5 shrink-0" strokeWidth={2.5} aria-hidden="true" />
          {word}
        </span>
        {why !== null && <p className="basis-full text-mini text-soft">{why}</p>}
      </div>
    </li>
  );
}
