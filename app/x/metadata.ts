// What a shared experiment is called where its link stands: in a chat, a feed, a search engine, a course's page.
import type { Metadata } from "next";
import { originOf } from "@/lib/runs/host";
import { encodeExperiment } from "@/lib/share/code";
import { describeExperiment, describeNetwork } from "@/lib/spec/describe";
import type { ExperimentSpec } from "@/lib/spec/experiment";

/** Of the picture at /api/og. */
const picture = { width: 1200, height: 630 };

/**
 * Addresses here have to be absolute, and only the caller knows this server's name. What they say comes out as an
 * origin and nothing else, in an answer that nobody but them is sent: the page is not kept in any shared cache.
 * @param headers of the request
 */
export function metadataOf(spec: ExperimentSpec, headers: Headers): Metadata {
  const origin = originOf(new Request("http://localhost", { headers }));
  const code = encodeExperiment(spec);
  const title = spec.title.trim() || describeNetwork(spec);
  const description = describeExperiment(spec);
  const address = `${origin}/x/${code}`;
  const image = { url: `${origin}/api/og/${code}`, ...picture, alt: `${title}: ${description}` };
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
    other: { runtime: "EdgeRuntime" in globalThis ? "edge" : "nodejs" },
  };
}
