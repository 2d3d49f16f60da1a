// What stands at the right of the header over a playground: the ways elsewhere, and what opens over the page.
import { ChartNoAxesCombined, History, Keyboard, Share2 } from "lucide-react";
import { Button, IconButton } from "@/app/_ui/button";
import { LeaderboardLink } from "@/app/_ui/leaderboard-link";
import { LessonsLink } from "@/app/_ui/lessons-link";
import { ThemeMenu } from "@/app/_ui/theme-menu";
import type { DialogName } from "./use-dialogs";

export function PageActions({ onOpen }: { onOpen(name: DialogName): void }) {
  return (
    <>
      <LessonsLink />
      <LeaderboardLink />
      <Button onClick={() => onOpen("share")} className="mr-1 max-sm:mr-0 max-sm:border-0 max-sm:px-0">
        <Share2 className="size-4" aria-hidden="true" />
        <span className="max-sm:sr-only">Share</span>
      </Button>
      <IconButton label="Compare settings" className="size-9 max-sm:hidden" onClick={() => onOpen("sweep")}>
        <ChartNoAxesCombined className="size-[18px]" aria-hidden="true" />
      </IconButton>
      <IconButton label="Runs" className="size-9" onClick={() => onOpen("runs")}>
        <History className="size-[18px]" aria-hidden="true" />
      </IconButton>
      <IconButton label="Keys" className="size-9 max-sm:hidden" onClick={() => onOpen("keys")}>
        <Keyboard className="size-[18px]" aria-hidden="true" />
      </IconButton>
      <ThemeMenu />
    </>
  );
}
