// The playground with a shared experiment, in another page's frame.
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { LivePlayground } from "@/app/embed/_live/live-playground";
import { sharedOrNull } from "@/app/x/shared";
import { type Query, readOptions } from "@/lib/embed/options";
import { titleOf } from "@/lib/spec/describe";

export const runtime = "edge";

interface PageProps {
  params: Promise<{ code: string }>;
  searchParams: Promise<Query>;
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const spec = sharedOrNull((await params).code);
  // The page to be found is the one that is not in a frame.
  return { title: spec === null ? "No such experiment" : titleOf(spec), robots: { index: false } };
}

export default async function Page({ params, searchParams }: PageProps) {
  const spec = sharedOrNull((await params).code);
  if (spec === null) notFound();
  return <LivePlayground spec={spec} options={readOptions(await searchParams)} />;
}
