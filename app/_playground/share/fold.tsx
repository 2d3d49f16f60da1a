// One way of sharing, folded away until it is wanted: its name, and in a line what one gets.
import { ChevronDown } from "lucide-react";
import { Accordion } from "radix-ui";
import { type ReactNode, useId } from "react";

interface FoldProps {
  value: string;
  title: string;
  summary: string;
  children: ReactNode;
}

export function Fold({ value, title, summary, children }: FoldProps) {
  const summaryId = useId();
  return (
    <Accordion.Item value={value} className="border-line border-t">
      <Accordion.Header>
        <Accordion.Trigger
          aria-label={title}
          aria-describedby={summaryId}
          className="tap group flex w-full items-center justify-between gap-4 py-3 text-left"
        >
          <span className="min-w-0">
            <span className="block font-medium group-hover:underline group-hover:underline-offset-4">
              {title}
            </span>
            <span id={summaryId} className="block text-mini text-soft">
              {summary}
            </span>
          </span>
          <ChevronDown
            className="size-4 shrink-0 text-soft group-data-[state=open]:rotate-180"
            aria-hidden="true"
          />
        </Accordion.Trigger>
      </Accordion.Header>
      {/* Stays while it is folded, with what it has measured or published. */}
      <Accordion.Content forceMount className="pb-5 data-[state=closed]:hidden">
        {children}
      </Accordion.Content>
    </Accordion.Item>
  );
}
