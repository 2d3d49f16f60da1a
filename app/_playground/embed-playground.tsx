"use client";
// The playground in another page's frame: a still picture and two ways on. Nothing heavy is downloaded before the tap.
import { Play } from "lucide-react";
import { lazy, type ReactNode, Suspense, useMemo, useState } from "react";
import { Button } from "@/app/_ui/button";
import { Mark } from "@/app/_ui/mark";
import type { ExperimentSpec } from "@/lib/spec/experiment";
import { OpenInDescent } from "./open-in-descent";

const Framed = lazy(() => import("./framed"));

interface EmbedPlaygroundProps {
  spec: ExperimentSpec;
  /** Of the experiment's own page. */
  address: string;
  /** What the server drew of it. */
  still: ReactNode;
}

export function EmbedPlayground({ spec, address, still }: EmbedPlaygroundProps) {
  const [wanted, setWanted] = useState(false);
  const opening = useMemo(() => ({ spec, forkedFrom: null }), [spec]);
  const waiting = (
    <main className="mx-auto flex min-h-dvh max-w-2xl flex-col justify-center gap-1.5 px-5 py-8">
      <p className="mb-3 flex items-center gap-2 font-bold tracking-tight">
        <Mark className="size-5" />
        Descent
      </p>
      {still}
      <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
        <Button filled onClick={() => setWanted(true)} aria-disabled={wanted} aria-busy={wanted}>
          <Play className="size-4 fill-current" aria-hidden="true" />
          {wanted ? "Loading the playground" : "Open the playground here"}
        </Button>
        <OpenInDescent address={address} />
      </div>
    </main>
  );
  if (!wanted) return waiting;
  return (
    <Suspense fallback={waiting}>
      <Framed opening={opening} />
    </Suspense>
  );
}
