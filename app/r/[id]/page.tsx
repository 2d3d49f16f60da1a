// A published run: its experiment, its history and its trained network, as they were published and for ever.
import type { Metadata } from "next";
import { headers } from "next/headers";
import { notFound } from "next/navigation";
import { cache } from "react";
import { PublishedPage } from "@/app/_playground/published/published-page";
import { describePage } from "@/app/x/metadata";
import { readRun } from "@/lib/runs/read";
import { describeExperiment, titleOf } from "@/lib/spec/describe";

export const runtime = "edge";

interface Props {
  params: Promise<{ id: string }>;
}

/** Read once, for the head and for the page. */
const read = cache(async ({ params }: Props) => (await readRun((await params).id)) ?? notFound());

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { run, id } = await read(props);
  const accuracy = (100 * run.test.accuracy).toFixed(2);
  const description = `${accuracy} % of the test images read right · ${describeExperiment(run.experiment)}`;
  const title = titleOf(run.experiment);
  return describePage({ title, description, path: `/r/${id}`, drawn: id }, await headers());
}

export default async function Page(props: Props) {
  return <PublishedPage published={await read(props)} />;
}
