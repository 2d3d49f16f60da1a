// What other sites need to show an experiment or a run in a frame.
import { route } from "@/lib/http";
import { createOembedAnswer } from "@/lib/runs/oembed";
import { archive } from "@/lib/runs/read";

export const runtime = "edge";

export const GET = route(createOembedAnswer(archive), { anyOrigin: true });
