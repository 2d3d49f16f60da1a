// A pad to draw a digit on; what the network takes it for is said while one draws.
import { Eraser } from "lucide-react";
import { type PointerEvent, useEffect, useRef, useState } from "react";
import { TextButton } from "@/app/_ui/button";
import { ImageCanvas } from "@/app/_ui/image-canvas";
import { toImage } from "@/lib/datasets/drawing";
import type { DatasetDefinition } from "@/lib/spec/define";
import { predict } from "@/lib/store/run";
import { noteDrawn } from "../lens/drawn";
import { Bars } from "./prediction-tile";

/** Side of the pad's own grid of pixels: ten to each of the 28 of MNIST's images. */
const SIDE = 280;
const STROKE = 24;

interface DrawPadProps {
  dataset: DatasetDefinition;
  names: readonly string[];
  /** Changes when there are other weights to ask. */
  version: string | number;
}

/** Where the pen was since the last event: a quick finger is drawn as round as it went, where the browser can tell. */
function pointsOf(event: globalThis.PointerEvent): readonly globalThis.PointerEvent[] {
  const between = event.getCoalescedEvents?.() ?? [];
  return between.length === 0 ? [event] : between;
}

interface Answer {
  image: Uint8Array;
  probabilities: Float32Array;
}

/** [1 − p, p] where the network has one sigmoid output for two classes. */
const spread = (outputs: Float32Array, classes: number): Float32Array =>
  outputs.length === 1 && classes === 2 ? Float32Array.of(1 - outputs[0]!, outputs[0]!) : outputs;

export default function DrawPad({ dataset, names, version }: DrawPadProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const last = useRef<{ x: number; y: number } | null>(null);
  const [image, setImage] = useState<Uint8Array | null>(null);
  useEffect(() => noteDrawn(image), [image]);
  const given = useAnswer(image, names.length, version);
  // A network that told other classes apart may have answered last.
  const answer = given?.probabilities.length === names.length ? given : null;

  /** Draws from where the pen was to where it is; a tap is a dot. Other fingers draw nothing. */
  function stroke(event: PointerEvent<HTMLCanvasElement>) {
    if (!event.isPrimary) return;
    const context = canvas.current!.getContext("2d", { willReadFrequently: true })!;
    const { left, top, width, height } = canvas.current!.getBoundingClientRect();
    context.lineWidth = STROKE;
    context.lineCap = "round";
    context.strokeStyle = "white";
    context.beginPath();
    for (const { clientX, clientY } of pointsOf(event.nativeEvent)) {
      const x = ((clientX - left) / width) * SIDE;
      const y = ((clientY - top) / height) * SIDE;
      const from = last.current ?? { x, y };
      context.moveTo(from.x, from.y);
      context.lineTo(x, y);
      last.current = { x, y };
    }
    context.stroke();
    const { data } = context.getImageData(0, 0, SIDE, SIDE);
    // The pad is transparent where nothing is drawn: the ink is in the alpha channel.
    const ink = new Uint8Array(SIDE * SIDE);
    for (let i = 0; i < ink.length; i++) ink[i] = data[4 * i + 3]!;
    setImage(toImage({ ink, width: SIDE, height: SIDE }, dataset));
  }

  function lift({ isPrimary }: PointerEvent) {
    if (isPrimary) last.current = null;
  }

  function clear() {
    canvas.current!.getContext("2d")!.clearRect(0, 0, SIDE, SIDE);
    setImage(null);
  }

  const [best, second] = answer === null ? [] : ranked(answer.probabilities);
  const spoken =
    answer === null || best === undefined
      ? "Nothing is drawn yet."
      : `Read as ${names[best]} with confidence ${answer.probabilities[best]!.toFixed(2)}` +
        (second === undefined
          ? ""
          : `, then ${names[second]} with ${answer.probabilities[second]!.toFixed(2)}`);
  return (
    <div className="flex flex-wrap items-start gap-x-6 gap-y-4">
      <div>
        <canvas
          ref={canvas}
          width={SIDE}
          height={SIDE}
          role="img"
          aria-label="Pad to draw on, by mouse, pen or finger"
          className="size-44 cursor-crosshair pointer-coarse:size-60 touch-none rounded-md bg-[#000] outline outline-line"
          onPointerDown={(event) => {
            if (!event.isPrimary) return;
            event.currentTarget.setPointerCapture(event.pointerId);
            last.current = null;
            stroke(event);
          }}
          onPointerMove={(event) => {
            if (last.current !== null && event.buttons !== 0) stroke(event);
          }}
          onPointerUp={lift}
          onPointerCancel={lift}
        />
        <TextButton onClick={clear} disabled={image === null} className="mt-1.5">
          <Eraser className="size-3.5" aria-hidden="true" />
          Clear
        </TextButton>
      </div>
      <div className="min-w-40 max-w-64 flex-1">
        <p className="flex items-center gap-3">
          <span className="size-14 shrink-0 overflow-hidden rounded-md bg-line">
            {image !== null && (
              <ImageCanvas
                images={image}
                index={0}
                dataset={dataset}
                label="What the network sees"
                className="size-full [image-rendering:pixelated]"
              />
            )}
          </span>
          <span className="text-mini text-soft">
            {answer === null || best === undefined ? (
              "Draw a digit: it is scaled and centred as the data set's images are."
            ) : (
              <>
                <span className="block font-semibold text-ink text-xl">{names[best]}</span>
                {answer.probabilities[best]!.toFixed(2)}
              </>
            )}
          </span>
        </p>
        {answer !== null && best !== undefined && (
          <Bars probabilities={answer.probabilities} names={names} chosen={best} label={null} />
        )}
        <p role="status" className="sr-only">
          {spoken}
        </p>
      </div>
    </div>
  );
}

const ranked = (probabilities: Float32Array): number[] =>
  [...probabilities.keys()].sort((a, b) => probabilities[b]! - probabilities[a]!);

/** What the network says; the newest drawing is asked about as soon as the former answer is there. */
function useAnswer(image: Uint8Array | null, classes: number, version: string | number): Answer | null {
  const [answer, setAnswer] = useState<Answer | null>(null);
  const asking = useRef(false);
  const newest = useRef<Uint8Array | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other weights answer differently.
  useEffect(() => {
    newest.current = image;
    if (image === null) setAnswer(null);
    if (asking.current) return;
    const ask = async () => {
      asking.current = true;
      for (let asked: Uint8Array | null = null; newest.current !== null && newest.current !== asked; ) {
        asked = newest.current;
        const outputs = await predict(asked);
        if (outputs === null) break;
        if (newest.current !== null) setAnswer({ image: asked, probabilities: spread(outputs, classes) });
      }
      asking.current = false;
    };
    void ask();
  }, [image, classes, version]);
  return answer;
}
