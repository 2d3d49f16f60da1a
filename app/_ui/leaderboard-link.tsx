// The way to the boards: a word where there is room, a cup on phones.
import { Trophy } from "lucide-react";

export const LeaderboardLink = () => (
  <a
    href="/leaderboard"
    className="tap inline-flex items-center justify-center text-soft transition-colors duration-100 hover:text-ink sm:mr-3"
  >
    <Trophy className="size-[18px] sm:hidden" aria-hidden="true" />
    <span className="max-sm:sr-only">Leaderboard</span>
  </a>
);
