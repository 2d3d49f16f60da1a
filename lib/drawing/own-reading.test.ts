import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { ExperimentSpec } from "../spec/experiment";
import { emptyRun, type Run } from "../store/reduce";
import { runStore } from "../store/run";
import { small } from "../training/testing";
import { addOwnDigit, ownStore, removeOwnDigit } from "./own-digits";
import { readingStore, watchOwnDigits } from "./own-reading";

/** What the network says is decided by the image's ink alone: much is a 1, little a 0. */
let asked: number[] = [];
let answers = true;
/** Classes that the network knows. */
let width = 10;

vi.mock("../store/run", async () => {
  const { createStore } = await import("zustand/vanilla");
  return {
    runStore: createStore(() => ({})),
    predict: async (images: Uint8Array) => {
      asked.push(images.length / 784);
      if (!answers) return null;
      return Float32Array.from({ length: (images.length / 784) * width }, (_, i) => {
        const image = images.subarray(784 * Math.floor(i / width), 784 * (Math.floor(i / width) + 1));
        const isOne = image.reduce((sum, value) => sum + value, 0) < 20_000;
        return i % width === Number(isOne) ? 0.91 : 0.01;
      });
    },
  };
});

const bar = [[140, 60, 140, 220]];
const ring = [
  Array.from({ length: 80 }, (_, i) => 140 + 80 * (i % 2 ? Math.sin : Math.cos)((Math.PI * (i >> 1)) / 19)),
];

const trains = (epochs: number, spec: ExperimentSpec = small, change: Partial<Run> = {}) =>
  runStore.setState(
    {
      ...emptyRun,
      spec,
      state: "training",
      history: Array.from({ length: epochs }, () => ({}) as Run["history"][number]),
      ...change,
    },
    true,
  );

/** Resolves when so many digits were asked about, one after the other, and what came of it is there. */
async function haveAsked(...counts: number[]): Promise<void> {
  await vi.waitFor(() => expect(asked).toEqual(counts));
  await new Promise((resolve) => setTimeout(resolve));
}
const reading = () => readingStore.getState().reading;
let end = () => {};

beforeEach(async () => {
  ownStore.setState({ digits: [], problem: null });
  asked = [];
  answers = true;
  width = 10;
  runStore.setState(emptyRun, true);
  await addOwnDigit("1", bar);
  await addOwnDigit("0", ring);
  await addOwnDigit("7", bar);
  end = watchOwnDigits();
});
afterEach(() => end());

describe("one's own digits", () => {
  test("are read after every epoch and when the run is over, and not in between", async () => {
    await haveAsked();
    expect(reading()).toBeNull();
    trains(1);
    await haveAsked(3);
    trains(1, small, { state: "paused" });
    trains(2);
    await haveAsked(3, 3);
    trains(2, small, { state: "done", hash: "f" });
    await haveAsked(3, 3, 3);
  });

  test("are right where they are read as what they are", async () => {
    trains(1);
    await haveAsked(3);
    const ids = ownStore.getState().digits!.map(({ id }) => id);
    expect(reading()!.right).toBe(2);
    expect(ids.map((id) => reading()!.read.get(id)!.name)).toEqual(["1", "0", "1"]);
    expect(reading()!.read.get(ids[0]!)!.confidence).toBeCloseTo(0.91, 5);
  });

  test("of classes that the network does not know are left out", async () => {
    width = 2;
    trains(1, { ...small, dataset: { ...small.dataset, classes: [0, 1] } });
    await haveAsked(2);
    expect([reading()!.read.size, reading()!.right]).toEqual([2, 2]);
  });

  test("are read again when there is one more or one less", async () => {
    trains(1);
    await haveAsked(3);
    await addOwnDigit("1", bar);
    await haveAsked(3, 4);
    await removeOwnDigit(ownStore.getState().digits![0]!.id);
    await haveAsked(3, 4, 3);
    expect(reading()!.right).toBe(2);
  });

  test("are unread where the network is another, or gone", async () => {
    const other = { ...small, seed: 2 };
    trains(1);
    await haveAsked(3);
    expect(reading()).not.toBeNull();
    answers = false;
    trains(1, other);
    expect(reading()).toBeNull();
    await haveAsked(3, 3);
    expect(reading()).toBeNull();
    answers = true;
    trains(2, other);
    await haveAsked(3, 3, 3);
    expect(reading()!.right).toBe(2);
    runStore.setState(emptyRun, true);
    expect(reading()).toBeNull();
  });
});
