// A shared experiment: the code in the path is all of it. The server draws the playground with it; nothing trains
// until somebody says so.
import type { Metadata } from "next";
import { headers } from "next/headers";
import { notFound } from "next/navigation";
import { PlaygroundInTurn } from "@/app/_playground/in-turn/playground-in-turn";
import { metadataOf } from "@/app/x/metadata";
import { readLineage, sharedOrNull } from "@/app/x/shared";

export const runtime = "edge";

interface PageProps {
  params: Promise<{ code: string }>;
  searchParams: Promise<{ from?: string | string[] }>;
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const spec = sharedOrNull((await params).code);
  return spec === null ? { title: "No such experiment" } : metadataOf(spec, await headers());
}

export default async function Page({ params, searchParams }: PageProps) {
  const spec = sharedOrNull((await params).code);
  if (spec === null) notFound();
  return <PlaygroundInTurn opening={{ spec, forkedFrom: readLineage((await searchParams).from) }} />;
}
