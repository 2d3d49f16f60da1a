// The five lessons in their order. What this browser remembers of them is filled in once the page is there.
import type { Metadata } from "next";
import { Header } from "@/app/_ui/header";
import { LeaderboardLink } from "@/app/_ui/leaderboard-link";
import { ThemeMenu } from "@/app/_ui/theme-menu";
import { catalog } from "@/lib/lessons/catalog";
import { isLesson, lessons } from "@/lib/lessons/registry";
import { NumberRing, StepsDone } from "./_list/progress";

export const metadata: Metadata = {
  title: "Lessons",
  description:
    "Five guided lessons on training networks, each beside a live playground that checks what you did.",
};

export default async function Page() {
  const entries = await Promise.all(
    catalog.flatMap(async (entry) =>
      isLesson(entry.slug) ? [{ ...entry, steps: (await lessons[entry.slug]()).steps.length }] : [],
    ),
  );
  return (
    <>
      <Header home="/">
        <LeaderboardLink />
        <ThemeMenu />
      </Header>
      <main className="mx-auto max-w-[46rem] px-4 pt-8 pb-20 lg:pt-12">
        <h1 className="font-semibold text-2xl tracking-tight">Lessons</h1>
        <p className="mt-3 max-w-[36rem] text-[0.9375rem] text-soft leading-6">
          Each lesson stands beside a live playground with its experiment loaded. Its steps look at your own
          runs and tell you when you have seen what there is to see.
        </p>
        <ol className="mt-8 border-line border-b">
          {entries.flat().map(({ slug, title, summary, minutes, steps }, index) => (
            <li
              key={slug}
              className="group relative flex items-start gap-4 border-line border-t py-5 sm:gap-6"
            >
              <NumberRing slug={slug} steps={steps} number={index + 1} />
              <div className="min-w-0 flex-1 lg:pt-1.5">
                <h2 className="font-semibold text-lg leading-7">
                  <a
                    href={`/lessons/${slug}`}
                    className="inline-flex tap items-center after:absolute after:inset-0 group-hover:underline group-hover:underline-offset-4"
                  >
                    {title}
                  </a>
                </h2>
                <p className="mt-1 text-[0.9375rem] leading-6">{summary}</p>
                <p className="mt-2 text-mini text-soft">
                  about {minutes} min · <StepsDone slug={slug} steps={steps} />
                </p>
              </div>
            </li>
          ))}
        </ol>
      </main>
    </>
  );
}
