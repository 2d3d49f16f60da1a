"use client";
// The whole playground within a frame, under a bar that leads to a page of its own.
import { useMemo } from "react";
import { addressOf } from "@/app/_playground/address";
import { Playground } from "@/app/_playground/playground";
import { useForkedFrom, useSpec } from "@/app/_playground/use-stores";
import type { EmbedOptions } from "@/lib/embed/options";
import type { ExperimentSpec } from "@/lib/spec/experiment";
import { Bar } from "./bar";
import { Frame } from "./frame";
import { useEmbed } from "./use-embed";

interface LivePlaygroundProps {
  spec: ExperimentSpec;
  options: EmbedOptions;
}

export function LivePlayground({ spec, options }: LivePlaygroundProps) {
  useEmbed(options);
  const opening = useMemo(() => ({ spec, forkedFrom: null }), [spec]);
  return (
    <Frame options={options}>
      <Playground opening={opening} bar={<ExperimentBar />} natural={options.autoHeight} />
    </Frame>
  );
}

/** Leads to the experiment as it is now, edits and all. */
function ExperimentBar() {
  const spec = useSpec();
  const forkedFrom = useForkedFrom();
  return <Bar address={addressOf({ spec, forkedFrom })} />;
}
