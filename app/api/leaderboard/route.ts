// A board's places.

import { openStore } from "@/lib/blob/environment";
import { route } from "@/lib/http";
import { createBoardAnswer } from "@/lib/leaderboard/reading";
import { readSecret } from "@/lib/leaderboard/secret";
import { createLists } from "@/lib/leaderboard/top-list";

export const runtime = "edge";

export const GET = route(createBoardAnswer(createLists({ open: openStore, secret: readSecret })), {
  anyOrigin: true,
});
