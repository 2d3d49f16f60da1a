// Images in rows, each with a line below it; one that is pressed shows what the network makes of it.
import { type ReactNode, useMemo, useState } from "react";
import { TextButton } from "@/app/_ui/button";
import { formatCount, formatPlural } from "@/app/_ui/format";
import { ImageCanvas } from "@/app/_ui/image-canvas";
import { ProblemText } from "@/app/_ui/problem";
import type { LensSplit } from "@/lib/lens/contract";
import { datasetOf } from "@/lib/spec/samples";
import { PictureCard } from "./picture-card";
import { useLens } from "./use-lens";
import { imageName } from "./words";

/** Two rows of a wide page, six of a phone's. */
const AT_ONCE = 24;
/** More is no longer looked at image by image. */
const MOST = 240;

interface PictureWallProps {
  title: string;
  split: LensSplit;
  /** In the order in which they are shown; the same list for as long as it holds the same rows. */
  rows: Uint32Array;
  /** Below an image, by its place in `rows`. */
  captionOf(place: number): ReactNode;
  /** The same for who does not see it. */
  spokenOf(place: number): string;
  aside?: ReactNode;
}

export function PictureWall({ title, split, rows, captionOf, spokenOf, aside }: PictureWallProps) {
  const [wanted, setWanted] = useState(AT_ONCE);
  const [opened, setOpened] = useState<number | null>(null);
  const most = Math.min(rows.length, MOST);
  const shown = useMemo(() => rows.slice(0, Math.min(wanted, MOST)), [rows, wanted]);
  const { answer, question, spec, problem } = useLens(
    "pictures",
    shown.length === 0 ? null : { split, rows: shown },
  );
  // Those that were here before stay while the others come.
  const there = useMemo(
    () => new Map(question?.split === split ? Array.from(answer?.rows ?? [], (row, at) => [row, at]) : []),
    [answer, question, split],
  );
  return (
    <section aria-label={title}>
      <div className="mb-2 flex flex-wrap items-baseline justify-between gap-x-3">
        <h3 className="font-medium">
          {title}
          <span className="font-normal text-soft"> · {formatPlural(rows.length, "image")}</span>
        </h3>
        {aside}
      </div>
      {opened !== null && <PictureCard split={split} row={opened} onClose={() => setOpened(null)} />}
      {problem !== null && <ProblemText className="mb-2">{problem}</ProblemText>}
      {rows.length === 0 && <p className="text-mini text-soft">None.</p>}
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(3.25rem,1fr))] gap-x-2 gap-y-3">
        {Array.from(shown, (row, place) => (
          <li key={row}>
            <button
              type="button"
              onClick={() => setOpened(row === opened ? null : row)}
              aria-expanded={row === opened}
              aria-label={`${imageName(split, row)}: ${spokenOf(place)}`}
              className={`block w-full rounded-md text-left ${row === opened ? "outline-2 outline-ink outline-offset-2" : ""}`}
            >
              {answer !== null && spec !== null && there.has(row) ? (
                <ImageCanvas
                  images={answer.images}
                  index={there.get(row)!}
                  dataset={datasetOf(spec)}
                  className="aspect-square w-full rounded-md [image-rendering:pixelated]"
                />
              ) : (
                <span className="block aspect-square w-full rounded-md bg-line" />
              )}
              <span className="mt-0.5 block truncate text-2xs">{captionOf(place)}</span>
            </button>
          </li>
        ))}
      </ul>
      {shown.length < most && (
        <TextButton className="mt-2" onClick={() => setWanted(wanted + AT_ONCE)}>
          {formatCount(Math.min(AT_ONCE, most - shown.length))} more
        </TextButton>
      )}
    </section>
  );
}
