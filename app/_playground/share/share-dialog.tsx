// Everything that leaves the playground and comes back into it: the link first, the rest folded below.
import { Accordion } from "radix-ui";
import { useRef, useState } from "react";
import { Sheet } from "@/app/_ui/dialog";
import { CapsuleSection } from "./capsule-section";
import { EmbedSection } from "./embed-section";
import { Fold } from "./fold";
import { JsonSection } from "./json-section";
import { LinkSection } from "./link-section";
import { OpenSection } from "./open-section";
import { PublishSection } from "./publish-section";
import { useDrop } from "./use-drop";
import { useOpen } from "./use-open";

export default function ShareDialog({ onClose }: { onClose(): void }) {
  const [unfolded, setUnfolded] = useState<string[]>([]);
  const copyLink = useRef<HTMLButtonElement>(null);
  const opening = useOpen(onClose);
  // Where what is dropped cannot be opened, this is where it says so.
  const unfoldOpen = () => setUnfolded((folds) => [...new Set([...folds, "open"])]);
  const { over, listeners } = useDrop({
    onFile(file) {
      unfoldOpen();
      void opening.openFile(file);
    },
    onText(text) {
      unfoldOpen();
      void opening.openText(text);
    },
  });
  return (
    <Sheet
      title="Share"
      onClose={onClose}
      onOpenAutoFocus={(event) => {
        event.preventDefault();
        copyLink.current?.focus();
      }}
      className={`sm:max-w-[39rem] ${over ? "ring-2 ring-train" : ""}`}
      // What is dropped beside the panel would take the place of the page, and of the run.
      beside={listeners}
      {...listeners}
    >
      <LinkSection button={copyLink} />
      <Accordion.Root type="multiple" value={unfolded} onValueChange={setUnfolded}>
        <Fold
          value="capsule"
          title="Trained model"
          summary="A link that predicts at once, with the weights in it"
        >
          <CapsuleSection />
        </Fold>
        <Fold
          value="publish"
          title="Published run"
          summary="A page with its curves, its numbers and its network"
        >
          <PublishSection />
        </Fold>
        <Fold value="embed" title="Embed" summary="The experiment in a page of your own">
          <EmbedSection />
        </Fold>
        <Fold value="json" title="Experiment as JSON" summary="To download, copy or edit">
          <JsonSection />
        </Fold>
        <Fold value="open" title="Open an experiment" summary="From JSON, a link or a file">
          <OpenSection opening={opening} />
        </Fold>
      </Accordion.Root>
    </Sheet>
  );
}
