// What the network gets of a drawing, and what it says to it: the strokes as they are, and scaled and centred as the data
// set's own images, beside each other.
import { RadioGroup } from "radix-ui";
import { useLayoutEffect, useState } from "react";
import { ImageCanvas } from "@/app/_ui/image-canvas";
import type { DatasetDefinition } from "@/lib/spec/define";
import { answered } from "@/lib/store/hurry";
import { useLens } from "../lens/use-lens";
import { Bars } from "../panels/prediction-tile";

/** The strokes as they are, or as the data set's own images were made. */
export type Kind = "raw" | "centred";

export interface Drawn {
  /** Bytes of both images: raw, then centred. */
  images: Uint8Array;
  /** When the last stroke was heard of, on the page's clock. */
  at: number;
}

interface ReadingProps {
  drawn: Drawn | null;
  dataset: DatasetDefinition;
  names: readonly string[];
  kind: Kind;
  onKind(kind: Kind): void;
  /** Somebody is about to draw: the lens is to be ready. */
  isReady: boolean;
}

export function Reading({ isReady, ...props }: ReadingProps) {
  return isReady || props.drawn !== null ? <Asked {...props} /> : <Shown {...props} probabilities={null} />;
}

/** What browsers' tools and the bench know it as: from a stroke to the end of the frame that shows its answer. */
const MEASURED = "drawing answered";

/** Works after the frame that is being made: a message is heard in a task of its own. */
function afterFrame(work: () => void): void {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    work();
  };
  port2.postMessage(null);
}

function Asked(props: Omit<ReadingProps, "isReady">) {
  const { drawn, names } = props;
  const images = drawn?.images ?? null;
  const { answer, question, problem } = useLens("predict", images && { images }, { live: true });
  const shown = question?.images === images ? drawn : null;

  // Once for each drawing: other weights answer the same one again.
  useLayoutEffect(() => {
    if (shown === null) return;
    let wanted = true;
    requestAnimationFrame(() =>
      // A task of its own comes after the frame that was begun with.
      afterFrame(() => {
        if (!wanted) return;
        performance.clearMeasures(MEASURED);
        performance.measure(MEASURED, { start: shown.at });
        answered();
      }),
    );
    return () => {
      wanted = false;
    };
  }, [shown]);

  // A network that told other classes apart may have answered last.
  const fits = answer?.length === 2 * names.length;
  return <Shown {...props} probabilities={fits ? answer : null} problem={problem} />;
}

interface ShownProps extends Omit<ReadingProps, "isReady"> {
  /** [2, classes]: of the raw image, then of the centred one. */
  probabilities: Float32Array | null;
  problem?: string | null;
}

const kinds: readonly Kind[] = ["raw", "centred"];

function Shown({ drawn, dataset, names, kind, onKind, probabilities, problem = null }: ShownProps) {
  const of = (index: number) => probabilities?.subarray(index * names.length, (index + 1) * names.length);
  const own = of(kinds.indexOf(kind)) ?? null;
  const best = kinds.map((_, index) => bestOf(of(index)));
  const chosen = best[kinds.indexOf(kind)] ?? null;
  return (
    <div className="min-w-68 max-w-88 flex-1">
      <RadioGroup.Root
        value={kind}
        onValueChange={(value) => onKind(value as Kind)}
        aria-label="What the network gets"
        className="grid grid-cols-2 gap-3"
      >
        {kinds.map((value, index) => (
          <RadioGroup.Item
            key={value}
            value={value}
            className="group flex items-center gap-2.5 rounded-lg border border-line p-2 text-left hover:border-soft data-[state=checked]:border-ink"
          >
            <span className="size-14 shrink-0 overflow-hidden rounded-md bg-line">
              {drawn !== null && (
                <ImageCanvas
                  images={drawn.images}
                  index={index}
                  dataset={dataset}
                  className="size-full [image-rendering:pixelated]"
                />
              )}
            </span>
            <span className="min-w-0">
              <span className="block whitespace-nowrap text-mini text-soft group-data-[state=checked]:font-semibold group-data-[state=checked]:text-ink">
                {wordsFor(value, dataset)}
              </span>
              <span className="block h-7 font-semibold text-xl">
                {best[index] != null && names[best[index]]}
              </span>
              <span className="block h-4 text-mini text-soft">
                {best[index] != null && of(index)![best[index]]!.toFixed(2)}
              </span>
            </span>
          </RadioGroup.Item>
        ))}
      </RadioGroup.Root>
      {/* As high with an answer as without: nothing moves under the pen. */}
      <div className="mt-2 h-12.5">
        {own !== null && chosen !== null && (
          <Bars probabilities={own} names={names} chosen={chosen} label={null} />
        )}
      </div>
      <p className="mt-2 min-h-15 text-mini text-soft">{problem ?? remark(best, names, dataset)}</p>
      <Spoken image={drawn?.images ?? null} kind={kind} probabilities={own} names={names} />
    </div>
  );
}

const wordsFor = (kind: Kind, { drawing }: DatasetDefinition): string =>
  kind === "raw" ? "as drawn" : drawing === "centreOfMass" ? "centred" : "as the set's";

/** Place of the largest; null where there is nothing. */
function bestOf(probabilities: Float32Array | undefined): number | null {
  if (probabilities === undefined) return null;
  return probabilities.reduce((best, value, i) => (value > probabilities[best]! ? i : best), 0);
}

const rules: Record<DatasetDefinition["drawing"], string> = {
  centreOfMass:
    "Centred: scaled to fit 20×20 pixels, its centre of mass in the middle, as the data set's were.",
  blockCounts: "As the set's: 32×32 pixels of black or white, counted in blocks of 4×4.",
};

/** What the difference between the two comes to. */
function remark(
  [raw, centred]: readonly (number | null)[],
  names: readonly string[],
  { drawing }: DatasetDefinition,
): string {
  if (raw == null || centred == null) return `Draw a digit, small or in a corner too. ${rules[drawing]}`;
  return raw === centred
    ? `Both are read as ${names[centred]}. ${rules[drawing]}`
    : `As drawn it is read as ${names[raw]}, else as ${names[centred]}: none of the digits that the network learned from lay elsewhere.`;
}

interface SpokenProps {
  image: Uint8Array | null;
  kind: Kind;
  probabilities: Float32Array | null;
  names: readonly string[];
}

/** Said once for each drawing and each change of mind, not with every step of the training. */
function Spoken({ image, kind, probabilities, names }: SpokenProps) {
  const [said, setSaid] = useState<{ about: readonly unknown[]; text: string }>({ about: [], text: "" });
  const ranked =
    probabilities === null
      ? []
      : [...probabilities.keys()].sort((a, b) => probabilities[b]! - probabilities[a]!);
  const [best, second] = ranked;
  const about = [image, kind, best];
  if (!about.every((part, i) => said.about[i] === part) || said.about.length === 0) {
    const sure = (index: number) => `${names[index]} with`;
    const text =
      image === null || best === undefined
        ? "Nothing is drawn yet."
        : `Read as ${sure(best)} confidence ${probabilities![best]!.toFixed(2)}` +
          (second === undefined ? "" : `, then ${sure(second)} ${probabilities![second]!.toFixed(2)}`);
    setSaid({ about, text });
  }
  return (
    <p role="status" className="sr-only">
      {said.text}
    </p>
  );
}
