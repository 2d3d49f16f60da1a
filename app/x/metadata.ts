// What a shared experiment is called where its link stands: in a chat, a feed, a search engine, a course's page.
import type { Metadata } from "next";
import { runtimeName } from "@/lib/http";
import { originOf } from "@/lib/runs/host";
import { encodeExperiment } from "@/lib/share/code";
import { describeExperiment, titleOf } from "@/lib/spec/describe";
import type { ExperimentSpec } from "@/lib/spec/experiment";

/** Of the picture at /api/og. */
const picture = { width: 1200, height: 630 };

interface Shared {
  title: string;
  description: string;
  /** Of the page on this server, e.g. "/r/…". */
  path: string;
  /** What /api/og draws: a code, or the name of a run. */
  drawn: string;
}

/**
 * Addresses here have to be absolute, and only the caller knows this server's name. What they say comes out as an
 * origin and nothing else, in an answer that nobody but them is sent: the page is not kept in any shared cache.
 * @param headers of the request
 */
export function describePage({ title, description, path, drawn }: Shared, headers: Headers): Metadata {
  const origin = originOf(new Request("http://localhost", { headers }));
  const address = `${origin}${path}`;
  const image = { url: `${origin}/api/og/${drawn}`, ...picture, alt: `${title}: ${description}` };
  return {
    metadataBase: new URL(origin),
    title,
    description,
    alternates: {
      canonical: address,
      types: {
        "application/json+oembed": [
          { url: `${origin}/api/oembed?url=${encodeURIComponent(address)}`, title },
        ],
      },
    },
    openGraph: { type: "website", siteName: "Descent", title, description, url: address, images: [image] },
    twitter: { card: "summary_large_image", title, description, images: [image] },
    // Says which runtime drew the page, asked of the runtime itself.
    other: { runtime: runtimeName() },
  };
}

/** The head of an experiment's page. @param headers of the request */
export function metadataOf(spec: ExperimentSpec, headers: Headers): Metadata {
  const code = encodeExperiment(spec);
  const title = titleOf(spec);
  return describePage(
    { title, description: describeExperiment(spec), path: `/x/${code}`, drawn: code },
    headers,
  );
}
