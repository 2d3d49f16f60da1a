// What is drawn on: by mouse, finger or pen, or with a pen that the arrow keys move.
import { Eraser, Undo2 } from "lucide-react";
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from "react";
import { TextButton } from "@/app/_ui/button";
import { keepTouch } from "@/app/_ui/keep-touch";
import { type Part, type Sheet, SIDE, wholeSheet } from "@/lib/drawing/sheet";

/** How far a key moves the pen: a pixel of MNIST's images, or with Shift four. */
const STEP = 10;
const LEAP = 4;

const moves: Record<string, readonly [right: number, down: number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

interface PadProps {
  sheet: Sheet;
  /** The sheet is another. @param at when what changed it happened, on the page's clock */
  onChange(at: number): void;
  /** Somebody comes near, or goes. */
  onNear(near: boolean): void;
}

/** Where the pen was since the last event: a quick finger is drawn as round as it went, where the browser can tell. */
function pointsOf(event: globalThis.PointerEvent): readonly globalThis.PointerEvent[] {
  const between = event.getCoalescedEvents?.() ?? [];
  return between.length === 0 ? [event] : between;
}

/** The ink of a part, white on nothing. */
function paint(canvas: HTMLCanvasElement, { ink }: Sheet, { left, top, right, bottom }: Part): void {
  if (right <= left || bottom <= top) return;
  const context = canvas.getContext("2d")!;
  const pixels = context.createImageData(right - left, bottom - top);
  for (let y = top, i = 0; y < bottom; y++)
    for (let x = left; x < right; x++, i += 4) {
      pixels.data.fill(255, i, i + 3);
      pixels.data[i + 3] = ink[y * SIDE + x]!;
    }
  context.putImageData(pixels, left, top);
}

export function Pad({ sheet, onChange, onNear }: PadProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const isDown = useRef(false);
  const count = sheet.strokes.length;

  // A sheet that was drawn on before is shown again.
  useEffect(() => paint(canvas.current!, sheet, wholeSheet), [sheet]);

  function draw(event: PointerEvent<HTMLCanvasElement>) {
    const { left, top, width, height } = canvas.current!.getBoundingClientRect();
    for (const { clientX, clientY } of pointsOf(event.nativeEvent)) {
      const [x, y] = [((clientX - left) / width) * SIDE, ((clientY - top) / height) * SIDE];
      paint(canvas.current!, sheet, isDown.current ? sheet.moveTo(x, y) : sheet.begin(x, y));
      isDown.current = true;
    }
    onChange(event.timeStamp);
  }

  function lift({ isPrimary }: PointerEvent) {
    if (isPrimary) isDown.current = false;
  }

  function change(work: () => void) {
    isDown.current = false;
    work();
    paint(canvas.current!, sheet, wholeSheet);
    onChange(performance.now());
  }

  return (
    <div ref={keepTouch}>
      <KeyboardPen sheet={sheet} canvas={canvas} onChange={onChange} onNear={onNear} change={change}>
        <canvas
          ref={canvas}
          width={SIDE}
          height={SIDE}
          role="img"
          aria-label="Pad to draw on, by mouse, pen or finger"
          className="size-44 cursor-crosshair pointer-coarse:size-60 touch-none rounded-md bg-[#000] outline outline-line"
          onPointerEnter={() => onNear(true)}
          onPointerLeave={() => onNear(false)}
          onPointerDown={(event) => {
            if (!event.isPrimary) return;
            event.currentTarget.setPointerCapture(event.pointerId);
            isDown.current = false;
            draw(event);
          }}
          onPointerMove={(event) => {
            if (event.isPrimary && isDown.current && event.buttons !== 0) draw(event);
          }}
          onPointerUp={lift}
          onPointerCancel={lift}
        />
      </KeyboardPen>
      <p className="mt-1.5 flex gap-5">
        <TextButton onClick={() => change(() => sheet.undo())} disabled={count === 0}>
          <Undo2 className="size-3.5" aria-hidden="true" />
          Undo the stroke
        </TextButton>
        <TextButton onClick={() => change(() => sheet.clear())} disabled={count === 0}>
          <Eraser className="size-3.5" aria-hidden="true" />
          Clear
        </TextButton>
      </p>
    </div>
  );
}

interface KeyboardPenProps extends PadProps {
  canvas: { readonly current: HTMLCanvasElement | null };
  /** Takes ink away. */
  change(work: () => void): void;
  children: React.ReactNode;
}

/** A pen without a pointer: arrow keys move it, space puts it down and lifts it. */
function KeyboardPen({ sheet, canvas, onChange, onNear, change, children }: KeyboardPenProps) {
  const [pen, setPen] = useState({ x: SIDE / 2, y: SIDE / 4, isDown: false });
  const [shown, setShown] = useState(false);

  function onKeyDown(event: KeyboardEvent) {
    const { key, shiftKey, ctrlKey, metaKey, altKey } = event;
    const isUndo = key === "Backspace" || ((ctrlKey || metaKey) && key.toLowerCase() === "z" && !shiftKey);
    if (!isUndo && (ctrlKey || metaKey || altKey)) return;
    const move = moves[key];
    if (isUndo || key === "Delete") {
      if (sheet.strokes.length > 0) change(() => (isUndo ? sheet.undo() : sheet.clear()));
      setPen({ ...pen, isDown: false });
    } else if (move !== undefined) {
      const [x, y] = [pen.x, pen.y].map((place, side) =>
        Math.min(SIDE, Math.max(0, place + move[side]! * STEP * (shiftKey ? LEAP : 1))),
      ) as [number, number];
      setPen({ ...pen, x, y });
      if (pen.isDown) {
        paint(canvas.current!, sheet, sheet.moveTo(x, y));
        onChange(event.timeStamp);
      }
    } else if (key === " ") {
      setPen({ ...pen, isDown: !pen.isDown });
      if (!pen.isDown) {
        paint(canvas.current!, sheet, sheet.begin(pen.x, pen.y));
        onChange(event.timeStamp);
      }
    } else return;
    event.preventDefault();
    setShown(true);
  }

  return (
    <div
      role="application"
      aria-label="Pen for the keyboard"
      aria-describedby="keyboard-pen"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it is moved by keys.
      tabIndex={0}
      onKeyDown={onKeyDown}
      onFocus={() => onNear(true)}
      onBlur={() => {
        onNear(false);
        setShown(false);
        setPen({ ...pen, isDown: false });
      }}
      // A pointer that draws goes on with a stroke of its own.
      onPointerDown={() => {
        setShown(false);
        setPen({ ...pen, isDown: false });
      }}
      className="relative w-fit rounded-md"
    >
      {children}
      {shown && (
        <span
          aria-hidden="true"
          className={`-translate-x-1/2 -translate-y-1/2 pointer-events-none absolute size-4 rounded-full border-2 border-[#f33] ${pen.isDown ? "bg-[#f33]" : ""}`}
          style={{ left: `${(100 * pen.x) / SIDE}%`, top: `${(100 * pen.y) / SIDE}%` }}
        />
      )}
      <span id="keyboard-pen" className="sr-only">
        Arrow keys move the pen, with Shift further. Space puts it down and lifts it. Backspace takes the last
        stroke away, Delete all of them.
      </span>
      <span role="status" className="sr-only">
        {shown &&
          `Pen ${pen.isDown ? "down" : "up"}, ${Math.round(pen.x / STEP)} from the left, ${Math.round(pen.y / STEP)} from the top`}
      </span>
    </div>
  );
}
