// Which engine ran, why the others did not, and what it holds.
import { Check, Minus } from "lucide-react";
import { formatBytes, formatPlural } from "@/app/_ui/format";
import { Section } from "@/app/_ui/section";
import { useRun } from "../use-stores";

export function Details() {
  const reports = useRun((run) => run.reports);
  const chosen = useRun((run) => run.engine?.id);
  const memory = useRun((run) => run.memory);
  if (reports.length === 0) return null;
  return (
    <Section id="engine-details" title="Engine">
      <ul className="space-y-2 text-mini">
        {reports.map(({ id, name, available, reason }) => (
          <li key={id} className="flex items-start gap-2">
            {id === chosen ? (
              <Check className="mt-0.5 size-3.5 shrink-0 text-correct" aria-label="chosen" />
            ) : (
              <Minus
                className="mt-0.5 size-3.5 shrink-0 text-soft"
                aria-label={available ? "not needed" : "not here"}
              />
            )}
            <div className="min-w-0">
              <p className={id === chosen ? "font-medium" : "text-soft"}>{name}</p>
              <p className="wrap-anywhere text-soft">{reason}</p>
            </div>
          </li>
        ))}
      </ul>
      {memory !== null && (
        <p className="mt-3 text-mini text-soft">
          Engine memory: {formatPlural(memory.tensors, "tensor")} · {formatBytes(memory.bytes)}
        </p>
      )}
    </Section>
  );
}
