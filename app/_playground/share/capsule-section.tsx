// The link with the trained network in it: measured before it is copied, so that it says what the shortening costs.
import { useEffect, useMemo, useRef, useState } from "react";
import { Button } from "@/app/_ui/button";
import { formatAccuracy, formatCount } from "@/app/_ui/format";
import { ProblemText } from "@/app/_ui/problem";
import { whyNoCapsule } from "@/lib/share/capsule";
import { capsuleLink } from "@/lib/share/links";
import type { ExperimentSpec } from "@/lib/spec/experiment";
import { readWeights, runStore } from "@/lib/store/run";
import { programOf } from "@/lib/store/spec";
import { useRun, useSpec } from "../use-stores";
import { type Capsule, makeCapsule } from "./capsule-flow";
import { CopyField } from "./copy-field";
import { measure } from "./measure";
import { titledAs } from "./titled";
import { sentenceOf } from "./words";

type Making =
  | { step: "asked" }
  | { step: "made"; link: string; capsule: Capsule }
  | { step: "failed"; why: string };

export function CapsuleSection() {
  const trainedSpec = useRun((run) => run.spec);
  const done = useRun((run) => run.state === "done");
  const locked = useRun((run) => run.holdOut);
  const hash = useRun((run) => run.hash);
  const present = useSpec();
  const spec = useMemo(
    () => (trainedSpec === null ? null : titledAs(trainedSpec, present)),
    [trainedSpec, present],
  );
  if (spec === null || !done)
    return <p className="text-soft">Train first: then the link can carry the network as it was trained.</p>;
  // Making it measures the network on them.
  if (locked) return <p className="text-soft">The test images are locked: open them first.</p>;
  const reason = whyNoCapsule(programOf(spec));
  if (reason !== null) return <p className="text-soft">{reason}</p>;
  return <MakeCapsule spec={spec} id={`${hash} ${spec.title}`} />;
}

interface MakeCapsuleProps {
  spec: ExperimentSpec;
  /** Other weights or another title need another link. */
  id: string;
}

function MakeCapsule({ spec, id }: MakeCapsuleProps) {
  const trained = useRun((run) => run.test?.accuracy ?? null);
  const [kept, setKept] = useState<{ of: string; making: Making } | null>(null);
  const making = kept?.of === id ? kept.making : null;
  const setMaking = (next: Making) => setKept({ of: id, making: next });

  async function make(): Promise<void> {
    setMaking({ step: "asked" });
    try {
      const capsule = await makeCapsule(spec, { readWeights, measure });
      const { forkedFrom } = runStore.getState();
      setMaking({
        step: "made",
        link: capsuleLink(location.origin, spec, forkedFrom, capsule.text),
        capsule,
      });
    } catch (error) {
      setMaking({ step: "failed", why: sentenceOf(error) });
    }
  }

  if (making?.step === "made") return <CapsuleLink {...making} trained={trained} />;
  const busy = making?.step === "asked";
  return (
    <>
      <p className="mb-3 text-soft">
        The weights stand in the link behind the #, which browsers send to no server. Whoever opens it can try
        the network at once, without training.
      </p>
      <Button className="bg-raised" aria-disabled={busy} onClick={() => !busy && void make()}>
        Copy link with the trained model
      </Button>
      <p role="status" className="mt-2 text-mini text-soft empty:hidden">
        {busy && "Measuring the network with 4-bit weights on the test images …"}
      </p>
      {making?.step === "failed" && <ProblemText className="mt-2">{making.why}</ProblemText>}
    </>
  );
}

interface CapsuleLinkProps {
  link: string;
  capsule: Capsule;
  /** Of the network as it was trained, where that is known. */
  trained: number | null;
}

function CapsuleLink({ link, capsule, trained }: CapsuleLinkProps) {
  const copy = useRef<HTMLButtonElement>(null);
  // The button that was pressed is gone.
  useEffect(() => copy.current?.focus(), []);
  return (
    <CopyField label="Link with the trained model" text={link} action="Copy link" button={copy} copyAtOnce>
      <p className="mt-2 text-mini text-soft">
        4-bit weights: {formatAccuracy(capsule.testAccuracy)} on the test images
        {trained !== null && ` instead of ${formatAccuracy(trained)}`}; {formatCount(link.length)} characters.
      </p>
    </CopyField>
  );
}
