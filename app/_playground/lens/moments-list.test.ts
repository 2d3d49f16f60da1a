import { expect, test } from "vitest";
import { momentsIn, placeOf, roomText } from "./moments-list";

const held = { epochs: [0, 4, 8, 10], every: 4, bytes: 1_311_000, budgetBytes: 4_194_304 };

test("the slider stops at what is held, and at what is looked at though it is not held any more", () => {
  expect(momentsIn(held, null)).toEqual([0, 4, 8, 10]);
  expect(momentsIn(held, 8)).toEqual([0, 4, 8, 10]);
  expect(momentsIn(held, 6)).toEqual([0, 4, 6, 8, 10]);
  expect(momentsIn(null, 6)).toEqual([]);
});

test("the present is past all of them", () => {
  const moments = momentsIn(held, null);
  expect(moments[placeOf(moments, 8)]).toBe(8);
  expect(moments[placeOf(moments, null)]).toBeUndefined();
});

test.each([
  [held, "Every 4th epoch and the last: 1.3 MB of at most 4.2 MB"],
  [{ ...held, every: 2 }, "Every 2nd epoch and the last: 1.3 MB of at most 4.2 MB"],
  [{ ...held, every: 512 }, "Every 512th epoch and the last: 1.3 MB of at most 4.2 MB"],
  [{ ...held, every: 32 }, "Every 32nd epoch and the last: 1.3 MB of at most 4.2 MB"],
  [{ ...held, every: 1 }, "Every epoch: 1.3 MB of at most 4.2 MB"],
  [{ ...held, epochs: [0], bytes: 0 }, "No epoch of it is held."],
])("what is held is said with the room that it takes: %#", (moments, text) => {
  expect(roomText(moments)).toBe(text);
});
