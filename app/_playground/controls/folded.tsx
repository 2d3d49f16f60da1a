// Few fields stand in the open; the others fold behind a word that says what is in there.
import type { Field, Fields } from "@/lib/spec/fields";
import type { FieldValue } from "@/lib/store/spec";

export type FieldEntry = [name: string, field: Field];
export type FieldValues = Readonly<Record<string, FieldValue>>;

/**
 * Which fields of a layer stand in its row. A lone field does. Of more, those that give the network its shape may
 * (whole numbers and choices): both of two, else the first third. The rest is for who asks.
 */
export function splitFields(fields: Fields): { shown: FieldEntry[]; folded: FieldEntry[] } {
  const entries = Object.entries(fields);
  const most = entries.length <= 2 ? 2 : Math.ceil(entries.length / 3);
  const shaping = entries.filter(([, field]) =>
    field.type === "number" ? field.integer : field.type === "choice",
  );
  const shown = entries.length === 1 && entries[0]![1].type !== "layers" ? entries : shaping.slice(0, most);
  return { shown, folded: entries.filter((entry) => !shown.includes(entry)) };
}

/** What a folded field has to say: how many layers are in it, or what it was changed to; null where nothing. */
function gist([name, field]: FieldEntry, values: FieldValues): string | null {
  const value = values[name]!;
  if (Array.isArray(value)) return `${value.length} ${value.length === 1 ? "layer" : "layers"}`;
  if (value === field.default) return null;
  const label = field.label.toLowerCase();
  if (field.type === "boolean") return value ? label : `no ${label}`;
  return field.type === "choice" ? String(value) : `${label} ${value}`;
}

interface FoldButtonProps {
  open: boolean;
  onToggle(): void;
  /** Whose fields they are: "layer 2". */
  place: string;
  folded: readonly FieldEntry[];
  values: FieldValues;
  /** Letters that fit beside what else stands there. */
  room?: number;
}

/** "more", or what was changed in there: "same · strides 2", or how much where that is too long. */
export function FoldButton({ open, onToggle, place, folded, values, room = 20 }: FoldButtonProps) {
  const gists = folded.map((entry) => gist(entry, values)).filter((text) => text !== null);
  const told = gists.join(" · ").length > room ? [`${gists.length} changed`] : gists;
  return (
    <button
      type="button"
      aria-expanded={open}
      onClick={onToggle}
      className="tap group inline-flex items-center text-mini text-soft"
    >
      <span className="editable whitespace-nowrap">
        {open ? "less" : told.length > 0 ? told.join(" · ") : "more"}
        <span className="sr-only">
          {!open && told.length > 0 ? ", more" : ""} of {place}
        </span>
      </span>
    </button>
  );
}
