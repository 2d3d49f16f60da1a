// The shelf: the runs that this browser keeps, in a sheet at the side; on phones it is the whole screen.
import { ArrowLeft, X } from "lucide-react";
import { Dialog } from "radix-ui";
import { useEffect, useMemo, useRef, useState } from "react";
import { IconButton } from "@/app/_ui/button";
import { ProblemText } from "@/app/_ui/problem";
import { useOpener } from "@/app/_ui/use-opener";
import { CompareView } from "./compare-view";
import { RENAMING } from "./kept-name";
import { ShelfList } from "./shelf-list";
import { useOpenShelf, useShelf } from "./use-shelf";

export default function ShelfDialog({ onClose }: { onClose(): void }) {
  const onCloseAutoFocus = useOpener();
  useOpenShelf();
  const problem = useShelf((shelf) => shelf.problem);
  const unavailable = useShelf((shelf) => shelf.state === "unavailable");
  const entries = useShelf((shelf) => shelf.entries);
  const [picked, setPicked] = useState<readonly string[]>([]);
  const [comparing, setComparing] = useState(false);
  const title = useFocusAfter(comparing);
  const compared = useMemo(
    () => picked.flatMap((id) => entries.find((entry) => entry.id === id && entry.deletedAt === null) ?? []),
    [picked, entries],
  );
  const others = useMemo(
    () => entries.filter(({ id, deletedAt }) => deletedAt === null && !picked.includes(id)),
    [picked, entries],
  );
  const shown = comparing && compared.length >= 2;
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-50 bg-[rgb(0_0_0/0.45)]" />
        <Dialog.Content
          aria-describedby={undefined}
          onCloseAutoFocus={onCloseAutoFocus}
          onEscapeKeyDown={(event) => {
            if (event.target instanceof Element && event.target.hasAttribute(RENAMING))
              event.preventDefault();
          }}
          className="fixed inset-y-0 right-0 z-50 w-full max-w-4xl overflow-y-auto overscroll-contain border-line bg-paper px-4 shadow-xl sm:border-l sm:px-7"
        >
          <div className="sticky top-0 z-10 -mx-4 mb-1 flex h-15 items-center gap-2 bg-paper px-4 sm:-mx-7 sm:px-7">
            {shown && (
              <IconButton label="All runs" className="-ml-1.5" onClick={() => setComparing(false)}>
                <ArrowLeft className="size-4" aria-hidden="true" />
              </IconButton>
            )}
            <Dialog.Title ref={title} tabIndex={-1} className="mr-auto font-semibold text-base outline-none">
              {shown ? `${compared.length} runs compared` : "Runs"}
            </Dialog.Title>
            <Dialog.Close asChild>
              <IconButton label="Close">
                <X className="size-4" aria-hidden="true" />
              </IconButton>
            </Dialog.Close>
          </div>
          {problem !== null && (
            <div role="status" className="pb-4">
              <ProblemText severity="warning">{problem}</ProblemText>
            </div>
          )}
          <div className="pb-6">
            {shown ? (
              <CompareView runs={compared} others={others} />
            ) : (
              !unavailable && (
                <ShelfList
                  chosen={compared.map(({ id }) => id)}
                  onChoose={setPicked}
                  onCompare={() => setComparing(true)}
                  onOpened={onClose}
                />
              )
            )}
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** What it is put on takes the focus whenever `view` becomes another, which the sheet does not begin with. */
function useFocusAfter(view: boolean) {
  const element = useRef<HTMLHeadingElement>(null);
  const before = useRef(view);
  useEffect(() => {
    if (before.current !== view) element.current?.focus();
    before.current = view;
  }, [view]);
  return element;
}
