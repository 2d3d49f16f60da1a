// A slider beside its label, with its value at the right, set tabular.
import type { ReactNode } from "react";
import { SliderBar, type SliderBarProps } from "@/app/_ui/slider-bar";

interface SliderProps extends SliderBarProps {
  label: ReactNode;
}

export function Slider({ label, ...bar }: SliderProps) {
  return (
    <div className="flex items-center gap-3">
      <span className="w-6 shrink-0 font-medium" aria-hidden="true">
        {label}
      </span>
      <SliderBar {...bar} />
      <span className="w-14 shrink-0 text-right" aria-hidden="true">
        {bar.text}
      </span>
    </div>
  );
}
