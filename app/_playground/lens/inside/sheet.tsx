// Many small pictures on one canvas. Where one of them can be chosen, it is by a pointer, a finger or the arrow keys.
import { useTheme } from "next-themes";
import { type KeyboardEvent, type PointerEvent, useEffect, useRef } from "react";
import { type Colour, draw, pictureAt, rowsOf, type Sheet, sizeOf } from "./pictures";

/** A token's colour, as the page has it now. A canvas writes every colour as #rrggbb. */
function colourOf(token: string, context: CanvasRenderingContext2D): Colour {
  context.fillStyle = getComputedStyle(document.documentElement).getPropertyValue(token).trim();
  const hex = String(context.fillStyle);
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as unknown as Colour;
}

interface SheetCanvasProps extends Sheet {
  /** What is to be seen. */
  label: string;
  className?: string;
}

export function SheetCanvas({ label, className = "", ...sheet }: SheetCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { resolvedTheme } = useTheme();
  const { values, count, height, width, columns, limit, zoom } = sheet;
  const size = sizeOf(sheet);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another theme has other colours.
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context) return;
    const size = sizeOf({ count, height, width, columns, zoom });
    const image = context.createImageData(size.width, size.height);
    const inks = {
      zero: colourOf("--raised", context),
      paper: colourOf("--paper", context),
      above: colourOf("--train", context),
      below: colourOf("--validation", context),
    };
    image.data.set(draw({ values, count, height, width, columns, limit, zoom }, inks));
    context.putImageData(image, 0, 0);
  }, [values, count, height, width, columns, limit, zoom, resolvedTheme]);

  return (
    <canvas
      ref={canvas}
      width={size.width}
      height={size.height}
      role="img"
      aria-label={label}
      className={`block w-full bg-line [image-rendering:pixelated] ${className}`}
    />
  );
}

interface ChoosableProps extends SheetCanvasProps {
  /** What one of the pictures is called: "unit". */
  noun: string;
  chosen: number | null;
  /** What the chosen one says. */
  text: string;
  onChoose(index: number): void;
}

/** A sheet that is a control: its pictures are what can be chosen. */
export function ChoosableSheet({ noun, chosen, text, onChoose, ...sheet }: ChoosableProps) {
  const { count, columns } = sheet;
  const rows = rowsOf(sheet);
  const here = Math.min(chosen ?? 0, count - 1);

  function onPointer({ clientX, clientY, currentTarget, buttons, type }: PointerEvent) {
    if (type === "pointermove" && buttons === 0) return;
    const { left, top, width, height } = currentTarget.getBoundingClientRect();
    const index = pictureAt(sheet, (clientX - left) / width, (clientY - top) / height);
    if (index !== null && index !== chosen) onChoose(index);
  }

  function onKeyDown(event: KeyboardEvent) {
    const moves: Record<string, number> = {
      ArrowLeft: here - 1,
      ArrowRight: here + 1,
      ArrowUp: here - columns,
      ArrowDown: here + columns,
      Home: 0,
      End: count - 1,
    };
    const next = moves[event.key];
    if (next === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    if (next >= 0 && next < count) onChoose(next);
  }

  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={`${sheet.label} Choose a ${noun}.`}
      aria-valuemin={1}
      aria-valuemax={count}
      aria-valuenow={here + 1}
      aria-valuetext={text}
      className="tap cursor-pointer touch-pan-y"
      onKeyDown={onKeyDown}
    >
      <div aria-hidden="true" className="relative" onPointerDown={onPointer} onPointerMove={onPointer}>
        <SheetCanvas {...sheet} />
        {chosen !== null && chosen < count && (
          <span
            className="pointer-events-none absolute outline-2 outline-ink"
            style={{
              left: `${(100 * (chosen % columns)) / columns}%`,
              top: `${(100 * Math.floor(chosen / columns)) / rows}%`,
              width: `${100 / columns}%`,
              height: `${100 / rows}%`,
            }}
          />
        )}
      </div>
    </div>
  );
}
