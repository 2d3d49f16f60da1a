// The start of judging, in the background: the store may be this very server, which does not listen yet.
import { court } from "./court";

const PAUSE_MS = 1_000;
const TRIES = 120;

/** Returns at once. What cannot be had after two minutes is had when it is asked for. */
export function beginJudging(): void {
  const { judge, replays } = court();
  let tries = 0;
  const attempt = async (): Promise<void> => {
    try {
      await judge.warmUp("mnist");
      replays.wake();
    } catch (error) {
      tries += 1;
      if (tries < TRIES) setTimeout(attempt, PAUSE_MS).unref();
      else console.error("Scoring is not ready yet:", error);
    }
  };
  setTimeout(attempt, PAUSE_MS).unref();
}
