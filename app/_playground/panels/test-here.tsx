// For a network that was trained before or elsewhere: its score on the test images, measured here, on request.
import { useState } from "react";
import { TextButton } from "@/app/_ui/button";
import { formatAccuracy, formatCount } from "@/app/_ui/format";
import { countSamples } from "@/lib/spec/samples";
import { evaluateTest } from "@/lib/store/run";
import type { EvaluateResult } from "@/lib/training/contract";
import { useRun } from "../use-stores";

type Measured = EvaluateResult | "measuring" | "failed" | null;

/** @param note what is known before */
export function TestHere({ note }: { note: string }) {
  const spec = useRun((run) => (run.opened ? run.spec : null));
  const [measured, setMeasured] = useState<Measured>(null);
  const images = spec === null ? 0 : countSamples(spec).test;

  async function measure() {
    setMeasured("measuring");
    setMeasured((await evaluateTest()) ?? "failed");
  }

  return (
    <p className="flex min-h-7 flex-wrap items-center gap-x-3 text-mini text-soft">
      <span role="status">{measured === null ? note : said(measured, images)}</span>
      <TextButton onClick={measure} disabled={spec === null || measured === "measuring"}>
        Test it here
      </TextButton>
    </p>
  );
}

function said(measured: Exclude<Measured, null>, images: number): string {
  if (measured === "measuring") return `reading ${formatCount(images)} test images…`;
  if (measured === "failed") return "The test images or the network did not come: try again.";
  return `measured here, from these weights: ${formatAccuracy(measured.accuracy)} on ${formatCount(images)} test images, loss ${measured.loss.toFixed(4)}`;
}
