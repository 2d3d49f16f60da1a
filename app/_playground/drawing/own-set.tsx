// A person's own test set: what was drawn is added with what they say that it is, listed with what the network reads, and
// removed again. It is kept in this browser.
import { Check, X } from "lucide-react";
import { memo, useEffect, useState } from "react";
import { useStore } from "zustand";
import { IconButton } from "@/app/_ui/button";
import { ImageCanvas } from "@/app/_ui/image-canvas";
import { addOwnDigit, type Listed, openOwnDigits, ownStore, removeOwnDigit } from "@/lib/drawing/own-digits";
import { ownImage, type ReadAs, readingStore, watchOwnDigits } from "@/lib/drawing/own-reading";
import type { Sheet } from "@/lib/drawing/sheet";
import type { DatasetDefinition } from "@/lib/spec/define";
import { OwnScore } from "./own-score";

interface OwnSetProps {
  /** Null where nothing is drawn. */
  sheet: Sheet | null;
  dataset: DatasetDefinition;
  names: readonly string[];
  /** It is kept: the next one may be drawn. */
  onAdded(): void;
}

/** Left alone by strokes after the first, which change nothing in it. */
export const OwnSet = memo(function OwnSet({ sheet, dataset, names, onAdded }: OwnSetProps) {
  const digits = useStore(ownStore, (own) => own.digits);
  const problem = useStore(ownStore, (own) => own.problem);
  const [added, setAdded] = useState<string | null>(null);
  useEffect(() => void openOwnDigits(), []);
  useEffect(watchOwnDigits, []);

  async function add(label: string) {
    if (sheet === null || !(await addOwnDigit(label, sheet.strokes))) return;
    setAdded(label);
    onAdded();
  }

  return (
    <div className="space-y-3">
      {/* Where there is nothing to add they keep the focus, for the next one. */}
      <fieldset>
        <legend className="mb-1.5 text-mini text-soft">Add it to my test set: it is a</legend>
        <div className="flex flex-wrap gap-1.5">
          {names.map((name) => (
            <button
              key={name}
              type="button"
              aria-label={`Add to my test set as ${name}`}
              aria-disabled={sheet === null}
              onClick={() => void add(name)}
              className="tap rounded-md border border-line px-3 font-medium hover:border-soft aria-disabled:border-line aria-disabled:opacity-45"
            >
              {name}
            </button>
          ))}
        </div>
      </fieldset>
      <p role="status" className="text-mini text-soft empty:hidden">
        {problem ?? (sheet === null && added !== null ? `A ${added} was added to your test set.` : "")}
      </p>
      {digits !== null && digits.length > 0 && <List digits={digits} dataset={dataset} />}
    </div>
  );
});

function List({ digits, dataset }: { digits: readonly Listed[]; dataset: DatasetDefinition }) {
  const read = useStore(readingStore, ({ reading }) => reading?.read);
  return (
    <div>
      <h3 className="mb-2 text-mini">
        <span className="font-semibold">My test set</span> <OwnScore />
      </h3>
      <ul className="grid max-h-72 grid-cols-[repeat(auto-fill,minmax(5.5rem,1fr))] gap-x-2 gap-y-3 overflow-y-auto">
        {digits.map((digit, index) => (
          <Tile
            key={digit.id}
            digit={digit}
            place={index + 1}
            readAs={read?.get(digit.id) ?? null}
            dataset={dataset}
          />
        ))}
      </ul>
    </div>
  );
}

interface TileProps {
  digit: Listed;
  /** From 1. */
  place: number;
  readAs: ReadAs | null;
  dataset: DatasetDefinition;
}

function Tile({ digit: { id, label }, place, readAs, dataset }: TileProps) {
  const [image] = useState(() => ownImage(id, dataset));
  const isRight = readAs?.name === label;
  const Sign = isRight ? Check : X;
  const said =
    readAs === null ? "" : `, read as ${readAs.name} with confidence ${readAs.confidence.toFixed(2)}`;
  return (
    <li>
      <ImageCanvas
        images={image}
        index={0}
        dataset={dataset}
        label={`My digit ${place}: label ${label}${said}`}
        className="aspect-square w-full rounded-md [image-rendering:pixelated]"
      />
      <p className="mt-1 flex h-5 items-center justify-between text-mini">
        {readAs !== null && (
          <>
            <span
              className={`flex items-center gap-1 font-semibold ${isRight ? "text-correct" : "text-wrong"}`}
            >
              <Sign className="size-3" strokeWidth={3} aria-label={isRight ? "right:" : "wrong:"} />
              {readAs.name}
            </span>
            <span className="text-soft">{readAs.confidence.toFixed(2)}</span>
          </>
        )}
      </p>
      <p className="flex items-center justify-between whitespace-nowrap text-mini text-soft">
        label {label}
        <IconButton
          label={`Remove my digit ${place}`}
          onClick={() => void removeOwnDigit(id)}
          className="-mr-1.5"
        >
          <X className="size-3.5" aria-hidden="true" />
        </IconButton>
      </p>
    </li>
  );
}
