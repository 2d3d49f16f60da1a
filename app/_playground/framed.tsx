// The whole playground within a frame, under a bar that leads to a page of its own.
import type { SpecState } from "@/lib/store/spec";
import { addressOf } from "./address";
import { NotKept } from "./not-kept";
import { OpenInDescent } from "./open-in-descent";
import { Playground } from "./playground";
import { useForkedFrom, useSpec } from "./use-stores";

export default function Framed({ opening }: { opening: SpecState }) {
  return <Playground opening={opening} bar={<Bar />} />;
}

/** Leads to the experiment as it is now, edits and all. */
function Bar() {
  const spec = useSpec();
  const forkedFrom = useForkedFrom();
  return (
    <header className="flex flex-wrap items-center justify-end gap-x-5 border-line border-b px-4 py-1 lg:px-7">
      <NotKept />
      <OpenInDescent address={addressOf({ spec, forkedFrom })} />
    </header>
  );
}
