"use client";
// How many steps of a lesson this browser's reader has done. The server does not know it, so it comes after the first paint.
import { useEffect, useState } from "react";
import { readProgress } from "@/lib/store/lesson-progress";

export function useDone(slug: string, steps: number): number {
  const [done, setDone] = useState(0);
  useEffect(() => setDone(Math.min(steps, readProgress(slug).done.length)), [slug, steps]);
  return done;
}
