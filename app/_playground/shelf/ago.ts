// How long ago something was, as people say it. English everywhere, as the other numbers.
import { localDay } from "@/app/_ui/dates";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** "just now", "3 min ago", "2 h ago", "5 days ago", then the date: "22 Nov 2026". Both in ms since 1970. */
export function formatAgo(then: number, now: number): string {
  const passed = now - then;
  if (passed < MINUTE) return "just now";
  if (passed < HOUR) return `${Math.floor(passed / MINUTE)} min ago`;
  if (passed < DAY) return `${Math.floor(passed / HOUR)} h ago`;
  const days = Math.floor(passed / DAY);
  if (days <= 7) return days === 1 ? "1 day ago" : `${days} days ago`;
  return localDay(new Date(then));
}
