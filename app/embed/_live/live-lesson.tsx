"use client";
// A lesson within a frame, or some steps of one.
import { useMemo } from "react";
import { useStore } from "zustand";
import { LessonPage, type LessonPageProps } from "@/app/lessons/_lesson/lesson-page";
import type { EmbedOptions } from "@/lib/embed/options";
import { lessonStore } from "@/lib/store/lesson-state";
import { Bar } from "./bar";
import { Frame } from "./frame";
import { useEmbed } from "./use-embed";

interface LiveLessonProps extends Omit<LessonPageProps, "bar" | "natural" | "next"> {
  options: EmbedOptions;
}

export function LiveLesson({ options, ...lesson }: LiveLessonProps) {
  const { slug, steps } = lesson;
  const titles = useMemo(() => Object.fromEntries(steps.map(({ id, title }) => [id, title])), [steps]);
  useEmbed(options, titles);
  return (
    <Frame options={options}>
      <LessonPage {...lesson} next={null} bar={<LessonBar slug={slug} />} natural={options.autoHeight} />
    </Frame>
  );
}

/** Leads to the step that is open. */
function LessonBar({ slug }: { slug: string }) {
  const step = useStore(lessonStore, (lesson) => lesson.step);
  return <Bar address={`/lessons/${slug}${step === null ? "" : `#${step}`}`} />;
}
