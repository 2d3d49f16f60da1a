// Takes a submission to a board, and has it scored where there is a processor for that.

import { openStore } from "@/lib/blob/environment";
import { route } from "@/lib/http";
import { askForScore } from "@/lib/leaderboard/ask-for-score";
import { createSubmissionAnswer } from "@/lib/leaderboard/receive";
import { readSecret } from "@/lib/leaderboard/secret";
import { archive } from "@/lib/runs/read";

export const runtime = "edge";

export const POST = route(
  createSubmissionAnswer({ open: openStore, archive, secret: readSecret, score: askForScore }),
);
