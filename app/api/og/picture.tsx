// The picture of an experiment or a run, 1200×630, as the elements that Satori lays out. All texts are drawn as paths
// of glyphs, and no style, no attribute and no part of an SVG is made of a text.
import type { CSSProperties, ReactNode } from "react";
import type { Preview } from "@/lib/share/preview";
import type { CurvesPreview } from "@/lib/share/preview-curves";
import { Charts } from "./charts";
import { colors, INNER_WIDTH, PADDING_X } from "./measures";
import { Network } from "./network";

/** Longer headlines are set smaller, so that they need no more than two lines. */
const HEADLINE_SIZES: readonly { upTo: number; size: number }[] = [
  { upTo: 30, size: 60 },
  { upTo: 64, size: 48 },
  { upTo: Number.POSITIVE_INFINITY, size: 38 },
];

interface PictureProps {
  preview: Preview;
  /** Null for an experiment that is not a run. */
  curves: CurvesPreview | null;
}

export function Picture({ preview, curves }: PictureProps) {
  const { headline, description, dataset } = preview;
  const { size } = HEADLINE_SIZES.find(({ upTo }) => headline.length <= upTo)!;
  return (
    <div
      style={{
        width: "100%",
        height: "100%",
        display: "flex",
        flexDirection: "column",
        justifyContent: "space-between",
        padding: `52px ${PADDING_X}px 48px`,
        background: colors.paper,
        color: colors.ink,
        fontFamily: "Inter",
        fontSize: 24,
      }}
    >
      <Row style={{ justifyContent: "space-between" }}>
        <Row>
          <Mark />
          <div style={{ marginLeft: 14, fontSize: 32, fontWeight: 600, letterSpacing: "-0.02em" }}>
            Descent
          </div>
        </Row>
        <div style={{ color: colors.soft }}>{curves === null ? dataset : `${dataset} · a run`}</div>
      </Row>
      <div style={{ display: "flex", flexDirection: "column", width: INNER_WIDTH }}>
        <div
          style={{
            display: "block",
            lineClamp: curves === null ? 2 : 1,
            fontSize: curves === null ? size : Math.min(size, 48),
            fontWeight: 600,
            letterSpacing: "-0.025em",
            lineHeight: 1.15,
            wordBreak: "break-word",
          }}
        >
          {headline}
        </div>
        <div style={{ display: "block", lineClamp: 1, marginTop: 10, fontSize: 26, color: colors.soft }}>
          {description}
        </div>
      </div>
      {curves !== null && <Charts curves={curves} />}
      <Network preview={preview} height={curves === null ? 210 : 84} />
    </div>
  );
}

const Row = ({ children, style }: { children: ReactNode; style?: CSSProperties }) => (
  <div style={{ display: "flex", alignItems: "center", ...style }}>{children}</div>
);

/** The brand: a loss that falls, and where it is now. */
const Mark = () => (
  <svg width="44" height="44" viewBox="0 0 24 24" aria-hidden="true">
    <path
      d="M2 5c3 0 4 3.6 5.4 7.6C8.8 16.5 10.5 19 14.5 19H18"
      fill="none"
      stroke={colors.train}
      strokeWidth="2.2"
      strokeLinecap="round"
    />
    <circle cx="20.5" cy="19" r="2.2" fill={colors.validation} />
  </svg>
);
