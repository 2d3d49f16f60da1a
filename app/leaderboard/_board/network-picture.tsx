// A network the size of a word: a block for each layer, the taller, the more numbers it gives.
import { previewOf } from "@/lib/share/preview";
import { placeBlocks } from "@/lib/share/preview-layout";
import type { ExperimentSpec } from "@/lib/spec/experiment";

const WIDTH = 104;
const HEIGHT = 28;
/** Layouts are made for larger pictures: this one is drawn to their scale. */
const SCALE = 4;
const frame = { width: SCALE * WIDTH, height: SCALE * HEIGHT, mostWide: 40, mostGap: 36, faint: 8 };

/** Said by the words beside it. */
export function NetworkPicture({ spec, className = "" }: { spec: ExperimentSpec; className?: string }) {
  const blocks = placeBlocks(previewOf(spec), frame);
  const end = blocks.at(-1)!;
  return (
    <svg
      viewBox={`0 0 ${frame.width} ${frame.height}`}
      width={WIDTH}
      height={HEIGHT}
      className={className}
      aria-hidden="true"
    >
      <path d={`M0 ${frame.height / 2}H${end.x + end.width}`} stroke="var(--line)" strokeWidth={SCALE} />
      {blocks.map(({ x, y, width, tall, label, height, isInput }) => {
        const isOutline = isInput || height === null;
        return (
          <rect
            key={x}
            x={isOutline ? x + SCALE / 2 : x}
            y={isOutline ? y + SCALE / 2 : y}
            width={isOutline ? Math.max(1, width - SCALE) : width}
            height={isOutline ? Math.max(1, tall - SCALE) : tall}
            rx={Math.min(6, width / 3)}
            fill={isOutline ? "var(--paper)" : label === null ? "var(--line)" : "var(--ink)"}
            stroke={isOutline ? "var(--soft)" : "none"}
            strokeWidth={SCALE}
          />
        );
      })}
    </svg>
  );
}
