// Among a run's details: how the network does on what the person drew themselves, beside the data set's test.
import { useEffect } from "react";
import { useStore } from "zustand";
import { formatAccuracy } from "@/app/_ui/format";
import { Section } from "@/app/_ui/section";
import { openOwnDigits, ownStore } from "@/lib/drawing/own-digits";
import { readingStore, watchOwnDigits } from "@/lib/drawing/own-reading";
import { useRun } from "../use-stores";
import { OwnScore } from "./own-score";

export default function OwnResult() {
  const there = useStore(ownStore, ({ digits }) => digits !== null && digits.length > 0);
  const isRead = useStore(readingStore, ({ reading }) => reading !== null);
  const test = useRun((run) => run.test);
  useEffect(() => void openOwnDigits(), []);
  useEffect(watchOwnDigits, []);
  if (!there || !isRead) return null;
  return (
    <Section id="own-result" title="My test set">
      <p className="text-mini">
        <OwnScore />
        {test !== null && (
          <span className="text-soft"> · the data set's own test: {formatAccuracy(test.accuracy)}</span>
        )}
      </p>
    </Section>
  );
}
