// The network as stations on a line: what goes forward at the left, what comes back at the right, read from below.
import type { ReactNode } from "react";
import type { TinyAnswer } from "@/lib/training/contract";
import { fixed } from "../numbers";
import { Slider } from "../slider";

/** What one can set, but for the label. */
export const knobs = {
  x: { label: "x", min: -2, max: 2 },
  w1: { label: "W₁", min: -6, max: 6 },
  b1: { label: "b₁", min: -4, max: 4 },
  w2: { label: "W₂", min: -4, max: 4 },
  b2: { label: "b₂", min: -4, max: 4 },
} as const;

export type KnobName = keyof typeof knobs;

const STEP = 0.1;
const columns =
  "grid grid-cols-[minmax(0,1fr)_4.25rem] items-center gap-x-2 @md:grid-cols-[minmax(0,1fr)_7rem]";

interface StationsProps {
  values: Readonly<Record<KnobName, number>>;
  /** Null until the engine has answered. */
  answer: TinyAnswer | null;
  /** The label. */
  y: 0 | 1;
  onKnob(name: KnobName, value: number): void;
  /** What chooses the label. */
  target: ReactNode;
}

export function Stations({ values, answer, y, onKnob, target }: StationsProps) {
  const { l1, s, l2, loss, gradients } = answer ?? nothing;
  const [byL2, w2] = [l2 - y, answer?.weights.w2 ?? Number.NaN];
  const knob = (name: KnobName, slope?: number) => (
    <Knob name={name} value={values[name]} slope={slope} onChange={(value) => onKnob(name, value)} />
  );
  return (
    <div>
      <div className={`${columns} mb-1 text-mini`} aria-hidden="true">
        <span className="whitespace-nowrap text-right text-train">forward ↓</span>
        <span className="whitespace-nowrap text-right text-validation-text">backward ↑</span>
      </div>
      <ul className="relative before:absolute before:top-3 before:bottom-14 before:left-[5px] before:w-px before:bg-soft/50">
        <Station name="x" is="the input">
          {knob("x")}
        </Station>
        <Station name="L₁" is="= W₁x + b₁" value={l1} slope={byL2 * w2 * s * (1 - s)}>
          {knob("w1", gradients.w1)}
          {knob("b1", gradients.b1)}
        </Station>
        <Link of="∂S/∂L₁" is="S(1 − S)" value={s * (1 - s)} />
        <Station name="S" is="= σ(L₁)" value={s} slope={byL2 * w2} />
        <Link of="∂L₂/∂S" is="W₂" value={w2} />
        <Station name="L₂" is="= W₂S + b₂" value={l2} slope={byL2}>
          {knob("w2", gradients.w2)}
          {knob("b2", gradients.b2)}
        </Station>
        <Link of="∂ℓ/∂L₂" is="L₂ − y" value={byL2} />
        <Station name="ℓ" is="= ½(y − L₂)²" value={loss} slope={1}>
          {target}
        </Station>
      </ul>
    </div>
  );
}

const unknown = Number.NaN;
const nothing = {
  ...{ l1: unknown, s: unknown, l2: unknown, loss: unknown },
  gradients: { w1: unknown, b1: unknown, w2: unknown, b2: unknown },
};

interface StationProps {
  name: string;
  is: string;
  /** What it gives; nothing where its slider says it. */
  value?: number;
  /** The slope of the loss by it. */
  slope?: number;
  children?: ReactNode;
}

function Station({ name, is, value, slope, children }: StationProps) {
  return (
    <li className="relative pb-1 pl-6">
      <span
        aria-hidden="true"
        className="absolute top-1.5 left-0 size-[11px] rounded-full border-2 border-ink bg-paper"
      />
      <div className={columns}>
        <span className="flex items-baseline justify-between gap-2">
          <span>
            <i className="font-semibold">{name}</i> <span className="text-soft">{is}</span>
          </span>
          {value !== undefined && <span className="font-medium text-train">{fixed(value, 3)}</span>}
        </span>
        {slope !== undefined && <Slope by={name} value={slope} />}
      </div>
      {children}
    </li>
  );
}

/** ∂ℓ/∂something, as it has come back so far. */
function Slope({ by, value }: { by: string; value: number }) {
  return (
    <span className="flex items-baseline justify-end gap-2 text-validation-text">
      <span className="text-mini @max-md:sr-only">∂ℓ/∂{by} </span>
      <span className="font-medium">{fixed(value, 3)}</span>
    </span>
  );
}

/** What the slope is multiplied by on its way back past this link. */
function Link({ of, is, value }: { of: string; is: string; value: number }) {
  return (
    <li className={`${columns} py-1 pl-6 text-mini text-soft`}>
      <span>
        {of} = {is}
      </span>
      <span className="text-right">× {fixed(value, 3)}</span>
    </li>
  );
}

interface KnobProps {
  name: KnobName;
  value: number;
  slope?: number;
  onChange(value: number): void;
}

function Knob({ name, value, slope, onChange }: KnobProps) {
  const { label, min, max } = knobs[name];
  return (
    <div className={columns}>
      <Slider
        name={label}
        label={<i>{label}</i>}
        {...{ value, min, max, step: STEP, onChange }}
        text={fixed(value)}
      />
      {slope !== undefined && <Slope by={label} value={slope} />}
    </div>
  );
}
