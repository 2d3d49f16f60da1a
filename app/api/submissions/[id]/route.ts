// Where a submission stands.
import { route } from "@/lib/http";
import { court } from "@/lib/leaderboard/court";

export const runtime = "nodejs";

export const GET = route(async (_request, { params }: { params: Promise<{ id: string }> }) =>
  court().status.answer((await params).id),
);
