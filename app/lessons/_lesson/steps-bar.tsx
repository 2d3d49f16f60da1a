// Where in the lesson one is, and the ways to the other steps; stays in sight while the text scrolls.
import { ChevronDown, ChevronLeft, ChevronRight } from "lucide-react";
import { type ComponentProps, lazy, type ReactNode, Suspense } from "react";
import { useStore } from "zustand";
import { useOnDemand } from "@/app/_ui/use-on-demand";
import { lessonStore } from "@/lib/store/lesson-state";
import type { StepView } from "./lesson-page";

export interface StepsBarProps {
  steps: readonly Pick<StepView, "id" | "title">[];
  /** The open step's. */
  index: number;
}

export function StepsBar({ steps, index }: StepsBarProps) {
  const done = useStore(lessonStore, ({ progress }) => progress.done);
  return (
    <nav aria-label="Steps" className="sticky top-0 z-30 bg-paper px-2 pt-1.5 lg:px-5 lg:pt-2.5">
      <div className="flex items-center justify-between">
        <Arrow to={steps[index - 1]} label="Previous step">
          <ChevronLeft className="size-5" aria-hidden="true" />
        </Arrow>
        <StepsMenu steps={steps} index={index} />
        <Arrow to={steps[index + 1]} label="Next step">
          <ChevronRight className="size-5" aria-hidden="true" />
        </Arrow>
      </div>
      <div aria-hidden="true" className="mt-1 flex h-1.5 items-center gap-1 px-2">
        {steps.map(({ id }, place) => (
          <span
            key={id}
            className={`flex-1 rounded-full ${place === index ? "h-1.5" : "h-[3px]"} ${done.includes(id) ? "bg-correct" : place === index ? "bg-soft" : "bg-line"}`}
          />
        ))}
      </div>
    </nav>
  );
}

const download = () => import("./steps-menu");
const Menu = lazy(download);

function StepsMenu(props: StepsBarProps) {
  const { wanted, button } = useOnDemand(download);
  const closed = <StepsButton {...props} {...button} />;
  if (!wanted) return closed;
  return (
    <Suspense fallback={closed}>
      <Menu {...props} />
    </Suspense>
  );
}

/** Says where one is, and opens the list of all steps. */
export const StepsButton = ({ steps, index, ...props }: StepsBarProps & ComponentProps<"button">) => (
  <button
    type="button"
    className="tap group inline-flex min-w-0 items-center gap-1.5 text-mini text-soft hover:text-ink"
    {...props}
  >
    <span className="whitespace-nowrap">
      Step {index + 1} of {steps.length}
    </span>
    <span className="sr-only">, all steps</span>
    <ChevronDown className="size-3.5 shrink-0" aria-hidden="true" />
  </button>
);

interface ArrowProps {
  to: { id: string; title: string } | undefined;
  label: string;
  children: ReactNode;
}

const arrow = "tap inline-flex size-9 items-center justify-center rounded-md";

function Arrow({ to, label, children }: ArrowProps) {
  if (to === undefined) return <span className={`${arrow} text-line`}>{children}</span>;
  return (
    <a
      href={`#${to.id}`}
      aria-label={`${label}: ${to.title}`}
      title={to.title}
      className={`${arrow} text-soft transition-colors duration-100 hover:text-ink`}
    >
      {children}
    </a>
  );
}
