// One of a few, side by side.
import { ToggleGroup } from "radix-ui";

interface ChoicesProps<T extends string> {
  name: string;
  value: T;
  options: readonly { value: T; label: string }[];
  onChange(value: T): void;
}

export function Choices<T extends string>({ name, value, options, onChange }: ChoicesProps<T>) {
  return (
    <ToggleGroup.Root
      type="single"
      value={value}
      aria-label={name}
      className="inline-flex rounded-lg border border-line p-0.5"
      onValueChange={(next) => {
        const chosen = options.find((option) => option.value === next);
        if (chosen !== undefined) onChange(chosen.value);
      }}
    >
      {options.map((option) => (
        <ToggleGroup.Item
          key={option.value}
          value={option.value}
          className="tap whitespace-nowrap rounded-md px-2.5 text-soft data-[state=on]:bg-hover data-[state=on]:font-semibold data-[state=on]:text-ink"
        >
          {option.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
