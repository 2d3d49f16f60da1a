import { expect, test } from "vitest";
import { formatAgo } from "./ago";

const now = Date.parse("2026-11-22T12:00:00");
const minutes = (count: number) => count * 60_000;

test.each([
  [-500, "just now"],
  [minutes(0.9), "just now"],
  [minutes(1), "1 min ago"],
  [minutes(59.9), "59 min ago"],
  [minutes(60), "1 h ago"],
  [minutes(60 * 23.9), "23 h ago"],
  [minutes(60 * 24), "1 day ago"],
  [minutes(60 * 24 * 7), "7 days ago"],
  [minutes(60 * 24 * 20), "2 Nov 2026"],
])("what was %d ms ago was %s", (passed, text) => {
  expect(formatAgo(now - passed, now)).toBe(text);
});
