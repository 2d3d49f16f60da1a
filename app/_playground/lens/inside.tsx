// What is inside: what every layer makes of an image, what the first layer looks for, which pixels matter, and how the
// weights move. One of them at a time is there, and asks the lens.
import { Tabs } from "radix-ui";
import { type ComponentType, lazy, Suspense, useState } from "react";
import { TabPanel, TabRow } from "@/app/_ui/tabs";
import type { ExperimentSpec } from "@/lib/spec/experiment";
import { ImageChoice } from "./inside/image-choice";
import { useSubject } from "./inside/use-subject";
import { useLensState } from "./use-lens";

export interface InsideProps {
  spec: ExperimentSpec;
  /** Bytes of the image that is looked at; the same array while they are the same. Null before there is one. */
  image: Uint8Array | null;
}

const views: readonly { id: string; label: string; View: ComponentType<InsideProps> }[] = [
  { id: "layers", label: "Layers", View: lazy(() => import("./inside/layers")) },
  { id: "weights", label: "First weights", View: lazy(() => import("./inside/first-weights")) },
  { id: "matters", label: "What matters", View: lazy(() => import("./inside/what-matters")) },
  { id: "spread", label: "Over time", View: lazy(() => import("./inside/over-time")) },
];

export default function Inside() {
  const spec = useLensState((lens) => lens.spec);
  // Between two runs there is no network: the former one's pictures stay until the next has answered.
  const [held, setHeld] = useState(spec);
  if (spec !== null && spec !== held) setHeld(spec);
  return held === null ? <div className="h-72" /> : <Views key={held.dataset.id} spec={held} />;
}

function Views({ spec }: { spec: ExperimentSpec }) {
  const subject = useSubject(spec);
  const [view, setView] = useState("layers");
  return (
    <Tabs.Root value={view} onValueChange={setView} activationMode="manual" className="space-y-5">
      <ImageChoice spec={spec} subject={subject} />
      <TabRow name="What to see inside" tabs={views} look="plain" />
      {views.map(({ id, View }) => (
        <TabPanel key={id} value={id}>
          <Suspense fallback={<div className="h-72" />}>
            <View spec={spec} image={subject.image} />
          </Suspense>
        </TabPanel>
      ))}
    </Tabs.Root>
  );
}
