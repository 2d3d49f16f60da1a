// Submissions whose weights or whose network are not what a board takes: each is told why, and nothing of them is kept.
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { experimentOf, publishable, recordOf } from "../runs/testing";
import { sha256Of } from "../sha256";
import type { PublishedRun } from "../share/published-run";
import { createForgery } from "./testing/forging";
import { formWith } from "./testing/players";

let forgery: Awaited<ReturnType<typeof createForgery>>;
beforeAll(async () => {
  forgery = await createForgery();
  vi.spyOn(console, "error").mockImplementation(() => {});
});
afterEach(async () => {
  await forgery.expectUntouched();
  expect(console.error).not.toHaveBeenCalled();
});
afterAll(() => {
  vi.restoreAllMocks();
});

describe("forged weights", () => {
  /** With the hashes and the length of these very bytes. */
  async function describing(
    weights: Uint8Array<ArrayBuffer>,
    published = forgery.one.published,
  ): Promise<PublishedRun> {
    const sha256 = await sha256Of(weights);
    return {
      ...published,
      run: { ...published.run, environment: { ...published.run.environment, weightsHash: sha256 } },
      weights: { ...published.weights, sha256 },
    };
  }
  const edited = (edit: (numbers: Float32Array) => void) => {
    const weights = forgery.one.weights.slice();
    edit(new Float32Array(weights.buffer));
    return weights;
  };

  test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    "with %s are refused",
    async (bad) => {
      for (const at of [0, 1, 3919, 3920, 3984]) {
        const weights = edited((numbers) => numbers.fill(bad, at, at + 1));
        const { message } = await forgery.refused(
          await forgery.formOf({ weights, published: await describing(weights) }),
          at,
        );
        expect(message).toContain("finite");
      }
    },
  );

  test("that are shorter or longer than the experiment says are refused", async () => {
    const { length } = forgery.one.weights;
    for (const size of [0, 1, 4, length - 4, length - 1, length + 1, length + 4, 2 * length]) {
      const weights = new Uint8Array(size);
      weights.set(forgery.one.weights.subarray(0, size));
      const published = await describing(weights);
      await forgery.refused(await forgery.formOf({ weights, published }), size);
      // Whether or not the run says so itself.
      const honest = { ...published, weights: { ...published.weights, sizeBytes: Math.max(1, size) } };
      await forgery.refused(await forgery.formOf({ weights, published: honest }), size);
    }
  });

  test("that are other bytes than the ones described are refused", async () => {
    for (let at = 0; at < forgery.one.weights.length; at += 997) {
      const weights = forgery.one.weights.slice();
      weights[at]! ^= 1;
      expect((await forgery.refused(await forgery.formOf({ weights }), at)).field).toBe("weights.sha256");
    }
  });

  test("of another experiment are refused", async () => {
    for (let units = 1; units < 30; units++) {
      if (units === 5) continue;
      const layers = [
        { kind: "flatten" },
        { kind: "dense", units, activation: "relu" },
        { kind: "dense", units: 10, activation: "softmax" },
      ];
      const experiment = experimentOf(1, { layers });
      const run = recordOf(experiment, forgery.one.published.weights.sha256);
      await forgery.refused(await forgery.formOf({ published: { ...forgery.one.published, run } }), units);
      const { published } = await publishable(experiment);
      await forgery.refused(await forgery.formOf({ published }), units);
    }
  });

  test("with eight bits each are refused by the encoding's name", async () => {
    const { field } = await forgery.refused(
      await forgery.formOf(await publishable(experimentOf(1), "int8")),
      "int8",
    );
    expect(field).toBe("run.weights.encoding");
  });

  test("that are too many are refused before they are looked at", async () => {
    const { submission, published } = await forgery.signed({});
    for (const size of [4_000_001, 4_400_000, 5_000_000]) {
      const form = formWith(submission, published, new Uint8Array(size));
      expect((await forgery.refused(form, size)).status).toBe(413);
    }
    const long = { ...submission, token: "a".repeat(5000) };
    expect((await forgery.refused(formWith(long, published, forgery.one.weights), "token")).status).toBe(413);
  });
});

describe("a network that cannot compete", () => {
  const output = { kind: "dense", units: 10, activation: "softmax" };
  test.each([
    [
      "of some classes",
      {
        dataset: { id: "mnist", classes: [0, 1], trainLimit: 100 },
        layers: [{ kind: "flatten" }, { ...output, units: 2 }],
      },
      /all classes of MNIST/,
    ],
    [
      "whose classes are in another order",
      { dataset: { id: "mnist", classes: [9, 8, 7, 6, 5, 4, 3, 2, 1, 0], trainLimit: 100 } },
      /all classes of MNIST/,
    ],
    [
      "of another data set",
      { dataset: { id: "digits" } },
      /^The board accuracy is for networks that tell all classes of MNIST digits apart\.$/,
    ],
    [
      "that takes too long for an image",
      {
        layers: [
          { kind: "conv2d", filters: 48, kernelSize: 3, padding: "same" },
          { kind: "conv2d", filters: 48, kernelSize: 3, padding: "same" },
          { kind: "globalAveragePooling2d" },
          output,
        ],
      },
      /multiply-adds an image/,
    ],
  ])("%s is refused with the reason", async (_, changes, reason) => {
    const forged = await publishable(experimentOf(1, changes));
    expect((await forgery.refused(await forgery.formOf(forged), changes)).message).toMatch(reason);
  });

  test("by the board's own rule is told which", async () => {
    const forged = await forgery.formOf({ board: "speedrun" });
    expect((await forgery.refused(forged, "speedrun")).message).toMatch(/speedrun|97 %/);
  });
});
