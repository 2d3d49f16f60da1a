// An experiment as it stands still in a frame: its name, what it is made of, and the network as a row of blocks.

import { previewOf } from "@/lib/share/preview";
import { type PlacedBlock, placeBlocks } from "@/lib/share/preview-layout";
import { describeExperiment } from "@/lib/spec/describe";
import type { ExperimentSpec } from "@/lib/spec/experiment";

const frame = { width: 640, height: 120, mostWide: 72, mostGap: 64, faint: 6 };

export function Still({ spec }: { spec: ExperimentSpec }) {
  const preview = previewOf(spec);
  const blocks = placeBlocks(preview, frame);
  const end = blocks.at(-1)!;
  const width = end.x + end.width;
  return (
    <>
      <h1 className="wrap-anywhere font-semibold text-xl leading-7">{spec.title || preview.headline}</h1>
      <p className="wrap-anywhere text-soft">{describeExperiment(spec)}</p>
      <svg
        viewBox={`0 0 ${width} ${frame.height}`}
        className="my-3 h-auto max-h-40 w-full"
        preserveAspectRatio="xMinYMid meet"
        aria-hidden="true"
      >
        <line x2={width} y1={frame.height / 2} y2={frame.height / 2} stroke="var(--line)" strokeWidth={1.5} />
        {blocks.map((block) => (
          <Block key={block.x} block={block} />
        ))}
      </svg>
    </>
  );
}

function Block({ block: { x, y, width, tall, label, height, isInput } }: { block: PlacedBlock }) {
  const isOutline = isInput || height === null;
  const fill = isOutline ? "var(--paper)" : label === null ? "var(--line)" : "var(--ink)";
  return (
    <rect
      x={x}
      y={y}
      width={width}
      height={tall}
      rx={Math.min(4, width / 3)}
      fill={fill}
      stroke={isOutline ? "var(--soft)" : "none"}
      strokeWidth={1.5}
      strokeDasharray={height === null ? "4 4" : undefined}
    />
  );
}
