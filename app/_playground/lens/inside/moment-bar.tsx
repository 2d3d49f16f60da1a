// Which of the moments that were looked at is read.
import { Slider } from "radix-ui";

interface MomentBarProps {
  index: number;
  names: readonly string[];
  onChange(index: number): void;
}

export function MomentBar({ index, names, onChange }: MomentBarProps) {
  return (
    <div className="flex items-center gap-3">
      <Slider.Root
        value={[index]}
        min={0}
        max={names.length - 1}
        step={1}
        onValueChange={([next]) => onChange(next!)}
        className="tap relative flex h-6 min-w-0 flex-1 touch-pan-y select-none items-center"
      >
        <Slider.Track className="relative h-1 flex-1 rounded-full bg-line">
          <Slider.Range className="absolute h-full rounded-full bg-soft" />
        </Slider.Track>
        <Slider.Thumb
          aria-label="The moment that is read"
          aria-valuetext={names[index]}
          className="block size-4 cursor-grab rounded-full bg-ink ring-2 ring-paper"
        />
      </Slider.Root>
      <span aria-hidden="true" className="w-20 text-right text-mini">
        {names[index]}
      </span>
    </div>
  );
}
