import { describe, expect, test } from "vitest";
import { mark, readHostMessage } from "./messages";

describe("a message of the page around", () => {
  test.each([
    { type: "train" },
    { type: "pause" },
    { type: "resume" },
    { type: "stop" },
    { type: "reset" },
    { type: "lock", fields: ["layers", "optimizer"] },
    { type: "lock", fields: [] },
    { type: "load", experiment: "1~First.run~flatten" },
    { type: "load", experiment: { version: 1 } },
  ])("is read: %j", (message) => {
    expect(readHostMessage({ ...mark, ...message })).toMatchObject(message);
  });

  test("may say more than is known today", () => {
    expect(readHostMessage({ ...mark, type: "train", id: 7 })).toMatchObject({ type: "train" });
  });

  test.each([
    null,
    undefined,
    "train",
    7,
    [],
    {},
    { type: "train" },
    { source: "descent", type: "train" },
    { source: "descent", version: 2, type: "train" },
    { source: "Descent", version: 1, type: "train" },
    { ...mark },
    { ...mark, type: "Train" },
    { ...mark, type: "toString" },
    { ...mark, type: "load" },
    { ...mark, type: "load", experiment: 7 },
    { ...mark, type: "load", experiment: null },
    { ...mark, type: "load", experiment: "a".repeat(65_537) },
    { ...mark, type: "lock" },
    { ...mark, type: "lock", fields: "layers" },
    { ...mark, type: "lock", fields: ["layers", "everything"] },
    { ...mark, type: "lock", fields: Array.from({ length: 10 }, () => "layers") },
  ])("is none: %j", (data) => {
    expect(readHostMessage(data)).toBeNull();
  });
});
