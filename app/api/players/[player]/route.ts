// A player's latest submissions.
import { route } from "@/lib/http";
import { court } from "@/lib/leaderboard/court";

export const runtime = "nodejs";

export const GET = route(async (_request, { params }: { params: Promise<{ player: string }> }) =>
  court().status.answerPlayer((await params).player),
);
