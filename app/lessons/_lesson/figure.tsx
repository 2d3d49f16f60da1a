"use client";
// A live figure in the text, downloaded when it is shown.
import { Suspense } from "react";
import type { FigureKind } from "@/lib/lessons/figures";
import { figures } from "../_figures/registry";
import { useFacts, useMark } from "./step-context";

export function Figure({ kind }: { kind: FigureKind }) {
  const facts = useFacts();
  const marks = useMark();
  const Shown = figures[kind];
  return (
    <Suspense fallback={<div className="h-40 rounded-lg bg-hover" />}>
      <Shown facts={facts} marks={marks} />
    </Suspense>
  );
}
