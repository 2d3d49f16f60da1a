// All that judges in this process: its threads, its queue, its lists. One, however many routes are bundled apart.
import { openStore } from "../blob/environment";
import { archive } from "../runs/read";
import { createReplays } from "./replays";
import { createScoring } from "./scoring";
import { readSecret } from "./secret";
import { createStatus } from "./status";
import { startJudge } from "./threads";
import { createLists } from "./top-list";

function open() {
  const judge = startJudge();
  const store = { open: openStore, secret: readSecret };
  const lists = createLists(store);
  const scoring = createScoring({ ...store, archive, judge, lists });
  const replays = createReplays({ ...store, archive, judge, lists, scoring });
  const status = createStatus({ ...store, lists, replays });
  return { judge, scoring, replays, status };
}

type Court = ReturnType<typeof open>;

const KEY = Symbol.for("descent.court");

/** For routes that run in Node. */
export function court(): Court {
  const shared = globalThis as { [KEY]?: Court };
  shared[KEY] ??= open();
  return shared[KEY];
}
