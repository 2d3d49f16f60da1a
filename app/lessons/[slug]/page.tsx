// A lesson. Its text is drawn here, once, when the app is built: no formula is set in anybody's browser.
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import "katex/dist/katex.min.css";
import { Inline } from "@/app/lessons/_lesson/inline";
import { LessonPage } from "@/app/lessons/_lesson/lesson-page";
import { OembedLink } from "@/app/lessons/_lesson/oembed-link";
import { viewOf } from "@/app/lessons/_lesson/view-of";
import { catalog } from "@/lib/lessons/catalog";
import { isLesson, lessons } from "@/lib/lessons/registry";

export const dynamicParams = false;
export const generateStaticParams = () => Object.keys(lessons).map((slug) => ({ slug }));

interface PageProps {
  params: Promise<{ slug: string }>;
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const { slug } = await params;
  const summary = catalog.find((lesson) => lesson.slug === slug);
  return summary === undefined
    ? { title: "No such lesson" }
    : { title: summary.title, description: summary.summary };
}

export default async function Page({ params }: PageProps) {
  const { slug } = await params;
  if (!isLesson(slug)) notFound();
  const lesson = await lessons[slug]();
  const number = catalog.findIndex((entry) => entry.slug === slug) + 1;
  const next = catalog.slice(number).find((entry) => isLesson(entry.slug)) ?? null;
  return (
    <>
      <OembedLink slug={slug} title={lesson.title} />
      <LessonPage
        slug={slug}
        number={number}
        title={lesson.title}
        credits={<Inline text={lesson.credits} />}
        steps={lesson.steps.map(viewOf)}
        next={next && { href: `/lessons/${next.slug}`, title: next.title }}
      />
    </>
  );
}
