"use client";
// Light, dark, or as the system has it.
import { Moon, Sun } from "lucide-react";
import { type ComponentProps, lazy, Suspense } from "react";
import { IconButton } from "./button";
import { useOnDemand } from "./use-on-demand";

const download = () => import("./theme-choices");
const Choices = lazy(download);

export function ThemeMenu() {
  const { wanted, button } = useOnDemand(download);
  const closed = <ThemeButton {...button} />;
  if (!wanted) return closed;
  return (
    <Suspense fallback={closed}>
      <Choices />
    </Suspense>
  );
}

export const ThemeButton = (props: Omit<ComponentProps<typeof IconButton>, "label">) => (
  <IconButton label="Colours" className="size-9" {...props}>
    {/* The server does not know the theme, so both are drawn and one is shown. */}
    <Sun className="size-[18px] dark:hidden" aria-hidden="true" />
    <Moon className="hidden size-[18px] dark:block" aria-hidden="true" />
  </IconButton>
);
