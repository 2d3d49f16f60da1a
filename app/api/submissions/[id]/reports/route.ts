// Takes a visitor's report about an entry.
import { openStore } from "@/lib/blob/environment";
import { route } from "@/lib/http";
import { createReportAnswer } from "@/lib/leaderboard/reports";
import { readSecret } from "@/lib/leaderboard/secret";

export const runtime = "edge";

const answer = createReportAnswer({ open: openStore, secret: readSecret });

export const POST = route(async (request, { params }: { params: Promise<{ id: string }> }) =>
  answer(request, (await params).id),
);
