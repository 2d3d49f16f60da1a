import { expect, test } from "vitest";
import * as losses from "../../spec/losses/registry";
import { objections, pairedLosses, type Task, tasks, taskTable, type Verdict } from "./pairings";

const verdicts = (task: Task): Verdict[] =>
  pairedLosses.map((loss) => taskTable[task].pairings[loss].verdict);

test("every loss that an experiment may name is paired with every task", () => {
  expect([...pairedLosses].sort()).toEqual(Object.keys(losses).sort());
  expect(tasks.map(verdicts)).toEqual([
    ["fits", "wrong", "wrong", "works"],
    ["works", "fits", "fits", "works"],
    ["fits", "wrong", "wrong", "works"],
    ["wrong", "wrong", "wrong", "fits"],
  ]);
});

test("the playground agrees: it objects to all that is wrong, and to nothing that fits", () => {
  for (const task of tasks)
    for (const loss of pairedLosses) {
      const { verdict } = taskTable[task].pairings[loss];
      const said = objections(task, loss);
      if (verdict === "wrong") expect(said, `${task} ${loss}`).not.toEqual([]);
      if (verdict === "fits") expect(said, `${task} ${loss}`).toEqual([]);
    }
});

test("what it says names what would fit", () => {
  const message = (task: Task, loss: (typeof pairedLosses)[number]) => objections(task, loss)[0]?.message;
  expect(message("yesOrNo", "sparseCategoricalCrossentropy")).toMatch(
    /gives 1 number for 2 classes: give it 2/,
  );
  expect(message("oneOfTen", "binaryCrossentropy")).toMatch(/activation is softmax: sigmoid would fit/);
  expect(message("anyOfTen", "categoricalCrossentropy")).toMatch(/activation is sigmoid: softmax would fit/);
  expect(message("howMuch", "binaryCrossentropy")).toMatch(/activation is linear: sigmoid would fit/);
});
