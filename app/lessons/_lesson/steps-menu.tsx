// The list of a lesson's steps, opened: it is downloaded when somebody wants it.
import { Check } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { useStore } from "zustand";
import { MenuPanel } from "@/app/_ui/menu-panel";
import { lessonStore } from "@/lib/store/lesson-state";
import { type StepsBarProps, StepsButton } from "./steps-bar";

export default function StepsMenu({ steps, index }: StepsBarProps) {
  const done = useStore(lessonStore, ({ progress }) => progress.done);
  return (
    <DropdownMenu.Root defaultOpen modal={false}>
      <DropdownMenu.Trigger asChild>
        <StepsButton steps={steps} index={index} />
      </DropdownMenu.Trigger>
      <MenuPanel aria-label="Steps">
        {steps.map(({ id, title }, place) => (
          <DropdownMenu.Item key={id} asChild>
            <a
              href={`#${id}`}
              aria-current={place === index ? "step" : undefined}
              className="tap flex items-center gap-3 rounded-md px-3 py-1.5 outline-none data-[highlighted]:bg-hover"
            >
              <span className="w-5 text-right text-soft">{place + 1}</span>
              <span className={`flex-1 ${place === index ? "font-semibold" : ""}`}>{title}</span>
              <DoneSign shown={done.includes(id)} />
            </a>
          </DropdownMenu.Item>
        ))}
      </MenuPanel>
    </DropdownMenu.Root>
  );
}

const DoneSign = ({ shown }: { shown: boolean }) =>
  shown ? (
    <Check className="size-4 shrink-0 text-correct" strokeWidth={2.5} aria-label="done" />
  ) : (
    <span className="size-4 shrink-0" />
  );
