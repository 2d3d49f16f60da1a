import { expect, test } from "vitest";
import { fileName } from "./file-name";

test("a file says the experiment and the chart, in any script", () => {
  expect(fileName({ of: "First run: 0.01", title: "Loss" })).toBe("first-run-0-01-loss");
  expect(fileName({ of: "Мой опыт № 2", title: "Accuracy" })).toBe("мой-опыт-2-accuracy");
  expect(fileName({ title: "Loss, 2 runs" })).toBe("loss-2-runs");
  expect(fileName({ of: "!?", title: "Loss" })).toBe("loss");
});

test("a long experiment's name is cut, not the chart's", () => {
  const name = fileName({ of: "layers ".repeat(40), title: "Validation accuracy" });
  expect(name.length).toBeLessThanOrEqual(80);
  expect(name).toMatch(/^layers-layers-.*-validation-accuracy$/);
});
