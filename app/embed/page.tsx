// Where a teacher puts an experiment or a lesson into a course: chooses it, sees it live, and takes it along.
import type { Metadata } from "next";
import { Header } from "@/app/_ui/header";
import { LessonsLink } from "@/app/_ui/lessons-link";
import { ThemeMenu } from "@/app/_ui/theme-menu";
import { catalog } from "@/lib/lessons/catalog";
import { plainText } from "@/lib/lessons/inline";
import { isLesson, lessons } from "@/lib/lessons/registry";
import { Builder } from "./_builder/builder";
import { Reference } from "./_builder/reference";

export const metadata: Metadata = {
  title: "Put it into your course",
  description:
    "An experiment or a lesson in a page of your own, or as a SCORM or xAPI package that tells your course site what was reached.",
};

export default async function Page() {
  const choices = await Promise.all(
    catalog.flatMap(async (entry) => {
      if (!isLesson(entry.slug)) return [];
      const { steps } = await lessons[entry.slug]();
      return [{ ...entry, steps: steps.map(({ title }) => plainText(title)) }];
    }),
  );
  return (
    <>
      <Header home="/">
        <LessonsLink />
        <ThemeMenu />
      </Header>
      <main aria-labelledby="title" className="mx-auto max-w-[90rem] px-4 pt-6 pb-20 lg:px-7 lg:pt-8">
        <h1 id="title" className="font-semibold text-2xl tracking-tight">
          Put it into your course
        </h1>
        <p className="mt-2 max-w-[40rem] text-[0.9375rem] text-soft leading-6">
          An experiment or a lesson in a page of yours. Nothing heavy is downloaded before a reader taps it,
          everything is computed on their own device, and nobody needs an account.
        </p>
        <Builder lessons={choices.flat()} />
        <Reference />
      </main>
    </>
  );
}
