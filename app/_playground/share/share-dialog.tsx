// Everything that leaves the playground and comes back into it: the link first, the rest folded below. On a phone it
// comes from below; on wide screens its top stays where it is while it unfolds.
import { X } from "lucide-react";
import { Accordion, Dialog } from "radix-ui";
import { useRef, useState } from "react";
import { IconButton } from "@/app/_ui/button";
import { useOpener } from "@/app/_ui/use-opener";
import { CapsuleSection } from "./capsule-section";
import { EmbedSection } from "./embed-section";
import { Fold } from "./fold";
import { JsonSection } from "./json-section";
import { LinkSection } from "./link-section";
import { OpenSection } from "./open-section";
import { PublishSection } from "./publish-section";
import { useDrop } from "./use-drop";
import { useOpen } from "./use-open";

const place =
  "inset-x-0 bottom-0 max-h-[92dvh] rounded-t-xl sm:inset-x-auto sm:top-[8dvh] sm:bottom-auto sm:left-1/2 sm:max-h-[84dvh] sm:w-[min(39rem,calc(100vw-2rem))] sm:-translate-x-1/2 sm:rounded-xl";

export default function ShareDialog({ onClose }: { onClose(): void }) {
  const [unfolded, setUnfolded] = useState<string[]>([]);
  // What opens the panel is not a part of it, so that Radix does not know where the focus was.
  const onCloseAutoFocus = useOpener();
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
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        {/* What is dropped beside the panel would take the place of the page, and of the run. */}
        <Dialog.Overlay {...listeners} className="fixed inset-0 z-50 bg-[rgb(0_0_0/0.45)]" />
        <Dialog.Content
          aria-describedby={undefined}
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            copyLink.current?.focus();
          }}
          onCloseAutoFocus={onCloseAutoFocus}
          className={`fixed z-50 overflow-y-auto overscroll-contain border border-line bg-raised px-5 pt-4 pb-3 shadow-xl sm:px-6 ${place} ${over ? "outline-2 outline-train" : "outline-none"}`}
          {...listeners}
        >
          <div className="mb-3 flex items-center justify-between">
            <Dialog.Title className="font-semibold text-base">Share</Dialog.Title>
            <Dialog.Close asChild>
              <IconButton label="Close" className="-mr-2">
                <X className="size-4" aria-hidden="true" />
              </IconButton>
            </Dialog.Close>
          </div>
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
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
