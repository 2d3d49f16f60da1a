import { framersOf } from "./lib/security/policy";

// Runs once when a server starts. A server of its own goes on with what was waiting when it stopped, and is ready to score
// before anybody asks; on Vercel a timer calls /api/replays instead. A setting that says nothing is told here, not to visitors.
export async function register(): Promise<void> {
  framersOf(process.env);
  if (process.env.NEXT_RUNTIME !== "nodejs" || process.env.VERCEL) return;
  const { beginJudging } = await import("./lib/leaderboard/begin");
  beginJudging();
}
