// Dates as British English writes them, the same on every server and in every browser: "22 Nov 2026, 08:05". Not by
// Intl.DateTimeFormat, the first of which takes a browser 20 to 30 ms to set up.
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec"] as const;

const two = (value: number): string => String(value).padStart(2, "0");

/** "22 Nov 2026", where the browser is. */
export const localDay = (date: Date): string =>
  `${date.getDate()} ${months[date.getMonth()]} ${date.getFullYear()}`;

/** "22 Nov 2026", in UTC. */
export const utcDay = (date: Date): string =>
  `${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`;

/** "22 Nov 2026, 08:05 UTC" */
export const utcTime = (date: Date): string =>
  `${utcDay(date)}, ${two(date.getUTCHours())}:${two(date.getUTCMinutes())} UTC`;
