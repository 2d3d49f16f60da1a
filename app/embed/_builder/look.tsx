// Colours and room.
import { FieldRow } from "@/app/_playground/controls/field";
import { Section } from "@/app/_ui/section";
import { type Draft, fields } from "./draft";

interface LookProps {
  draft: Draft;
  change(part: Partial<Draft>): void;
}

const pixels = (value: number) => `${value} px`;

export function Look({ draft, change }: LookProps) {
  return (
    <Section id="look" title="Look">
      <FieldRow
        field={fields.theme}
        value={draft.theme}
        onChange={(theme) => change({ theme: theme as Draft["theme"] })}
      />
      <FieldRow
        field={fields.height}
        value={draft.height}
        format={pixels}
        onChange={(height) => change({ height: Number(height) })}
      />
      <FieldRow
        field={fields.autoHeight}
        value={draft.autoHeight}
        onChange={(autoHeight) => change({ autoHeight: autoHeight === true })}
      />
      <FieldRow
        field={fields.wholeWidth}
        value={draft.wholeWidth}
        onChange={(wholeWidth) => change({ wholeWidth: wholeWidth === true })}
      />
      {!draft.wholeWidth && (
        <FieldRow
          field={fields.width}
          value={draft.width}
          format={pixels}
          onChange={(width) => change({ width: Number(width) })}
        />
      )}
    </Section>
  );
}
