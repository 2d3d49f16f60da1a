// For tests only: a whole board in this process, from the entrance to the proof, over one store.
import type { ObjectStore } from "../../blob/store";
import type { BoardId } from "../find-board";
import type { Judge } from "../judge";
import { createReplays } from "../replays";
import { createScoring } from "../scoring";
import { createStatus } from "../status";
import { createLists } from "../top-list";
import { createBoardEntrance, SECRET } from "./entrance";
import type { Player } from "./players";
import type { Trained } from "./trained";

export function createWholeBoard(judge: Judge, options: { store?: ObjectStore; now?: () => number } = {}) {
  const { now = Date.now } = options;
  let score: (id: string) => Promise<unknown> = async () => {};
  // However busy the machine, each submission is answered with what became of it.
  const entrance = createBoardEntrance({ ...options, patienceMs: 120_000, score: (id) => score(id) });
  const { open, archive } = entrance;
  const secret = () => SECRET;
  const lists = createLists({ open, secret, now });
  const scoring = createScoring({ open, archive, judge, lists, secret, now });
  score = scoring.score;
  const delay = () => new Promise<void>((resolve) => setTimeout(resolve, 5));
  const replays = createReplays({
    open,
    archive,
    judge,
    lists,
    scoring,
    secret,
    now,
    delay,
    checkpointMs: 0,
  });
  const status = createStatus({ open, lists, secret, replays });
  return {
    ...entrance,
    lists,
    scoring,
    replays,
    status,
    send: (player: Player, { published, bytes }: Trained, board: BoardId = "accuracy", name?: string) =>
      entrance.submit({ player, board, published, weights: bytes, name }),
    /** Waits until nothing waits to be trained again. */
    async settle(): Promise<void> {
      replays.wake();
      await replays.idle();
    },
  };
}
