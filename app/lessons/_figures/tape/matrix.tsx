// A 2×2 matrix between its brackets.
import { fixed } from "../numbers";

interface MatrixProps {
  values: ArrayLike<number>;
  className?: string;
  format?(value: number): string;
}

export function Matrix({ values, className = "", format = (value) => fixed(value) }: MatrixProps) {
  return (
    <span
      className={`inline-grid grid-cols-2 gap-x-2.5 rounded-[3px] border-current border-x px-1.5 py-0.5 text-right text-mini ${className}`}
    >
      {Array.from(values, (value, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: four places.
        <span key={index} className="min-w-9">
          {format(value)}{" "}
        </span>
      ))}
    </span>
  );
}
