// A token for one submission.
import { route } from "@/lib/http";
import { createChallengeAnswer } from "@/lib/leaderboard/challenge";
import { readSecret } from "@/lib/leaderboard/secret";

export const runtime = "edge";

export const GET = route(createChallengeAnswer({ secret: readSecret }));
