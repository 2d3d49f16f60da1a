// Puts a comparison together: what is compared, with which values, and what that will cost, before anything is trained.
import { Plus } from "lucide-react";
import { useMemo, useState } from "react";
import { Button, TextButton } from "@/app/_ui/button";
import { ProblemText } from "@/app/_ui/problem";
import type { ExperimentSpec } from "@/lib/spec/experiment";
import { trainingFields } from "@/lib/spec/experiment";
import { rangeOf, type VariedField, variedFields } from "@/lib/sweeps/fields";
import type { SweepSpec } from "@/lib/sweeps/sweep";
import { FieldRow } from "../controls/field";
import { AxisEditor } from "./axis-editor";
import { axisDraft, type Draft, firstDraft, searchable, searchFields, sweepOfDraft } from "./draft";
import { KindChoices } from "./kind-choices";
import { RangeEditor } from "./range-editor";
import { useEstimate } from "./use-sweep";
import { planWords } from "./words";

const MOST_AXES = 3;
const MOST_RANGES = 6;

interface SweepFormProps {
  spec: ExperimentSpec;
  onStart(sweep: SweepSpec): void;
}

export function SweepForm({ spec, onStart }: SweepFormProps) {
  const fields = useMemo(() => variedFields(spec), [spec]);
  const [draft, setDraft] = useState(() => firstDraft(spec, fields));
  const change = (changes: Partial<Draft>) => setDraft((before) => ({ ...before, ...changes }));
  const { sweep, problem } = useMemo(() => sweepOfDraft(spec, draft, fields), [spec, draft, fields]);
  return (
    // No form: Enter takes over a number, and starts nothing.
    <div>
      <div className="grid gap-x-10 gap-y-6 md:grid-cols-[17rem_minmax(0,1fr)]">
        <KindChoices value={draft.kind} onChange={(kind) => change({ kind })} />
        <div className="min-w-0 space-y-5">
          {draft.kind === "search" ? (
            <Search fields={fields} draft={draft} onChange={change} />
          ) : (
            <>
              <Axes fields={fields} draft={draft} onChange={change} />
              {!variesEpochs(draft) && (
                <FieldRow
                  field={{ ...trainingFields.epochs, label: "Epochs of each" }}
                  value={draft.epochs}
                  onChange={(epochs) => change({ epochs: Number(epochs) })}
                />
              )}
            </>
          )}
        </div>
      </div>
      {/* In sight, however much there is above. */}
      <div className="sticky bottom-0 -mx-4 mt-6 flex flex-wrap items-center gap-x-5 gap-y-2 border-line border-t bg-paper px-4 py-3 sm:-mx-7 sm:px-7">
        <Button aria-disabled={sweep === null} onClick={() => sweep !== null && onStart(sweep)}>
          {draft.kind === "search" ? "Run the search" : "Run the comparison"}
        </Button>
        <div className="min-w-0 basis-64 grow" aria-live="polite">
          {sweep === null ? <ProblemText>{problem}</ProblemText> : <Plan sweep={sweep} />}
        </div>
      </div>
    </div>
  );
}

const Plan = ({ sweep }: { sweep: SweepSpec }) => (
  <p className="text-mini text-soft">{planWords(sweep, useEstimate(sweep))}</p>
);

const variesEpochs = ({ kind, grid }: Draft): boolean =>
  kind === "grid" && grid.some(({ field }) => field === "training.epochs");

interface PartProps {
  fields: readonly VariedField[];
  draft: Draft;
  onChange(changes: Partial<Draft>): void;
}

function Axes({ fields, draft, onChange }: PartProps) {
  const { kind, single, grid } = draft;
  if (kind === "search") return null;
  if (kind !== "grid")
    return (
      <AxisEditor
        fields={fields}
        axis={single[kind]}
        onChange={(axis) => onChange({ single: { ...single, [kind]: axis } })}
      />
    );
  const free = fields.find(({ field }) => grid.every((axis) => axis.field !== field));
  return (
    <>
      {grid.map((axis, index) => (
        <AxisEditor
          // biome-ignore lint/suspicious/noArrayIndexKey: an axis has no identity but its place.
          key={index}
          place={index + 1}
          fields={fields}
          axis={axis}
          onChange={(next) => onChange({ grid: grid.with(index, next) })}
          onRemove={grid.length > 1 ? () => onChange({ grid: grid.toSpliced(index, 1) }) : undefined}
        />
      ))}
      {grid.length < MOST_AXES && free !== undefined && (
        <TextButton onClick={() => onChange({ grid: [...grid, axisDraft(free)] })}>
          <Plus className="size-3.5" aria-hidden="true" />
          Add a field
        </TextButton>
      )}
    </>
  );
}

function Search({ fields, draft, onChange }: PartProps) {
  const { ranges } = draft;
  const numbers = searchable(fields);
  const free = numbers.find(({ field }) => ranges.every((range) => range.field !== field));
  return (
    <>
      <div>
        <p className="caps mb-1">Drawn at random</p>
        {ranges.map((range, index) => (
          <RangeEditor
            // biome-ignore lint/suspicious/noArrayIndexKey: a range has no identity but its place.
            key={index}
            place={index + 1}
            fields={numbers}
            range={range}
            onChange={(next) => onChange({ ranges: ranges.with(index, next) })}
            onRemove={() => onChange({ ranges: ranges.toSpliced(index, 1) })}
          />
        ))}
        {ranges.length < MOST_RANGES && free !== undefined && (
          <TextButton onClick={() => onChange({ ranges: [...ranges, rangeOf(free)] })}>
            <Plus className="size-3.5" aria-hidden="true" />
            Add a field
          </TextButton>
        )}
      </div>
      <div>
        <p className="caps mb-1">Budget</p>
        {Object.entries(searchFields).map(([name, field]) => (
          <FieldRow
            key={name}
            field={field}
            value={draft[name as keyof typeof searchFields]}
            onChange={(value) => onChange({ [name]: Number(value) })}
          />
        ))}
      </div>
    </>
  );
}
