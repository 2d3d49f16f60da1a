// One of a few words, chosen in place: a Radix select whose trigger is the word itself.
import { Check, ChevronDown } from "lucide-react";
import { Select as Radix } from "radix-ui";

export interface SelectOption {
  value: string;
  label: string;
  /** One sentence below the label in the list. */
  summary?: string;
}

interface SelectProps {
  name: string;
  value: string;
  options: readonly SelectOption[];
  onChange(value: string): void;
  disabled?: boolean;
}

export function Select({ name, value, options, onChange, disabled = false }: SelectProps) {
  const chosen = options.find((option) => option.value === value);
  return (
    <Radix.Root value={value} onValueChange={onChange} disabled={disabled}>
      <Radix.Trigger
        aria-label={name}
        className="tap group inline-flex max-w-full items-center justify-end text-right font-medium"
      >
        <span className={`${disabled ? "" : "editable"} truncate pb-[5px] -mb-[5px]`}>
          <Radix.Value>{chosen?.label ?? value}</Radix.Value>
        </span>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          position="popper"
          align="end"
          sideOffset={4}
          collisionPadding={8}
          className="z-50 max-h-(--radix-select-content-available-height) w-max min-w-40 max-w-80 overflow-hidden rounded-lg border border-line bg-raised shadow-lg"
        >
          <Radix.ScrollUpButton className="flex justify-center py-1">
            <ChevronDown className="size-4 rotate-180" />
          </Radix.ScrollUpButton>
          <Radix.Viewport className="p-1">
            {options.map((option) => (
              <Radix.Item
                key={option.value}
                value={option.value}
                className="tap relative flex flex-col justify-center rounded-md py-1.5 pr-3 pl-8 outline-none data-[highlighted]:bg-hover"
              >
                <Radix.ItemIndicator className="absolute top-1/2 left-2 -translate-y-1/2">
                  <Check className="size-4" aria-hidden="true" />
                </Radix.ItemIndicator>
                <Radix.ItemText>{option.label}</Radix.ItemText>
                {option.summary !== undefined && (
                  <span className="text-mini text-soft">{option.summary}</span>
                )}
              </Radix.Item>
            ))}
          </Radix.Viewport>
          <Radix.ScrollDownButton className="flex justify-center py-1">
            <ChevronDown className="size-4" />
          </Radix.ScrollDownButton>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
