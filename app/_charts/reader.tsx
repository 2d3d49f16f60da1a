// Reads a chart at one epoch: under a pointer or finger, with the arrow keys, and from one epoch's end to the next with
// those for pages. What a finger read stays after it is lifted, as it hides what it points at; a touch elsewhere ends it.
import { type KeyboardEvent, type PointerEvent, type ReactNode, useEffect, useRef } from "react";
import { epochAt } from "./size";

interface ReaderProps {
  name: string;
  /** What the chart says there. */
  text: string;
  epochs: number;
  /** The epoch at a share of the width, where they are not placed evenly. */
  epochOf?(share: number): number;
  /** Pixels at its sides that the axis does not reach to, where they are not those of the frame. */
  sides?: { left: number; right: number };
  at: number | null;
  onRead(at: number | null): void;
  children: ReactNode;
}

/** Presses of an arrow from one end to the other. */
const STEPS = 50;
/** So near to the end of an epoch, the next one is meant. */
const CLOSE = 1e-6;

export function Reader({ name, text, epochs, epochOf, sides, at, onRead, children }: ReaderProps) {
  const here = at ?? epochs;
  const chart = useRef<HTMLDivElement>(null);
  const isRead = at !== null;

  useEffect(() => {
    if (!isRead) return;
    const leave = ({ target }: Event) => {
      if (!chart.current?.contains(target as Node)) onRead(null);
    };
    document.addEventListener("pointerdown", leave);
    return () => document.removeEventListener("pointerdown", leave);
  }, [isRead, onRead]);

  function onPointer({ clientX, currentTarget }: PointerEvent) {
    const share = epochAt(clientX, currentTarget.getBoundingClientRect(), 1, sides);
    onRead(epochOf?.(share) ?? share * epochs);
  }

  function onKeyDown(event: KeyboardEvent) {
    const moves: Record<string, number> = {
      ArrowLeft: here - epochs / STEPS,
      ArrowDown: here - epochs / STEPS,
      ArrowRight: here + epochs / STEPS,
      ArrowUp: here + epochs / STEPS,
      PageDown: Math.ceil(here - CLOSE) - 1,
      PageUp: Math.floor(here + CLOSE) + 1,
      Home: 0,
      End: epochs,
    };
    const next = moves[event.key];
    if (next === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    onRead(Math.min(epochs, Math.max(0, next)));
  }

  return (
    <div
      ref={chart}
      role="slider"
      tabIndex={0}
      aria-label={name}
      aria-valuemin={0}
      aria-valuemax={epochs}
      aria-valuenow={Number(here.toFixed(2))}
      aria-valuetext={text}
      className="size-full touch-pan-y"
      onPointerDown={onPointer}
      onPointerMove={onPointer}
      onPointerLeave={({ pointerType }) => pointerType !== "touch" && onRead(null)}
      // The finger scrolls the page.
      onPointerCancel={() => onRead(null)}
      onKeyDown={onKeyDown}
      onBlur={() => onRead(null)}
    >
      {children}
    </div>
  );
}
