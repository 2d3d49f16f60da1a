// A digit is drawn, and what the network takes it for is said meanwhile: by the lens, which does not wait for the training.
// As it was drawn and as the data set's own digits are, beside each other; and it can be kept as a test of one's own.
import { useCallback, useEffect, useState } from "react";
import { toImage, toRawImage } from "@/lib/datasets/drawing";
import { Sheet } from "@/lib/drawing/sheet";
import type { DatasetDefinition } from "@/lib/spec/define";
import { answered, hurry } from "@/lib/store/hurry";
import { noteDrawn } from "../lens/drawn";
import { OwnSet } from "./own-set";
import { Pad } from "./pad";
import { type Drawn, type Kind, Reading } from "./reading";

interface DrawPadProps {
  dataset: DatasetDefinition;
  names: readonly string[];
}

/** A pointer that only passes by starts no lens; one that went away may come back. */
const COME_MS = 120;
const GONE_MS = 5000;

/** @param at when it came to be so, on the page's clock */
function imagesOf(sheet: Sheet, dataset: DatasetDefinition, at: number): Drawn | null {
  const [raw, centred] = [toRawImage(sheet, dataset), toImage(sheet, dataset)];
  if (raw === null || centred === null) return null;
  const images = new Uint8Array(raw.length + centred.length);
  images.set(raw);
  images.set(centred, raw.length);
  return { images, at };
}

export default function DrawPad({ dataset, names }: DrawPadProps) {
  const [sheet, setSheet] = useState(() => new Sheet());
  const [drawn, setDrawn] = useState<Drawn | null>(null);
  const [kind, setKind] = useState<Kind>("centred");
  const [isNear, setNear] = useState(false);
  const [isReady, setReady] = useState(false);

  useEffect(() => {
    const timer = setTimeout(() => setReady(isNear), isNear ? COME_MS : GONE_MS);
    return () => clearTimeout(timer);
  }, [isNear]);

  useEffect(() => {
    const half = (drawn?.images.length ?? 0) / 2;
    noteDrawn(drawn && (kind === "raw" ? drawn.images.slice(0, half) : drawn.images.slice(half)));
  }, [drawn, kind]);
  useEffect(() => () => noteDrawn(null), []);

  function draw(at: number) {
    const next = imagesOf(sheet, dataset, at);
    // Nothing is to be said to an empty sheet.
    if (next === null) answered();
    else hurry();
    setDrawn(next);
  }

  const beginAnew = useCallback(() => {
    setSheet(new Sheet());
    setDrawn(null);
  }, []);

  return (
    <div className="space-y-5">
      {/* On narrow screens what is read stands above the pad: below, the hand would hide it. */}
      <div className="flex flex-wrap-reverse items-end gap-x-6 gap-y-3">
        <Pad sheet={sheet} onChange={draw} onNear={setNear} />
        <Reading
          drawn={drawn}
          dataset={dataset}
          names={names}
          kind={kind}
          onKind={setKind}
          isReady={isReady}
        />
      </div>
      <OwnSet sheet={drawn === null ? null : sheet} dataset={dataset} names={names} onAdded={beginAnew} />
    </div>
  );
}
