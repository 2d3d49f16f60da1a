// Works on what waits to be trained again, for as long as a function may run: for a timer, where no server of our own does
// it in the background. It harms nobody who calls it.
import { respond, route } from "@/lib/http";
import { court } from "@/lib/leaderboard/court";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";
export const maxDuration = 60;

/** Some time is left to put the last checkpoint. */
const WORK_MS = 50_000;

export const GET = route(async () => {
  const { replays } = court();
  replays.wake();
  const done = await Promise.race([
    replays.idle().then(() => true),
    new Promise<false>((resolve) => setTimeout(resolve, WORK_MS, false)),
  ]);
  return respond({ done });
});
