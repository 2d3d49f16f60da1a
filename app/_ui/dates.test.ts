import { expect, test } from "vitest";
import { localDay, utcDay, utcTime } from "./dates";

test("dates are written as the platform writes them in British English", () => {
  const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });
  const inUtc = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeZone: "UTC" });
  const time = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short", timeZone: "UTC" });
  for (let month = 0; month < 12; month++)
    for (const date of [
      new Date(Date.UTC(2026, month, 1, 0, 5)),
      new Date(Date.UTC(2031, month, 28, 23, 59)),
    ]) {
      expect(localDay(date)).toBe(day.format(date));
      expect(utcDay(date)).toBe(inUtc.format(date));
      expect(utcTime(date)).toBe(`${time.format(date)} UTC`);
    }
});
