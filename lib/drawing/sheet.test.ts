import { describe, expect, test } from "vitest";
import { toImage, toRawImage } from "../datasets/drawing";
import { mnist } from "../spec/datasets/mnist";
import { parse } from "../spec/parse";
import { PEN, Sheet, SIDE, strokesSchema } from "./sheet";

/** Two strokes: a bar down and a bar across. */
function cross(): Sheet {
  const sheet = new Sheet();
  sheet.begin(140, 60);
  sheet.moveTo(140, 220);
  sheet.begin(80, 140);
  sheet.moveTo(200, 140);
  return sheet;
}

const at = ({ ink }: Sheet, x: number, y: number) => ink[y * SIDE + x];

describe("a sheet", () => {
  test("has ink as wide as the pen along a stroke, round at its ends, with soft edges", () => {
    const sheet = cross();
    expect([at(sheet, 140, 60), at(sheet, 140, 200), at(sheet, 140 + PEN - 2, 100)]).toEqual([255, 255, 255]);
    expect([at(sheet, 140 + PEN + 1, 100), at(sheet, 140, 60 - PEN - 1)]).toEqual([0, 0]);
    // The corner of a square around the end is bare.
    expect(at(sheet, 140 + PEN - 1, 60 - PEN + 1)).toBe(0);
    expect(sheet.ink.some((value) => value > 0 && value < 255)).toBe(true);
  });

  test("has a dot where the pen was put down and lifted, within the part that it tells of", () => {
    const sheet = new Sheet();
    const { left, top, right, bottom } = sheet.begin(50, 70);
    const inked = [...sheet.ink.entries()].filter(([, value]) => value > 0);
    expect(inked.length).toBeGreaterThan(Math.PI * (PEN - 1) ** 2);
    for (const [place] of inked) {
      const [x, y] = [place % SIDE, Math.floor(place / SIDE)];
      expect([x >= left, x < right, y >= top, y < bottom]).toEqual([true, true, true, true]);
    }
  });

  test("is as it was before the last stroke when that is undone, and empty when it is cleared", () => {
    const sheet = cross();
    const [down] = sheet.strokes;
    sheet.undo();
    expect(sheet.ink).toEqual(new Sheet([down!]).ink);
    sheet.clear();
    expect(sheet.strokes).toEqual([]);
    expect(Math.max(...sheet.ink)).toBe(0);
    sheet.undo();
    expect(sheet.strokes).toEqual([]);
  });

  test("is the same again from its strokes, also where they left it", () => {
    const sheet = cross();
    sheet.begin(270, 270);
    sheet.moveTo(400, 300.4);
    expect(new Sheet(parse(strokesSchema, structuredClone(sheet.strokes), "strokes")).ink).toEqual(sheet.ink);
  });

  test("takes no strokes from elsewhere that are none", () => {
    for (const wrong of [[], [[]], [[1, 2, 3]], [[1, 1e9]], [["a", "b"]], "strokes"])
      expect(() => parse(strokesSchema, wrong, "strokes")).toThrow();
  });
});

describe("a drawing as it is", () => {
  test("is made as small as the images are, and stays where it is", () => {
    const sheet = new Sheet();
    sheet.begin(30, 30);
    sheet.moveTo(30, 90);
    const raw = toRawImage(sheet, mnist)!;
    const rows = [...raw.entries()].filter(([, value]) => value > 0).map(([i]) => Math.floor(i / 28));
    expect([Math.min(...rows), Math.max(...rows)]).toEqual([1, 10]);
    expect(raw[6 * 28 + 3]).toBe(255);
    // The rule brings it to the middle, 20 pixels high.
    const centred = toImage(sheet, mnist)!;
    const inked = [...centred.entries()].filter(([, value]) => value > 0).map(([i]) => Math.floor(i / 28));
    expect([Math.min(...inked), Math.max(...inked)]).toEqual([5, 24]);
  });

  test("is nothing where nothing is drawn, and has the data set's shape and scale", () => {
    expect(toRawImage(new Sheet(), mnist)).toBeNull();
    const image = toRawImage(cross(), { shape: [8, 8, 3], scale: 16 })!;
    expect(image).toHaveLength(192);
    // Under the crossing all is ink but where the pen does not reach: a pixel is 35 of the sheet's wide, the pen 24.
    expect(Math.max(...image)).toBeGreaterThan(8);
    expect(Math.max(...image)).toBeLessThanOrEqual(16);
    expect(image[3 * (4 * 8 + 4)]).toBe(image[3 * (4 * 8 + 4) + 2]);
  });
});
