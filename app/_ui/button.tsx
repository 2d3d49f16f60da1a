// The three weights of a button: filled (one on a page), outlined, and bare.
import type { ComponentProps } from "react";

const base =
  "inline-flex items-center justify-center gap-2 whitespace-nowrap rounded-lg font-medium transition-colors duration-100 select-none";
const unavailable = "disabled:opacity-45 aria-disabled:opacity-45";

const weights = {
  filled: `h-11 min-w-24 bg-ink px-5 font-semibold text-paper text-[0.9375rem] ${unavailable}`,
  outlined: `tap h-9 border border-line px-3.5 hover:border-soft ${unavailable}`,
};

/** A link that is set as a button has its look. */
export const buttonClass = ({ filled = false } = {}): string =>
  `${base} ${filled ? weights.filled : weights.outlined}`;

interface ButtonProps extends ComponentProps<"button"> {
  filled?: boolean;
}

export function Button({ filled = false, className = "", ...props }: ButtonProps) {
  return <button type="button" className={`${buttonClass({ filled })} ${className}`} {...props} />;
}

interface IconButtonProps extends ComponentProps<"button"> {
  /** What it does, for who cannot see the icon. */
  label: string;
}

/** An icon alone; its name is its label. */
export function IconButton({ label, className = "", ...props }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={`tap inline-flex size-7 shrink-0 items-center justify-center rounded-md text-soft transition-colors duration-100 hover:text-ink disabled:opacity-35 disabled:hover:text-soft ${className}`}
      {...props}
    />
  );
}

/** A word that does something, set as a link. */
export function TextButton({ className = "", ...props }: ComponentProps<"button">) {
  return (
    <button
      type="button"
      className={`tap inline-flex items-center gap-1.5 whitespace-nowrap font-medium text-train hover:underline hover:underline-offset-4 disabled:text-soft disabled:opacity-60 disabled:hover:no-underline ${className}`}
      {...props}
    />
  );
}
