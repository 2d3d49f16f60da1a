// Scores a submission that is in the store.
import { route } from "@/lib/http";
import { court } from "@/lib/leaderboard/court";
import { createScoreAnswer } from "@/lib/leaderboard/scoring";

export const runtime = "nodejs";

export const POST = route(async (_request, { params }: { params: Promise<{ id: string }> }) => {
  const { scoring, replays } = court();
  return createScoreAnswer(scoring, replays.wake)((await params).id);
});
