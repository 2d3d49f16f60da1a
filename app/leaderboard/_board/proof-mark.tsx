// How well an entry is proved: a sign and a word, and where it can be tapped what the word means.
import { Check, Clock, Scale } from "lucide-react";
import { Popover } from "radix-ui";
import type { PlacedEntry, Proof } from "@/lib/leaderboard/records";
import { explainProof, proofWords } from "./words";

const signs: Readonly<Record<Proof, { Icon: typeof Check; tone: string }>> = {
  replayed: { Icon: Check, tone: "text-correct" },
  evaluated: { Icon: Scale, tone: "text-soft" },
  pending: { Icon: Clock, tone: "text-soft" },
};

export function ProofSign({ proof, className = "" }: { proof: Proof; className?: string }) {
  const { Icon, tone } = signs[proof];
  return (
    <span className={`flex max-w-40 items-start gap-1.5 text-left text-mini leading-5 ${tone} ${className}`}>
      <Icon
        className="mt-[3px] size-3.5 shrink-0"
        strokeWidth={proof === "replayed" ? 3 : 2}
        aria-hidden="true"
      />
      {proofWords[proof]}
    </span>
  );
}

export function ProofMark({ entry }: { entry: PlacedEntry }) {
  const word = proofWords[entry.proof];
  return (
    <Popover.Root>
      <Popover.Trigger className="tap inline-flex cursor-help items-start underline-offset-4 hover:underline">
        <ProofSign proof={entry.proof} />
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
