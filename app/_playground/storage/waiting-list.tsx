// Submissions that wait for a network, and those that were not taken when it was back. Nothing where there is none.
import { useCallback, useEffect, useState } from "react";
import { useStore } from "zustand";
import { TextButton } from "@/app/_ui/button";
import { ProblemText } from "@/app/_ui/problem";
import { boards } from "@/lib/leaderboard/find-board";
import { listWaiting, mayWait, takeOut, type Waiting } from "@/lib/offline/outbox";
import { titleOf } from "@/lib/spec/describe";
import { sendWaiting, submissions } from "../submit/submit-flow";

function useWaiting(): { waiting: readonly Waiting[]; look(): void } {
  const [waiting, setWaiting] = useState<readonly Waiting[]>([]);
  const under = useStore(submissions);
  const look = useCallback(() => {
    if (!mayWait()) return setWaiting([]);
    listWaiting().then(setWaiting, () => setWaiting([]));
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is under way may have been sent.
  useEffect(look, [look, under]);
  return { waiting, look };
}

export function WaitingList() {
  const { waiting, look } = useWaiting();
  if (waiting.length === 0) return null;
  const canSend = waiting.some(({ problem }) => problem === null);
  return (
    <section aria-labelledby="waiting" className="mt-5">
      <div className="flex items-baseline justify-between gap-4">
        <h3 id="waiting" className="caps">
          Submissions that wait
        </h3>
        {canSend && <TextButton onClick={() => void sendWaiting().then(look)}>Send now</TextButton>}
      </div>
      <ul className="mt-1 divide-y divide-line border-line border-y">
        {waiting.map(({ id, board, record, problem }) => (
          <li key={id} className="flex flex-wrap items-baseline gap-x-4 gap-y-0.5 py-2">
            <span className="min-w-0 flex-1 font-medium wrap-anywhere">
              {titleOf(record.experiment)}{" "}
              <span className="font-normal text-soft">to {boards[board].label}</span>
            </span>
            <TextButton
              onClick={() => void takeOut(id).then(look)}
              aria-label={`Remove ${titleOf(record.experiment)}`}
            >
              Remove
            </TextButton>
            {problem !== null && <ProblemText>{problem}</ProblemText>}
          </li>
        ))}
      </ul>
    </section>
  );
}
