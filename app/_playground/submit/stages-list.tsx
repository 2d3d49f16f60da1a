// Where a submission is: its stages with their signs, and for screen readers each of them once.
import { Check, Circle, CircleDot, Minus, X } from "lucide-react";
import { Progress } from "radix-ui";
import { useMemo } from "react";
import { buttonClass } from "@/app/_ui/button";
import { ProblemText } from "@/app/_ui/problem";
import { addressOf } from "@/app/leaderboard/_board/choice";
import { boards } from "@/lib/leaderboard/find-board";
import { announcementOf, type Stage, stagesOf } from "./stages";
import type { Submitting } from "./submit-flow";

const signs = {
  done: { Icon: Check, className: "text-correct" },
  now: { Icon: CircleDot, className: "text-train" },
  wait: { Icon: Circle, className: "text-line" },
  bad: { Icon: X, className: "text-wrong" },
  stays: { Icon: Minus, className: "text-soft" },
} as const satisfies Record<Stage["sign"], object>;

export function Stages({ submitting }: { submitting: Submitting }) {
  const { board, answer, problem } = submitting;
  const stages = stagesOf(submitting);
  const reached = stages.map(({ sign }) => sign).join(" ");
  // Said when a stage is reached, not whenever a number changes.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above.
  const announcement = useMemo(() => announcementOf(submitting), [reached, board]);
  const device = answer?.entry != null && boards[board].byDevice ? answer.entry.deviceClass : null;
  return (
    <div className="mt-4">
      <p role="status" className="sr-only">
        {announcement}
      </p>
      <ol className="space-y-3">
        {stages.map((stage) => (
          <Row key={stage.name} stage={stage} />
        ))}
      </ol>
      {answer !== null && problem !== null && (
        <ProblemText className="mt-3">Where it is could not be asked. {problem.why}</ProblemText>
      )}
      {answer?.entry != null && answer.state !== "removed" && (
        <a href={addressOf(board, device)} className={`${buttonClass()} mt-4 bg-raised`}>
          Open the board
        </a>
      )}
      {answer !== null && !submitting.over && (
        <p className="mt-3 text-mini text-soft">This goes on when the dialog or the page is closed.</p>
      )}
    </div>
  );
}

function Row({ stage: { name, sign, text, progress } }: { stage: Stage }) {
  const { Icon, className } = signs[sign];
  return (
    <li className="flex gap-3">
      <Icon className={`mt-0.5 size-4 shrink-0 ${className}`} strokeWidth={2.5} aria-hidden="true" />
      <div className="min-w-0 flex-1">
        <p className={sign === "wait" ? "text-soft" : "font-medium"}>{name}</p>
        {text !== "" && <p className={`text-mini ${sign === "bad" ? "text-wrong" : "text-soft"}`}>{text}</p>}
        {progress !== undefined && (
          <Progress.Root
            value={Math.floor(100 * progress)}
            aria-label="Progress of training again"
            className="mt-2 h-[3px] overflow-hidden rounded-full bg-line"
          >
            <Progress.Indicator
              className="h-full rounded-full bg-train"
              style={{ width: `${100 * progress}%` }}
            />
          </Progress.Root>
        )}
      </div>
    </li>
  );
}
