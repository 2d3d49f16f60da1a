import { expect, test } from "vitest";
import { describeEvent } from "./events";

test.each([
  ["ready", { experiment: { title: "" } }, "ready: untitled"],
  ["state", { state: "training" }, "state: training"],
  ["waiting", { position: 2 }, "waiting: number 2"],
  ["epoch", { epoch: 1, loss: 0.26354, accuracy: 0.92184 }, "epoch 1: loss 0.2635, accuracy 0.9218"],
  ["done", { testAccuracy: 0.9752 }, "done: 0.9752 on the test images"],
  ["done", { testAccuracy: null }, "done"],
  ["lesson", { done: 1, total: 4 }, "lesson: 1 of 4 steps"],
  ["error", { message: "It failed." }, "error: It failed."],
  ["statement", {}, null],
])("descent-%s is told in words: %#", (kind, detail, text) => {
  expect(describeEvent({ type: `descent-${kind}`, detail })).toBe(text);
});
