import { correction, generate } from "lean-qr";
import { describe, expect, test } from "vitest";
import { experimentLink } from "@/lib/share/links";
import { parseExperiment } from "@/lib/spec/experiment";
import { firstRun } from "@/lib/spec/presets/first-run";
import { drawQr, QUIET_ZONE } from "./qr";

type Point = readonly [number, number];

/** The polygons of a path of M, L and Z with whole numbers. */
const polygonsOf = (path: string): Point[][] =>
  path
    .split("Z")
    .filter((part) => part !== "")
    .map((part) =>
      part
        .replace(/^M/, "")
        .split("L")
        .map((point) => point.split(" ").map(Number) as unknown as Point),
    );

/** Which unit squares a path fills by the even-odd rule: those with an odd number of upright edges at their left. */
function fill(path: string, size: number): boolean[][] {
  const rows = Array.from({ length: size }, () => new Array<boolean>(size).fill(false));
  for (const polygon of polygonsOf(path))
    for (const [index, [x, y]] of polygon.entries()) {
      const [nextX, nextY] = polygon[(index + 1) % polygon.length]!;
      if (x !== nextX) continue;
      for (let row = Math.min(y, nextY); row < Math.max(y, nextY); row++)
        for (let column = x; column < size; column++) rows[row]![column] = !rows[row]![column];
    }
  return rows;
}

const lesson = experimentLink("https://descent.example", parseExperiment(firstRun), null);

describe("a link as a QR code", () => {
  test.each([lesson, `https://descent.example/r/${"0123456789abcdef".repeat(4)}`, "a".repeat(1400)])(
    "is drawn module for module as the code of the same text: %#",
    (link) => {
      const code = drawQr(link)!;
      const expected = generate(link, { minCorrectionLevel: correction.L });
      expect(code.size).toBe(expected.size);
      const modules = Array.from({ length: code.size }, (_, y) =>
        Array.from({ length: code.size }, (_, x) => expected.get(x, y)),
      );
      expect(fill(code.path, code.size)).toEqual(modules);
    },
  );

  test("has the three finders of any QR code and stays within its square", () => {
    const { path, size } = drawQr(lesson)!;
    const modules = fill(path, size);
    const finder = ["1111111", "1000001", "1011101", "1011101", "1011101", "1000001", "1111111"];
    for (const [left, top] of [
      [0, 0],
      [size - 7, 0],
      [0, size - 7],
    ] as const) {
      const drawn = modules.slice(top, top + 7).map((row) =>
        row
          .slice(left, left + 7)
          .map((dark) => (dark ? "1" : "0"))
          .join(""),
      );
      expect(drawn).toEqual(finder);
    }
    expect(
      polygonsOf(path)
        .flat()
        .flat()
        .every((place) => place >= 0 && place <= size),
    ).toBe(true);
    expect(QUIET_ZONE).toBe(4);
  });

  test("of the first lesson has at most 41 modules a side, so that the last row can read it", () => {
    expect(drawQr(lesson)!.size).toBeLessThanOrEqual(41);
  });

  test("is refused for a text that would make the modules too small", () => {
    expect(drawQr("a".repeat(1465))!.size).toBe(125);
    expect(drawQr("a".repeat(1466))).toBeNull();
  });
});
