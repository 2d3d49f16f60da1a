// A shared experiment in another page's frame. Until somebody asks for the playground there is only what the server
// drew: a page may hold many of these.
import type { Metadata } from "next";
import { headers } from "next/headers";
import { notFound } from "next/navigation";
import { EmbedPlayground } from "@/app/_playground/embed-playground";
import { Still } from "@/app/embed/still";
import { metadataOf } from "@/app/x/metadata";
import { sharedOrNull } from "@/app/x/shared";
import { encodeExperiment } from "@/lib/share/code";

export const runtime = "edge";

interface PageProps {
  params: Promise<{ code: string }>;
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const spec = sharedOrNull((await params).code);
  if (spec === null) return { title: "No such experiment" };
  // The canonical page is the one that is not in a frame.
  return { ...metadataOf(spec, await headers()), robots: { index: false } };
}

export default async function Page({ params }: PageProps) {
  const spec = sharedOrNull((await params).code);
  if (spec === null) notFound();
  return (
    <EmbedPlayground spec={spec} address={`/x/${encodeExperiment(spec)}`} still={<Still spec={spec} />} />
  );
}
