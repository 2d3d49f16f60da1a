// Previews for chats and feeds. Drawing is work for the processor, which an edge route has little of.

import { draw } from "@/app/api/og/draw";
import { createOgAnswer } from "@/app/api/og/og-answer";
import { route } from "@/lib/http";
import { readRun } from "@/lib/runs/read";

export const runtime = "nodejs";

const answer = createOgAnswer({ readRun, draw });

export const GET = route(async (_request, { params }: { params: Promise<{ code: string }> }) =>
  answer((await params).code),
);
