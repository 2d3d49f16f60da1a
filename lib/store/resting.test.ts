import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { NetworkClient } from "../training/client";
import { createResting } from "./resting";

const opened: { dispose: ReturnType<typeof vi.fn> }[] = [];
let broken = false;

const open = async (): Promise<NetworkClient> => {
  const client = {
    open: async () => {},
    predict: async (images: Uint8Array) => {
      if (broken) throw new Error("gone");
      return Float32Array.from(images);
    },
    predictTest: async () => ({
      images: new Uint8Array(),
      labels: Uint8Array.of(3),
      probabilities: new Float32Array(),
    }),
    evaluate: () => new Promise<never>(() => {}),
    dispose: vi.fn(),
  };
  opened.push(client);
  return client;
};

beforeEach(() => {
  vi.useFakeTimers();
  opened.length = 0;
  broken = false;
});
afterEach(() => void vi.useRealTimers());

describe("a network that rests", () => {
  test("has no engine before it is asked, and one for questions that come together", async () => {
    const resting = createResting(open, 100);
    expect(opened).toHaveLength(0);
    const answers = await Promise.all([resting.predict(Uint8Array.of(7)), resting.predictTest([1])]);
    expect(answers[0]).toEqual(Float32Array.of(7));
    expect(answers[1].labels).toEqual(Uint8Array.of(3));
    expect(opened).toHaveLength(1);
  });

  test("gives its engine back when nobody has asked for a while, and starts another", async () => {
    const resting = createResting(open, 100);
    await resting.predict(Uint8Array.of(1));
    await vi.advanceTimersByTimeAsync(60);
    await resting.predict(Uint8Array.of(2));
    await vi.advanceTimersByTimeAsync(60);
    expect(opened[0]!.dispose).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(60);
    expect(opened[0]!.dispose).toHaveBeenCalledTimes(1);
    await resting.predict(Uint8Array.of(3));
    expect(opened).toHaveLength(2);
  });

  test("keeps its engine while a question is not answered", async () => {
    const resting = createResting(open, 100);
    void resting.evaluate();
    await resting.predict(Uint8Array.of(1));
    await vi.advanceTimersByTimeAsync(1000);
    expect(opened[0]!.dispose).not.toHaveBeenCalled();
    resting.dispose();
    await vi.advanceTimersByTimeAsync(0);
    expect(opened[0]!.dispose).toHaveBeenCalled();
  });

  test("tells whoever asked that an engine failed, and tries another the next time", async () => {
    const resting = createResting(open, 100);
    broken = true;
    await expect(resting.predict(Uint8Array.of(1))).rejects.toThrow("gone");
    broken = false;
    expect(await resting.predict(Uint8Array.of(4))).toEqual(Float32Array.of(4));
    expect(opened).toHaveLength(2);
  });
});
