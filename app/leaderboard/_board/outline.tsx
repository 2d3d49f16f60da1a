// The boards as the server draws them, which does not know the address.
import { boardIds, boards } from "@/lib/leaderboard/find-board";
import { FaintTable } from "./faint-table";

export const LeaderboardOutline = () => (
  <div className="pt-28">
    <FaintTable board={boards[boardIds[0]!]} />
  </div>
);
