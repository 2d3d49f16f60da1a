import { describe, expect, test } from "vitest";
import { lessons } from "../lessons/registry";
import { shownSteps } from "./lesson-steps";

const step = (id: string, title?: string) => ({
  id,
  title: id,
  body: [],
  checks: [],
  ...(title === undefined ? {} : { experiment: { version: 1, title } as const }),
});
const all = [step("a", "A"), step("b"), step("c", "C"), step("d")];

describe("the steps that an embed shows", () => {
  test("are all of a lesson without a range", () => {
    expect(shownSteps(all, null)).toEqual({ steps: all, from: 1 });
  });

  test("begin with the experiment that a reader of the whole would have there", () => {
    const { steps, from } = shownSteps(all, { first: 2, last: 3 });
    expect(from).toBe(2);
    expect(steps.map(({ id, experiment }) => [id, experiment?.title])).toEqual([
      ["b", "A"],
      ["c", "C"],
    ]);
    expect(shownSteps(all, { first: 4, last: 4 }).steps[0].experiment.title).toBe("C");
  });

  test.each(Object.entries(lessons))("can be any of %s", async (_, load) => {
    const { steps } = await load();
    for (let first = 1; first <= steps.length; first++)
      expect(shownSteps(steps, { first, last: steps.length }).steps).toHaveLength(steps.length - first + 1);
  });
});
