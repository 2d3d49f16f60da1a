// The bar and the thumb of a slider.
import { Slider } from "radix-ui";

export interface SliderBarProps {
  /** For who cannot see the label. */
  name: string;
  value: number;
  min: number;
  max: number;
  step: number;
  /** The value as it is shown and said. */
  text: string;
  disabled?: boolean;
  onChange(value: number): void;
}

export function SliderBar({ name, value, min, max, step, text, disabled = false, onChange }: SliderBarProps) {
  return (
    <Slider.Root
      value={[Math.min(max, Math.max(min, value))]}
      min={min}
      max={max}
      step={step}
      disabled={disabled}
      onValueChange={([next]) => onChange(next!)}
      className="tap relative flex h-6 min-w-0 flex-1 touch-pan-y select-none items-center data-[disabled]:opacity-45"
    >
      <Slider.Track className="relative h-1 flex-1 rounded-full bg-line">
        <Slider.Range className="absolute h-full rounded-full bg-soft" />
      </Slider.Track>
      <Slider.Thumb
        aria-label={name}
        aria-valuetext={text}
        className="block size-4 cursor-grab rounded-full bg-ink ring-2 ring-paper transition-transform duration-100 hover:scale-125 active:cursor-grabbing"
      />
    </Slider.Root>
  );
}
