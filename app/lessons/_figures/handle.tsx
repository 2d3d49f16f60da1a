// Something that is dragged over a figure: by mouse, pen or finger, or with the arrow keys. It lies above the drawing as
// an element of its own, 44 pixels wide, so that fingers meet it and everything around it still scrolls the page.
import { type KeyboardEvent, type PointerEvent, useRef } from "react";
import { keepTouch } from "@/app/_ui/keep-touch";

/** Steps that a press of a large key makes. */
const LEAP = 5;

const moves: Record<string, readonly [right: number, up: number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowDown: [0, -1],
  ArrowUp: [0, 1],
  PageDown: [0, -LEAP],
  PageUp: [0, LEAP],
  Home: [-LEAP, 0],
  End: [LEAP, 0],
};

interface HandleProps {
  name: string;
  /** Where it is, in pixels of its parent. */
  left: number;
  top: number;
  /** What it stands for, in a range, and as a sentence. */
  value: { now: number; min: number; max: number; text: string };
  /** Dragged to these pixels of its parent. */
  onDrag(left: number, top: number): void;
  /** Pushed by keys, in steps. */
  onPush(right: number, up: number): void;
  /** How the dot in its middle looks. */
  className?: string;
}

export function Handle({ name, left, top, value, onDrag, onPush, className = "" }: HandleProps) {
  /** From the pointer to the middle; the handle does not jump under it. Null while nobody drags. */
  const grip = useRef<{ x: number; y: number } | null>(null);

  function onPointerDown(event: PointerEvent<HTMLDivElement>) {
    event.currentTarget.setPointerCapture(event.pointerId);
    grip.current = { x: left - event.clientX, y: top - event.clientY };
  }

  function onPointerMove({ clientX, clientY }: PointerEvent) {
    if (grip.current !== null) onDrag(grip.current.x + clientX, grip.current.y + clientY);
  }

  function release() {
    grip.current = null;
  }

  function onKeyDown(event: KeyboardEvent) {
    const move = moves[event.key];
    if (move === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const times = event.shiftKey ? LEAP : 1;
    onPush(move[0] * times, move[1] * times);
  }

  return (
    <div
      ref={keepTouch}
      role="slider"
      tabIndex={0}
      aria-label={name}
      aria-valuenow={Number(value.now.toFixed(3))}
      aria-valuemin={value.min}
      aria-valuemax={value.max}
      aria-valuetext={value.text}
      className="group absolute z-10 grid size-11 -translate-x-1/2 -translate-y-1/2 cursor-grab touch-none select-none place-items-center rounded-full outline-none active:cursor-grabbing"
      style={{ left, top }}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={release}
      onPointerCancel={release}
      onLostPointerCapture={release}
      onKeyDown={onKeyDown}
    >
      <span
        className={`size-4 rounded-full ring-2 ring-paper transition-transform duration-100 group-hover:scale-125 group-focus-visible:outline-2 group-focus-visible:outline-train group-focus-visible:outline-offset-3 group-active:scale-125 ${className}`}
      />
    </div>
  );
}
