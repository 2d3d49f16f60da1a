// A chart to take along: as a picture (PNG, SVG) or its numbers (CSV). What makes them is downloaded when it is wanted.
import { Download } from "lucide-react";
import { type ComponentProps, lazy, Suspense } from "react";
import { useOnDemand } from "@/app/_ui/use-on-demand";
import type { PictureWords } from "./chart-svg";

export interface ExportProps extends PictureWords {
  /** The drawing, an SVG or a table; null while it is not there. */
  drawing(): Element | null;
  /** Its numbers, as the text of a CSV file. */
  numbers(): string | Promise<string>;
}

const download = () => import("./export-menu");
const Menu = lazy(download);

export function ExportButton(props: ExportProps) {
  const { wanted, button } = useOnDemand(download);
  const closed = <ExportTrigger title={props.title} {...button} />;
  if (!wanted) return closed;
  return (
    <Suspense fallback={closed}>
      <Menu {...props} />
    </Suspense>
  );
}

interface ExportTriggerProps extends ComponentProps<"button"> {
  /** Of the chart. */
  title: string;
}

export const ExportTrigger = ({ title, ...props }: ExportTriggerProps) => (
  <button
    type="button"
    className="tap inline-flex items-center justify-center gap-1 underline-offset-4 hover:underline"
    {...props}
  >
    <Download className="size-3" aria-hidden="true" />
    Export<span className="sr-only"> {title}</span>
  </button>
);

/** What Recharts has drawn in a part of the page; null before that. */
export const drawnIn = (part: Element | null): SVGSVGElement | null =>
  part?.querySelector<SVGSVGElement>("svg.recharts-surface") ?? null;
