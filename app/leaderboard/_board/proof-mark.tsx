// How well an entry is proved: a sign and a word, and on tap what the word means.
import { Check, Clock, Scale } from "lucide-react";
import { Popover } from "radix-ui";
import type { PlacedEntry, Proof } from "@/lib/leaderboard/records";
import { explainProof, proofWords } from "./words";

const signs: Readonly<Record<Proof, { Icon: typeof Check; tone: string }>> = {
  replayed: { Icon: Check, tone: "text-correct" },
  evaluated: { Icon: Scale, tone: "text-soft" },
  pending: { Icon: Clock, tone: "text-soft" },
};

export function ProofMark({ entry }: { entry: PlacedEntry }) {
  const { Icon, tone } = signs[entry.proof];
  const word = proofWords[entry.proof];
  return (
    <Popover.Root>
      <Popover.Trigger
        className={`tap inline-flex cursor-help items-center gap-1.5 text-left text-mini leading-4 underline-offset-4 hover:underline ${tone}`}
      >
        <Icon
          className="size-3.5 shrink-0"
          strokeWidth={entry.proof === "replayed" ? 3 : 2}
          aria-hidden="true"
        />
        {word}
        <span className="sr-only"> explained</span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={6}
          collisionPadding={12}
          aria-label={word}
          className="z-50 max-w-72 rounded-lg border border-line bg-raised px-4 py-3 text-ink text-sm shadow-lg outline-none"
        >
          {explainProof(entry)}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
