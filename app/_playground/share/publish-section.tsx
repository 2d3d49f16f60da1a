// Publishing the run: what is sent is listed first, then it goes step by step to the address of its page.
import { useEffect, useMemo, useRef, useState } from "react";
import { Button } from "@/app/_ui/button";
import { formatBytes, formatPlural } from "@/app/_ui/format";
import { ProblemText } from "@/app/_ui/problem";
import type { RunRecord } from "@/lib/metrics/run-record";
import { publishRun } from "@/lib/runs/publish";
import { titleOf } from "@/lib/spec/describe";
import type { ExperimentSpec } from "@/lib/spec/experiment";
import { ParseError } from "@/lib/spec/parse";
import { deviceClass } from "@/lib/store/device";
import { recordOf } from "@/lib/store/record";
import { isActive, type Run } from "@/lib/store/reduce";
import { readWeights } from "@/lib/store/run";
import { programOf } from "@/lib/store/spec";
import { formatDate } from "../published/words";
import { useRun, useSpec } from "../use-stores";
import { measure } from "./measure";
import { Part } from "./part";
import { type PublishedPage, type PublishParts, type PublishStep, publishRecord } from "./publish-flow";
import { PublishedAddress } from "./published-address";
import { titledAs } from "./titled";
import { sentenceOf } from "./words";

type Publishing = PublishStep | { step: "published"; page: PublishedPage } | { step: "failed"; why: string };

/** Why a run cannot be published now. */
function whyNot({ state, spec, opened, holdOut }: Run): string {
  if (isActive(state)) return "The run is on: it can be published when it is over.";
  if (state === "failed") return "A run that failed cannot be published.";
  if (state === "done" && opened) return "This network came in a link, without the run that trained it.";
  if (state === "done" && holdOut) return "Its test images are locked: open them, then publish it.";
  if (state === "done" && spec !== null)
    return "The run ended before its first epoch did: train on, then publish it.";
  return "Train first: then the run can have a page of its own.";
}

/** What can be published of the run, or why nothing can. */
function recordToPublish(run: Run, present: ExperimentSpec): RunRecord | string {
  try {
    const record = recordOf(run, deviceClass());
    return record === null ? whyNot(run) : { ...record, experiment: titledAs(record.experiment, present) };
  } catch (error) {
    // A run may be longer than what a record holds.
    if (error instanceof ParseError) return error.message;
    throw error;
  }
}

export function PublishSection() {
  const run = useRun((whole) => whole);
  const present = useSpec();
  const record = useMemo(() => recordToPublish(run, present), [run, present]);
  return typeof record === "string" ? <p className="text-soft">{record}</p> : <Publish record={record} />;
}

function Publish({ record }: { record: RunRecord }) {
  // A run that goes on is another one, and so is one under another title.
  const id = `${record.environment.finishedAt} ${record.experiment.title}`;
  const [kept, setKept] = useState<{ of: string; publishing: Publishing } | null>(null);
  const publishing = kept?.of === id ? kept.publishing : null;
  const attempt = useRef<AbortController>(null);
  // A panel that is closed asks for nothing any more.
  useEffect(() => () => attempt.current?.abort(), []);

  async function publish(): Promise<void> {
    const controller = new AbortController();
    const { signal } = controller;
    attempt.current?.abort();
    attempt.current = controller;
    const hear = (step: Publishing) => {
      if (!signal.aborted) setKept({ of: id, publishing: step });
    };
    const parts: PublishParts = {
      readWeights,
      measure,
      async publish(published, bytes, onProgress) {
        signal.throwIfAborted();
        return publishRun(published, bytes, { onProgress, signal });
      },
    };
    try {
      hear({ step: "published", page: await publishRecord(record, parts, hear) });
    } catch (error) {
      hear({ step: "failed", why: sentenceOf(error) });
    }
  }

  if (publishing?.step === "published") return <PublishedAddress page={publishing.page} run={record} />;
  const busy = publishing !== null && publishing.step !== "failed";
  return (
    <>
      <p className="mb-2">
        The run gets a page of its own, for everybody who has its address. What is sent, and nothing else:
      </p>
      <Sent record={record} />
      <p className="mt-2 mb-3 text-soft">No name and no account. The page cannot be changed or taken back.</p>
      <Button className="bg-raised" aria-disabled={busy} onClick={() => !busy && void publish()}>
        {publishing?.step === "failed" ? "Try again" : "Publish this run"}
      </Button>
      <p role="status" className="mt-2 text-mini text-soft empty:hidden">
        {publishing !== null && doing(publishing)}
      </p>
      {publishing?.step === "failed" && <ProblemText className="mt-2">{publishing.why}</ProblemText>}
    </>
  );
}

function doing(publishing: Publishing): string | null {
  if (publishing.step === "measuring")
    return "Measuring the network with shorter weights on the test images …";
  if (publishing.step !== "sending") return null;
  const { sizeBytes, share } = publishing;
  const percent = share > 0 && share < 1 ? `: ${Math.round(100 * share)} %` : "";
  return `Sending ${formatBytes(sizeBytes)} of weights${percent} …`;
}

function Sent({ record }: { record: RunRecord }) {
  const { experiment, history, environment, forkedFrom, restoredEpoch } = record;
  const { engine, finishedAt } = environment;
  const device = `${engine.name} (${engine.device}), on a ${environment.deviceClass}`;
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 text-mini">
      <Part name="Experiment">{titleOf(experiment)}</Part>
      <Part name="History">{formatPlural(history.length, "epoch")}, curves, times and test result</Part>
      <Part name="Engine and device">{device}</Part>
      <Part name="Date">{formatDate(finishedAt)}</Part>
      <Part name="Weights">
        {formatPlural(programOf(experiment).parameters, "parameter")}
        {restoredEpoch !== undefined && ` of epoch ${restoredEpoch}`}, and their hash
      </Part>
      {forkedFrom !== null && <Part name="Forked from">the run {forkedFrom.slice(0, 8)}…</Part>}
    </dl>
  );
}
