// Runs once when a server starts. A server of its own goes on with what was waiting when it stopped, and is ready to score
// before anybody asks; on Vercel a timer calls /api/replays instead.
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs" || process.env.VERCEL) return;
  const { beginJudging } = await import("./lib/leaderboard/begin");
  beginJudging();
}
