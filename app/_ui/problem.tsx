// What is wrong, in one sentence, where it is wrong.
import { CircleAlert, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

interface ProblemTextProps {
  severity?: "error" | "warning";
  id?: string;
  className?: string;
  children: ReactNode;
}

export function ProblemText({ severity = "error", id, className = "", children }: ProblemTextProps) {
  const error = severity === "error";
  const Icon = error ? CircleAlert : TriangleAlert;
  return (
    <p
      id={id}
      className={`flex w-full items-start gap-1.5 text-mini ${error ? "text-wrong" : "text-soft"} ${className}`}
    >
      <Icon className="mt-[3px] size-3.5 shrink-0" aria-hidden="true" />
      <span>
        <span className="sr-only">{error ? "Error: " : "Warning: "}</span>
        {children}
      </span>
    </p>
  );
}
