"use client";
// The boards, downloaded after the page around them. What knows experiments runs in a task of its own before the rest: a
// slow phone takes long for each.
import { lazy } from "react";
import { nextTask } from "@/app/_ui/next-task";

const Leaderboard = lazy(async () => {
  await import("@/lib/leaderboard/find-board");
  await nextTask();
  return import("./leaderboard");
});

export const LeaderboardLater = () => <Leaderboard />;
