import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { descend, descendToEnd, type Path, surface } from "@/lib/lessons/mathematics/descent";
import { planeOf } from "../plane";
import { B, LossMap, W } from "./map";

const plane = planeOf(290, W, B);
const start: Path = [{ w: -1.3, b: 2.4 }];

const draw = (path: Path, rate: number | null) =>
  renderToStaticMarkup(
    <LossMap plane={plane} path={path} next={rate === null ? null : descend(path, rate).at(-1)!} />,
  );

describe("the map of the loss", () => {
  test("has its contours around the lowest point, one within the other", () => {
    const polygons = [...draw(start, 0.1).matchAll(/<polygon points="([^"]+)"/g)].map(([, points]) =>
      points!.split(" ").map((point) => point.split(",").map(Number)),
    );
    expect(polygons).toHaveLength(12);
    const widths = polygons.map((points) => {
      const xs = points.map(([x]) => x!);
      const [left, right] = [Math.min(...xs), Math.max(...xs)];
      expect((left + right) / 2).toBeCloseTo(plane.px(surface.lowest.w), 0);
      return right - left;
    });
    expect(widths).toEqual(widths.toSorted((a, b) => b - a));
  });

  test("draws the way that was taken, a dot for each step", () => {
    const path = descendToEnd(start, 0.3, 7);
    const html = draw(path, 0.3);
    expect(html.match(/<circle/g)).toHaveLength(7);
    expect(html.match(/<polyline points="([^"]+)"/)![1]!.split(" ")).toHaveLength(8);
  });

  test("says where the ball is and where it should go", () => {
    expect(draw(start, null)).toContain(
      "The lowest point is at w 0.70, b 0.55; the ball is at w −1.30, b 2.40, where the loss is 2.170.",
    );
  });

  test("has numbers that a browser can draw, however far the ball was thrown", () => {
    const path = descendToEnd([...start, { w: Number.POSITIVE_INFINITY, b: Number.NaN }], 2, 3);
    const html = draw([...start, { w: 1e200, b: -1e200 }, ...path], null);
    expect(html).not.toMatch(/NaN|Infinity|e\+/);
  });
});
