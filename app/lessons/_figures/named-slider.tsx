// A slider under its name, with its value at the right.
import { SliderBar, type SliderBarProps } from "@/app/_ui/slider-bar";

export function NamedSlider(props: SliderBarProps) {
  return (
    <div>
      <p className="flex justify-between gap-3 text-sm" aria-hidden="true">
        <span className="text-soft">{props.name}</span>
        <span className="font-medium">{props.text}</span>
      </p>
      <div className="flex">
        <SliderBar {...props} />
      </div>
    </div>
  );
}
