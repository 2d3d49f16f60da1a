// What the network sees, and where it fails: one thing at a time, each downloaded when it is first looked at. Nothing is
// mounted and no lens is open until then, and again after "close".
import { Tabs } from "radix-ui";
import { type ComponentType, lazy, Suspense, useState } from "react";
import { TextButton } from "@/app/_ui/button";
import { Section } from "@/app/_ui/section";
import { TabPanel, TabRow } from "@/app/_ui/tabs";
import { useLooking } from "./use-lens";

const Moments = lazy(() => import("./moments"));

const views: readonly { id: string; label: string; View: ComponentType }[] = [
  { id: "mistakes", label: "Mistakes", View: lazy(() => import("./mistakes")) },
  { id: "inside", label: "Inside", View: lazy(() => import("./inside")) },
  { id: "doctor", label: "Doctor", View: lazy(() => import("./doctor")) },
];

export default function LookCloser() {
  const [view, setView] = useState("");
  const isOpen = view !== "";
  return (
    <Section
      id="look-closer"
      title="Look closer"
      aside={isOpen && <TextButton onClick={() => setView("")}>close</TextButton>}
    >
      {isOpen && <Looking />}
      {/* Each view costs work: the arrows alone open none. */}
      <Tabs.Root value={view} onValueChange={setView} activationMode="manual">
        <TabRow name="What to look at" tabs={views} className="-mx-4 px-4 lg:mx-0 lg:px-0" />
        {views.map(({ id, View }) => (
          <TabPanel key={id} value={id} className="pt-4">
            <Suspense fallback={<div className="h-72" />}>
              <View />
            </Suspense>
          </TabPanel>
        ))}
      </Tabs.Root>
    </Section>
  );
}

/** Between two views the lens stays; the slider of the moments stands above all of them. */
function Looking() {
  useLooking();
  return (
    <Suspense>
      <Moments />
    </Suspense>
  );
}
