// The training log: as it was printed, at its end unless somebody reads further up.
import { memo, useLayoutEffect, useRef, useState } from "react";
import { Section } from "@/app/_ui/section";
import type { LogLine } from "@/lib/store/log";
import { useRun } from "../use-stores";

/** Lines in one piece: a line that is added draws its own piece only. */
const PIECE = 50;
/** Closer to the end than this counts as being there. */
const NEAR_PX = 24;

export function Log() {
  const lines = useRun((run) => run.log);
  const region = useRef<HTMLDivElement>(null);
  const [follows, setFollows] = useState(true);

  useLayoutEffect(() => {
    const element = region.current;
    if (element === null || !follows || lines.length === 0) return;
    const toEnd = () => {
      element.scrollTop = element.scrollHeight;
    };
    toEnd();
    // What comes to stand below takes height away, which would leave the last lines out of sight.
    const observer = new ResizeObserver(toEnd);
    observer.observe(element);
    return () => observer.disconnect();
  }, [lines, follows]);

  function onScroll() {
    const { scrollHeight, scrollTop, clientHeight } = region.current!;
    setFollows(scrollHeight - scrollTop - clientHeight < NEAR_PX);
  }

  const pieces = Array.from({ length: Math.ceil(lines.length / PIECE) }, (_, i) => i * PIECE);
  return (
    <Section id="log" title="Training log" className="flex flex-col xl:min-h-64 xl:flex-1">
      <div
        ref={region}
        role="log"
        aria-label="Training log"
        // Epochs are announced one by one elsewhere; a fast run would drown the reader here.
        aria-live="off"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        tabIndex={0}
        onScroll={onScroll}
        className="min-h-48 overflow-y-auto overscroll-contain font-mono text-soft text-xs leading-5 max-xl:max-h-80"
      >
        {lines.length === 0 && <Faint />}
        {pieces.map((start) => (
          <Piece key={start} lines={lines.slice(start, start + PIECE)} />
        ))}
      </div>
    </Section>
  );
}

const looks: Record<LogLine["kind"], string> = {
  plain: "",
  heading: "text-ink",
  failure: "text-wrong",
};

const Piece = memo(
  function Piece({ lines }: { lines: readonly LogLine[] }) {
    return lines.map(({ text, kind }, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: lines are only ever added at the end.
      <p key={index} className={`wrap-anywhere pl-[1ch] -indent-[1ch] ${looks[kind]}`}>
        {text}
      </p>
    ));
  },
  (before, after) =>
    before.lines.length === after.lines.length &&
    before.lines[0] === after.lines[0] &&
    before.lines.at(-1) === after.lines.at(-1),
);

/** What will be there: some lines, faintly. */
function Faint() {
  return (
    <div aria-hidden="true" className="space-y-3 pt-1.5">
      {[62, 70, 54, 48, 88, 74, 30, 92, 80].map((width) => (
        <div key={width} className="h-2 rounded-full bg-line" style={{ width: `${width}%` }} />
      ))}
    </div>
  );
}
