// One finding: what was seen, why that is so, and the experiment that mends it.
import { Stethoscope } from "lucide-react";
import { type ReactNode, useId } from "react";
import { FindingPicture } from "@/app/_charts/finding-picture";
import { Button } from "@/app/_ui/button";
import type { Finding } from "@/lib/doctor/doctor";
import { startMend } from "@/lib/store/mend";

interface FindingCardProps {
  finding: Finding;
  /** True while something trains that has to be over first. */
  busy: boolean;
  /** The mended run, once there is one. */
  children: ReactNode;
}

export function FindingCard({ finding, busy, children }: FindingCardProps) {
  const { label, seen, why, picture, mend, advice } = finding;
  const id = useId();
  return (
    <li>
      <section aria-labelledby={id} className="border-wrong border-l-2 pl-4">
        <h3 id={id} className="flex items-center gap-2 font-semibold text-base">
          <Stethoscope className="size-4 shrink-0 text-wrong" aria-hidden="true" />
          {label}
        </h3>
        <ul className="mt-2 max-w-prose space-y-1">
          {seen.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
        <p className="mt-2 max-w-prose text-soft">{why}</p>
        <div className="mt-3">
          <FindingPicture picture={picture} />
        </div>
        {mend !== null && (
          <div className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-2">
            <Button
              className="h-auto min-h-9 whitespace-normal py-1.5 text-left"
              // Disabled, it would lose the focus as soon as it is pressed.
              aria-disabled={busy}
              onClick={() => {
                if (!busy) void startMend(label, mend.label, mend.spec);
              }}
            >
              {mend.label}
            </Button>
            <span className="text-mini text-soft">
              {busy ? "Once nothing trains any more" : "Trains the changed experiment beside this run"}
            </span>
          </div>
        )}
        {advice !== null && <p className="mt-3 max-w-prose font-medium">{advice}</p>}
        {children}
      </section>
    </li>
  );
}
