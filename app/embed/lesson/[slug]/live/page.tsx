// A lesson with its playground, in another page's frame: all of it, or the steps that the address names.
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import "katex/dist/katex.min.css";
import { LiveLesson } from "@/app/embed/_live/live-lesson";
import { Inline } from "@/app/lessons/_lesson/inline";
import { viewOf } from "@/app/lessons/_lesson/view-of";
import { shownSteps } from "@/lib/embed/lesson-steps";
import { type Query, readOptions } from "@/lib/embed/options";
import { catalog } from "@/lib/lessons/catalog";
import { isLesson, lessons } from "@/lib/lessons/registry";

interface PageProps {
  params: Promise<{ slug: string }>;
  searchParams: Promise<Query>;
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const { slug } = await params;
  const title = catalog.find((lesson) => lesson.slug === slug)?.title;
  return { title: title ?? "No such lesson", robots: { index: false } };
}

export default async function Page({ params, searchParams }: PageProps) {
  const { slug } = await params;
  if (!isLesson(slug)) notFound();
  const options = readOptions(await searchParams);
  const lesson = await lessons[slug]();
  const { steps } = shownSteps(lesson.steps, options.steps);
  return (
    <LiveLesson
      slug={slug}
      number={catalog.findIndex((entry) => entry.slug === slug) + 1}
      title={lesson.title}
      credits={<Inline text={lesson.credits} />}
      steps={steps.map(viewOf)}
      isPart={steps.length < lesson.steps.length}
      options={options}
    />
  );
}
