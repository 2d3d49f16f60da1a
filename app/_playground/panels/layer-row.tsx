// One layer: a station on the line, with its values edited in place, what it gives and what it costs.
import { ArrowDown, ArrowUp, X } from "lucide-react";
import { Fragment, type KeyboardEvent, memo } from "react";
import { flushSync } from "react-dom";
import { IconButton } from "@/app/_ui/button";
import { Explain } from "@/app/_ui/explain";
import { formatCount } from "@/app/_ui/format";
import { ProblemText } from "@/app/_ui/problem";
import type { LayerDefinition } from "@/lib/spec/define";
import type { LayerSpec } from "@/lib/spec/experiment";
import * as layers from "@/lib/spec/layers/registry";
import { formatShape } from "@/lib/spec/ops";
import type { LayerReport, Problem } from "@/lib/spec/program";
import { type FieldValue, moveLayer, removeLayer, setLayerField } from "@/lib/store/spec";
import { FieldControl } from "../controls/field";

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
  const definition = layers[layer.kind] as LayerDefinition;
  const values = layer as unknown as Record<string, FieldValue>;
  const place = `layer ${index + 1}`;

  function onKeyDown(event: KeyboardEvent) {
    if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    event.preventDefault();
    event.stopPropagation();
    const to = index + (event.key === "ArrowUp" ? -1 : 1);
    if (to >= 0 && to < count) move(index, to);
  }

  return (
    <li
      id={rowId(index)}
      tabIndex={-1}
      onKeyDownCapture={onKeyDown}
      className="relative pb-2.5 pl-6 before:absolute before:top-0 before:bottom-0 before:left-[5px] before:w-px before:bg-line last:before:bottom-auto last:before:h-4"
    >
      <span
        aria-hidden="true"
        className="absolute top-[9px] left-0 size-[11px] rounded-full border-[1.5px] border-ink bg-paper max-lg:top-4"
      />
      <div className="flex min-h-7 flex-wrap items-center gap-x-1.5">
        <Explain term={definition.label} className="font-medium">
          <p>{definition.summary}</p>
          {Object.values(definition.fields).map(
            ({ label, help }) =>
              help !== undefined && (
                <p key={label} className="mt-2">
                  <span className="font-semibold">{label}.</span> {help}
                </p>
              ),
          )}
        </Explain>
        {Object.entries(definition.fields).map(([name, field], position) => (
          <Fragment key={name}>
            {position > 0 && field.type !== "choice" && (
              <span className="text-mini text-soft">{field.label.toLowerCase()}</span>
            )}
            <FieldControl
              field={field}
              value={values[name]!}
              name={`${field.label} of ${place}`}
              align="left"
              onChange={(value) => setLayerField(index, name, value)}
            />
          </Fragment>
        ))}
        <span className={`ml-auto ${report.parameters === 0 ? "text-soft" : ""}`}>
          {formatCount(report.parameters)}
          <span className="sr-only"> {report.parameters === 1 ? "parameter" : "parameters"}</span>
        </span>
      </div>
      <div className="flex items-center justify-between">
        <span className="text-mini text-soft">
          <span className="sr-only">gives </span>
          <span aria-hidden="true">→ </span>
          {report.output === null ? "?" : formatShape(report.output)}
        </span>
        <span className="-mr-1.5 flex">
          <IconButton
            label={`Move ${place} up`}
            disabled={index === 0}
            onClick={() => move(index, index - 1)}
          >
            <ArrowUp className="size-[15px]" aria-hidden="true" />
          </IconButton>
          <IconButton
            label={`Move ${place} down`}
            disabled={index === count - 1}
            onClick={() => move(index, index + 1)}
          >
            <ArrowDown className="size-[15px]" aria-hidden="true" />
          </IconButton>
          <IconButton label={`Remove ${place}`} onClick={() => remove(index, count)}>
            <X className="size-[15px]" aria-hidden="true" />
          </IconButton>
        </span>
      </div>
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
