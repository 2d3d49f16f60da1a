// Draws any Field of any kind. What a layer or an optimizer can be told is in its catalog; nothing here knows one.
import type { ReactNode } from "react";
import { Explain } from "@/app/_ui/explain";
import { ProblemText } from "@/app/_ui/problem";
import { Select } from "@/app/_ui/select";
import type { Field } from "@/lib/spec/fields";
import type { Problem } from "@/lib/spec/program";
import type { FieldValue } from "@/lib/store/spec";
import { LockSign, useIsLocked } from "../locks";
import { LayersControl } from "./layers-control";
import { NumberControl } from "./number-control";
import { SwitchControl } from "./switch-control";

type FieldOf<T extends Field["type"]> = Extract<Field, { type: T }>;

interface ControlProps<F extends Field = Field> {
  field: F;
  value: F["default"];
  onChange(value: FieldValue): void;
  /** The accessible name, or for a list of layers what they are the layers of; else the field's label. */
  name?: string;
  /** How a number is shown while nobody edits it. */
  format?: (value: number) => string;
  align?: "left" | "right";
  /** One sentence on each choice, for the list. */
  summaryOf?: (value: string) => string | undefined;
}

type Control<F extends Field> = (props: ControlProps<F> & { name: string; locked: boolean }) => ReactNode;

const controls: { [T in Field["type"]]: Control<FieldOf<T>> } = {
  number: ({ summaryOf: _, ...props }) => <NumberControl {...props} />,
  choice: ({ field, value, name, locked, summaryOf, onChange }) => (
    <Select
      name={name}
      value={value}
      options={field.options.map((option) => ({ ...option, summary: summaryOf?.(option.value) }))}
      onChange={onChange}
      disabled={locked}
    />
  ),
  boolean: ({ value, name, locked, onChange }) => (
    <SwitchControl value={value} name={name} onChange={onChange} disabled={locked} />
  ),
  layers: ({ value, name, onChange }) => <LayersControl value={value} name={name} onChange={onChange} />,
};

/** The control alone, for places where the words around it say what it is. */
export function FieldControl({ field, name = field.label, ...props }: ControlProps) {
  const Control = controls[field.type] as Control<Field>;
  return <Control field={field} name={name} locked={useIsLocked()} {...props} />;
}

interface FieldRowProps extends ControlProps {
  problems?: readonly Problem[];
  /** Another control of the same row. */
  children?: ReactNode;
}

/** The label, explained on tap, and at the right the value. */
export function FieldRow({ problems = [], children, ...props }: FieldRowProps) {
  const { label, help } = props.field;
  const locked = useIsLocked();
  return (
    <div className="flex min-h-8 flex-wrap items-center gap-x-2">
      {help === undefined ? (
        <span className="mr-auto text-soft">{label}</span>
      ) : (
        <Explain term={label} className="mr-auto text-soft">
          {help}
        </Explain>
      )}
      {children}
      <FieldControl {...props} />
      {locked && <LockSign />}
      {problems.map(({ message, severity }) => (
        <ProblemText key={message} severity={severity} className="order-last basis-full pb-1">
          {message}
        </ProblemText>
      ))}
    </div>
  );
}
