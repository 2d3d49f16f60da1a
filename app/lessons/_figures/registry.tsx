"use client";
// Every live figure of the lessons, downloaded when it is shown. `tsc` names a kind that is not drawn here.
import { type ComponentType, type LazyExoticComponent, lazy } from "react";
import type { FigureKind } from "@/lib/lessons/figures";
import type { FigureProps } from "./figure";

export const figures: Record<FigureKind, LazyExoticComponent<ComponentType<FigureProps>>> = {
  "training-output": lazy(() => import("./training-output")),
  improvement: lazy(() => import("./improvement")),
  "steps-per-epoch": lazy(() => import("./steps-per-epoch")),
  "best-epoch": lazy(() => import("./best-epoch")),
  "run-pair": lazy(() => import("./run-pair/run-pair")),
  "augmented-batch": lazy(() => import("./augmented-batch/augmented-batch")),
  patterns: lazy(() => import("./patterns/patterns")),
  "held-out": lazy(() => import("./held-out")),
  "loss-and-cost": lazy(() => import("./loss-and-cost/loss-and-cost")),
  "gradient-step": lazy(() => import("./gradient-step/gradient-step")),
  "loss-matrix": lazy(() => import("./loss-matrix")),
  "issue-cards": lazy(() => import("./issue-cards/issue-cards")),
  "fit-arithmetic": lazy(() => import("./fit-arithmetic")),
  "progress-line": lazy(() => import("./progress-line")),
  "two-fits": lazy(() => import("./two-fits")),
  plateau: lazy(() => import("./plateau")),
  "squared-loss": lazy(() => import("./squared-loss")),
  "loss-surface": lazy(() => import("./loss-surface/loss-surface")),
  "chain-rule": lazy(() => import("./chain-rule/chain-rule")),
  tape: lazy(() => import("./tape/tape")),
  "before-after": lazy(() => import("./before-after")),
};
