// Publishes a run.

import { openStore } from "@/lib/blob/environment";
import { route } from "@/lib/http";
import { createPublishAnswer } from "@/lib/runs/publishing";
import { archive } from "@/lib/runs/read";

export const runtime = "edge";

export const POST = route(createPublishAnswer(archive, openStore));
