import { describe, expect, test } from "vitest";
import { distance, fingerprintOf, partsOf, SAME_WITHIN } from "./fingerprint";
import { flagOf } from "./suspicion";

const SECRET = "a secret for tests alone";
const labels = Uint8Array.from({ length: 2000 }, (_, n) => n % 10);

/** Answers that are right with some confidence, and otherwise as a hash of the image and the network says. */
function answers(network: number, noise = 0): Float32Array {
  return Float32Array.from({ length: 20_000 }, (_, i) => {
    const [image, k] = [Math.floor(i / 10), i % 10];
    const draw = (salt: number) => {
      const value = Math.sin((image + 1) * 12.9898 + (k + 1) * 78.233 + salt * 37.719) * 43758.5453;
      return value - Math.floor(value);
    };
    return (labels[image] === k ? 0.6 : 0) + 0.3 * draw(network) + noise * draw(network + 1000);
  });
}

const of = (values: Float32Array, secret = SECRET) => fingerprintOf(values, labels, secret);

describe("a network's fingerprint", () => {
  test("is 512 bits, the same for the same answers, and another with another secret", async () => {
    const one = await of(answers(1));
    expect(one).toMatch(/^[0-9a-f]{128}$/);
    expect(await of(answers(1))).toBe(one);
    expect(distance(one, await of(answers(1), `${SECRET}.`))).toBeGreaterThan(180);
  });

  test("moves with how much the answers differ, and not with what all networks know", async () => {
    const one = await of(answers(1));
    expect(distance(one, await of(answers(1, 0.002)))).toBeLessThanOrEqual(SAME_WITHIN);
    // Both are right about all images, and share nothing else.
    expect(distance(one, await of(answers(2)))).toBeGreaterThan(180);
  });

  test("has eight parts; up to seven bits leave one of them as it was", async () => {
    const one = await of(answers(1));
    const parts = partsOf(one);
    expect(parts.map((part) => part.length)).toEqual(Array(8).fill(16));
    expect(parts.join("")).toBe(one);
    const flipped = [...one].map((digit, i) =>
      i % 16 === 0 && i < 7 * 16 ? (Number.parseInt(digit, 16) ^ 1).toString(16) : digit,
    );
    const other = flipped.join("");
    expect(distance(one, other)).toBe(7);
    expect(partsOf(other).filter((part, i) => part === parts[i])).toHaveLength(1);
  });
});

describe("what is improbable", () => {
  test.each([
    { hidden: 0.9454, clean: 0.9729, train: 0.9724 },
    { hidden: 0.9592, clean: 0.9764, train: 0.9741 },
    { hidden: 0.8741, clean: 0.9246, train: 0.9223 },
    { hidden: 0.9946, clean: 0.9943, train: 0.9974 },
    { hidden: 0.072, clean: 0.0782, train: 0.0841 },
  ])("is nothing about an honest network ($hidden, $clean)", (accuracies) => {
    expect(flagOf(accuracies)).toBeNull();
  });

  test.each([
    { hidden: 0.9499, clean: 0.9973, train: 0.9515 },
    { hidden: 0.939, clean: 0.9908, train: 0.951 },
    { hidden: 0.99, clean: 0.999, train: 0.96 },
  ])("is said of one that was trained on the test images ($hidden, $clean)", (accuracies) => {
    expect(flagOf(accuracies)).toMatch(/trained on the test images\.$/);
  });
});
