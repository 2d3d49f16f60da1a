// One layer: a station on the line, with its values edited in place, what it gives and what it costs.
import { memo } from "react";
import { flushSync } from "react-dom";
import { formatCount } from "@/app/_ui/format";
import { ProblemText } from "@/app/_ui/problem";
import type { LayerSpec } from "@/lib/spec/experiment";
import { formatShape } from "@/lib/spec/ops";
import type { LayerReport, Problem } from "@/lib/spec/program";
import { moveLayer, removeLayer, setLayerField } from "@/lib/store/spec";
import { LayerBody, moveByKeys, PlaceButtons } from "../controls/layer-body";

interface LayerRowProps {
  layer: LayerSpec;
  index: number;
  count: number;
  report: LayerReport;
  /** Parameters of the whole network. */
  total: number;
  problems: readonly Problem[];
}

const rowId = (index: number) => `layer-${index + 1}`;

export const focusLayer = (index: number): void => document.getElementById(rowId(index))?.focus();

/** Focus stays on what was moved or, after a removal, near it. */
function move(index: number, to: number): void {
  flushSync(() => moveLayer(index, to));
  focusLayer(to);
}

function remove(index: number, count: number): void {
  flushSync(() => removeLayer(index));
  focusLayer(Math.min(index, count - 2));
}

export const LayerRow = memo(function LayerRow(props: LayerRowProps) {
  const { layer, index, count, report, total, problems } = props;
  const place = `layer ${index + 1}`;
  return (
    <li
      id={rowId(index)}
      tabIndex={-1}
      onKeyDownCapture={(event) => moveByKeys(event, index, count, (to) => move(index, to))}
      className="relative pb-2.5 pl-6 before:absolute before:top-0 before:bottom-0 before:left-[5px] before:w-px before:bg-line last:before:bottom-auto last:before:h-4"
    >
      <span
        aria-hidden="true"
        className="absolute top-[9px] left-0 size-[11px] rounded-full border-[1.5px] border-ink bg-paper max-lg:top-4"
      />
      <LayerBody
        layer={layer}
        place={place}
        block={`block ${index + 1}`}
        onChange={(name, value) => setLayerField(index, name, value)}
        cost={
          <span className={`ml-auto ${report.parameters === 0 ? "text-soft" : ""}`}>
            {formatCount(report.parameters)}
            <span className="sr-only"> {report.parameters === 1 ? "parameter" : "parameters"}</span>
          </span>
        }
        gives={
          <span className="whitespace-nowrap text-mini text-soft">
            <span className="sr-only">gives </span>
            <span aria-hidden="true">→ </span>
            {report.output === null ? "?" : formatShape(report.output)}
          </span>
        }
      >
        <PlaceButtons
          place={place}
          index={index}
          count={count}
          least={0}
          onMove={(to) => move(index, to)}
          onRemove={() => remove(index, count)}
        />
      </LayerBody>
      <Share parameters={report.parameters} total={total} />
      {problems.map((problem) => (
        <ProblemText key={problem.message} severity={problem.severity} className="mt-1.5">
          {problem.message}
        </ProblemText>
      ))}
    </li>
  );
});

/** The layer's part of all parameters, as a length. */
function Share({ parameters, total }: { parameters: number; total: number }) {
  const share = total === 0 ? 0 : parameters / total;
  return (
    <div
      role="img"
      aria-label={`${Math.round(100 * share)} percent of all parameters`}
      className="h-[3px] rounded-full bg-line"
    >
      <div
        className={`h-full rounded-full bg-soft ${share === 0 ? "" : "min-w-[3px]"}`}
        style={{ width: `${100 * share}%` }}
      />
    </div>
  );
}
