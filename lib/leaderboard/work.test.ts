import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { inSlices } from "../share/slices";
import { atOnce } from "../share/testing";
import { checkWork, solveWork } from "./work";

const token = "1.accuracy.10.1790000000000.0123456789abcdef0123456789abcdef.".padEnd(125, "a");

test("a solution is the smallest number whose hash begins with so many zero bits", async () => {
  const hashOf = (work: number) => createHash("sha256").update(`${token}:${work}`).digest("hex");
  const work = await inSlices(solveWork(token, 10));
  expect(Number.parseInt(hashOf(work).slice(0, 3), 16)).toBeLessThan(4);
  for (let smaller = 0; smaller < work; smaller++)
    expect(Number.parseInt(hashOf(smaller).slice(0, 3), 16)).toBeGreaterThanOrEqual(4);
});

test("checking agrees with finding, and a solution is none of another token", () => {
  const work = atOnce(solveWork(token, 9));
  expect(checkWork(token, 9, work)).toBe(true);
  expect(checkWork(token, 0, work)).toBe(true);
  expect(checkWork(token, 40, work)).toBe(false);
  const others = Array.from({ length: 8 }, (_, i) => checkWork(`${token}${i}`, 9, work));
  expect(others.filter(Boolean).length).toBeLessThan(3);
});

test("finding can be interrupted every few hashes", () => {
  const steps = solveWork(token, 14);
  let pauses = 0;
  let step = steps.next();
  for (; !step.done; step = steps.next()) pauses++;
  expect(pauses).toBe(Math.floor(step.value / 128) + 1);
});
