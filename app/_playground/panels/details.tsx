// Which engine ran and how fast each is on this experiment, why the others were not taken, and what it holds.
import { Check, Minus } from "lucide-react";
import { lazy, Suspense } from "react";
import { formatBytes, formatPlural, formatRate } from "@/app/_ui/format";
import { Section } from "@/app/_ui/section";
import type { EngineReport } from "@/lib/training/contract";
import { useRun } from "../use-stores";

const OwnResult = lazy(() => import("../drawing/own-result"));

/** Once it is over, beside the data set's own test: how the network does on what the person drew. */
export function OwnDetails() {
  const isOver = useRun(({ state, opened, hash }) => state === "done" && (opened || hash !== null));
  return (
    isOver && (
      <Suspense>
        <OwnResult />
      </Suspense>
    )
  );
}

export function Details() {
  const reports = useRun((run) => run.reports);
  const chosen = useRun((run) => run.engine?.id);
  const memory = useRun((run) => run.memory);
  if (reports.length === 0) return null;
  const fastest = Math.max(...reports.map(({ samplesPerSecond }) => samplesPerSecond ?? 0));
  return (
    <Section id="engine-details" title="Engine" aside={fastest > 0 ? "training images/s" : undefined}>
      <ul className="space-y-2.5 text-mini">
        {reports.map((report) => (
          <Report key={report.id} report={report} chosen={report.id === chosen} fastest={fastest} />
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

interface ReportProps {
  report: EngineReport;
  chosen: boolean;
  /** Of all engines, in images a second. */
  fastest: number;
}

export function Report({ report, chosen, fastest }: ReportProps) {
  const { name, available, reason, samplesPerSecond } = report;
  return (
    <li className="flex items-start gap-2">
      {chosen ? (
        <Check className="mt-0.5 size-3.5 shrink-0 text-correct" aria-label="chosen" />
      ) : (
        <Minus
          className="mt-0.5 size-3.5 shrink-0 text-soft"
          aria-label={available ? "not chosen" : "not here"}
        />
      )}
      <div className="min-w-0 flex-1">
        <p className={`flex justify-between gap-x-3 ${chosen ? "font-medium" : "text-soft"}`}>
          {name}
          {samplesPerSecond !== null && (
            <span>
              {formatRate(samplesPerSecond)}
              <span className="sr-only"> images a second</span>
            </span>
          )}
        </p>
        {samplesPerSecond !== null && (
          <div aria-hidden="true" className="mt-1 mb-0.5 h-[3px] rounded-full bg-line">
            <div
              className={`h-full min-w-[3px] rounded-full ${chosen ? "bg-train" : "bg-soft"}`}
              style={{ width: `${(100 * samplesPerSecond) / fastest}%` }}
            />
          </div>
        )}
        <p className="wrap-anywhere text-soft">{reason}</p>
      </div>
    </li>
  );
}
