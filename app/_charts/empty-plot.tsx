// A chart before its run: the axes and, faintly, the line that will be there.
interface EmptyPlotProps {
  /** "falls" as a loss does, or "rises". */
  shape: "falls" | "rises";
}

const LINES = [0, 25, 50, 75, 100];

export function EmptyPlot({ shape }: EmptyPlotProps) {
  return (
    <div aria-hidden="true" className="size-full pt-[22px] pr-[16px] pb-[42px] pl-[44px]">
      <svg
        aria-hidden="true"
        viewBox="0 0 100 100"
        preserveAspectRatio="none"
        className="size-full overflow-visible"
      >
        {LINES.map((y) => (
          <line
            key={y}
            x1="0"
            x2="100"
            y1={y}
            y2={y}
            stroke="var(--line)"
            vectorEffect="non-scaling-stroke"
          />
        ))}
        <path
          d="M0 4 C6 62 14 82 40 90 S80 95 100 96"
          transform={shape === "rises" ? "matrix(1 0 0 -1 0 100)" : undefined}
          fill="none"
          stroke="var(--line)"
          strokeWidth="3"
          strokeLinecap="round"
          vectorEffect="non-scaling-stroke"
        />
      </svg>
    </div>
  );
}
