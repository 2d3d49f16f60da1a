// Where an experiment was forked from.
import { GitFork } from "lucide-react";

/** Enough of a run's name to tell it from others at a glance. */
const SHOWN_DIGITS = 7;

export function Lineage({ from }: { from: string }) {
  return (
    <a
      href={`/r/${from}`}
      className="tap inline-flex items-center gap-1.5 text-mini text-soft underline-offset-4 hover:text-ink hover:underline"
    >
      <GitFork className="size-3.5" aria-hidden="true" />
      forked from <code className="font-mono text-ink">{from.slice(0, SHOWN_DIGITS)}…</code>
    </a>
  );
}
