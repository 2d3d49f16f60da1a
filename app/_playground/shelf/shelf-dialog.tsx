// The shelf: the runs that this browser keeps, in a sheet at the side; on phones it is the whole screen.
import { useEffect, useMemo, useRef, useState } from "react";
import { SidePanel } from "@/app/_ui/dialog";
import { ProblemText } from "@/app/_ui/problem";
import { CompareView } from "./compare-view";
import { RENAMING } from "./kept-name";
import { ShelfList } from "./shelf-list";
import { useOpenShelf, useShelf } from "./use-shelf";

export default function ShelfDialog({ onClose }: { onClose(): void }) {
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
    <SidePanel
      title={shown ? `${compared.length} runs compared` : "Runs"}
      titleRef={title}
      back={shown ? { label: "All runs", onClick: () => setComparing(false) } : null}
      onClose={onClose}
      onEscapeKeyDown={(event) => {
        if (event.target instanceof Element && event.target.hasAttribute(RENAMING)) event.preventDefault();
      }}
      className="max-w-4xl"
    >
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
    </SidePanel>
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
