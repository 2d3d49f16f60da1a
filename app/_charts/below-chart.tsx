// Below the chart of a run: the unit of its axis, the chart to take along, and the same numbers as a table.
import { type RefObject, useId, useState } from "react";
import { EpochTable } from "./epoch-table";
import { drawnIn, ExportButton } from "./export/export-button";
import type { RunChartProps } from "./run-chart";
import { MARGIN, Y_AXIS_WIDTH } from "./size";

interface BelowProps extends Pick<RunChartProps, "title" | "of" | "input" | "trainOf" | "validationOf"> {
  /** Where the chart is. */
  figure: RefObject<HTMLElement | null>;
}

const trainLine = { color: "--train", text: "training" };
const validationLine = { color: "--validation", dashes: "4 4", text: "validation" };

export default function Below({ figure, title, of, input, trainOf, validationOf }: BelowProps) {
  const [open, setOpen] = useState(false);
  const tableId = useId();
  const { history, kept } = input;
  const isValidated = history.some((metrics) => validationOf(metrics) !== null);
  return (
    <>
      <div className="flex items-center justify-between text-2xs text-soft">
        <span style={{ paddingLeft: MARGIN.left + Y_AXIS_WIDTH }}>epochs</span>
        <span className="flex items-center gap-4">
          {of !== undefined && (
            <ExportButton
              title={title}
              of={of}
              unit="epochs"
              legend={isValidated ? [trainLine, validationLine] : [trainLine]}
              drawing={() => drawnIn(figure.current)}
              numbers={async () => {
                const { runCsv } = await import("./compare-csv");
                return runCsv(input, title.toLowerCase(), { trainOf, validationOf });
              }}
            />
          )}
          <button
            type="button"
            aria-expanded={open}
            aria-controls={tableId}
            disabled={history.length === 0}
            onClick={() => setOpen(!open)}
            className="tap underline-offset-4 hover:underline disabled:invisible"
          >
            {open ? "Hide the table" : "Show as table"}
            <span className="sr-only"> of {title.toLowerCase()}</span>
          </button>
        </span>
      </div>
      <div id={tableId}>
        {open && history.length > 0 && (
          <EpochTable caption={`${title} by epoch`} {...{ history, kept, trainOf, validationOf }} />
        )}
      </div>
    </>
  );
}
