// A row of tabs, words beside each other, and what belongs to each; both stand within Radix' `Tabs.Root`.
import { Tabs } from "radix-ui";
import type { ComponentProps } from "react";

const looks = {
  /** On a rule, with a bar under the chosen one. */
  ruled: {
    row: "flex gap-5 border-line border-b",
    tab: "-mb-px h-11 border-transparent border-b-2 data-[state=active]:border-ink",
  },
  /** Within what another row has chosen: words that may take several lines. */
  plain: {
    row: "flex flex-wrap gap-x-5",
    tab: "underline-offset-8 data-[state=active]:underline",
  },
};

interface TabRowProps {
  /** What is chosen by it, for who does not see what it belongs to. */
  name: string;
  tabs: readonly { id: string; label: string }[];
  look?: keyof typeof looks;
  className?: string;
}

export function TabRow({ name, tabs, look = "ruled", className = "" }: TabRowProps) {
  const { row, tab } = looks[look];
  return (
    <Tabs.List aria-label={name} className={`${row} ${className}`}>
      {tabs.map(({ id, label }) => (
        <Tabs.Trigger
          key={id}
          value={id}
          className={`tap text-soft hover:text-ink data-[state=active]:font-semibold data-[state=active]:text-ink ${tab}`}
        >
          {label}
        </Tabs.Trigger>
      ))}
    </Tabs.List>
  );
}

/** Not a stop of the Tab key by itself: what is in it has its own. */
export const TabPanel = ({ className = "", ...props }: ComponentProps<typeof Tabs.Content>) => (
  <Tabs.Content tabIndex={-1} className={`outline-none ${className}`} {...props} />
);
