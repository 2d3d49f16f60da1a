// What this browser keeps for this site, part by part, with its size.
import { useEffect, useState } from "react";
import { useStore } from "zustand";
import { formatBytes, formatPlural } from "@/app/_ui/format";
import type { Kept } from "@/lib/offline/keep-data";
import { offlineStore } from "@/lib/offline/offline";
import * as datasets from "@/lib/spec/datasets/registry";
import type { DatasetId } from "@/lib/spec/experiment";
import { useOpenShelf, useShelf } from "../shelf/use-shelf";

const filesOf = ({ done, total }: Kept): string =>
  done === total ? formatPlural(total, "file") : `${done} of ${formatPlural(total, "file")}`;

/** What the browser itself counts, in bytes; null where it does not tell. It rounds, and counts its own book-keeping. */
function useEstimate(changes: unknown): number | null {
  const [bytes, setBytes] = useState<number | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked for again whenever something changed.
  useEffect(() => {
    let here = true;
    navigator.storage?.estimate?.().then(
      ({ usage }) => here && setBytes(usage ?? null),
      () => {},
    );
    return () => {
      here = false;
    };
  }, [changes]);
  return bytes;
}

export function KeptList() {
  useOpenShelf();
  const { app, data, state } = useStore(offlineStore);
  const runs = useShelf((shelf) => shelf.entries);
  const estimate = useEstimate(`${state} ${runs.length}`);
  const weightsBytes = runs.reduce((sum, run) => sum + run.weightsBytes, 0);
  return (
    <>
      <dl className="divide-y divide-line border-line border-y">
        {app !== null && (
          <Row name="Pages, lessons and engines" detail={filesOf(app)} bytes={app.sizeBytes} />
        )}
        {(Object.keys(datasets) as DatasetId[]).map((id) => {
          const kept = data[id];
          return (
            kept !== undefined && (
              <Row key={id} name={datasets[id].label} detail={filesOf(kept)} bytes={kept.sizeBytes} />
            )
          );
        })}
        <Row name="Your runs" detail={formatPlural(runs.length, "run")} bytes={weightsBytes} />
      </dl>
      <p className="mt-2 text-mini text-soft">
        {estimate !== null && state !== "fetching" && `The browser counts ${formatBytes(estimate)} in all. `}
        Your own digits, progress in the lessons and your settings are a few kilobytes more.
      </p>
    </>
  );
}

function Row({ name, detail, bytes }: { name: string; detail: string; bytes: number }) {
  return (
    <div className="flex items-baseline gap-4 py-2">
      <dt className="min-w-0 flex-1 font-medium">{name}</dt>
      <dd className="text-mini text-soft">{detail}</dd>
      <dd className="w-16 text-right">{formatBytes(bytes)}</dd>
    </div>
  );
}
