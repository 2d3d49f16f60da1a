// A page that nobody saw may have been stopped by the browser in the middle of its run: said once it is seen again.
import { formatDuration } from "@/app/_ui/format";
import { useRun } from "../use-stores";

export function FrozenNote() {
  const frozenMs = useRun((run) => run.frozenMs);
  const over = useRun(({ state }) => state === "done");
  return (
    <p role="status" className={frozenMs === 0 ? "sr-only" : "mt-4 text-mini text-soft"}>
      {frozenMs > 0 &&
        `Paused by the browser for ${formatDuration(frozenMs)} while this page was out of sight; ${over ? "it went on by itself." : "it goes on."}`}
    </p>
  );
}
