import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import type { Bar, Picture } from "@/lib/doctor/define";
import { FindingPicture } from "./finding-picture";

const draw = (picture: Picture) => renderToStaticMarkup(<FindingPicture picture={picture} />);
const bar = (label: string, value: number, marked = false): Bar => ({
  ...{ label, value, text: String(value), marked },
});
const widths = (html: string) => [...html.matchAll(/width:([\d.]+)%/g)].map(([, width]) => Number(width));

test("bars are shares of the longest one, and a table with their numbers", () => {
  const bars = [bar("here", 20, true), bar("there", -40)];
  const html = draw({ kind: "bars", caption: "Two places", logarithmic: false, bars });
  expect(widths(html)).toEqual([50, 100]);
  expect(html).toContain("<caption");
  expect(html.match(/what the finding is about/g)).toHaveLength(1);
  expect(html).toMatch(/here.*20.*there.*-40/s);
});

test("bars by decades keep small ones apart, and nothing has no length", () => {
  const bars = [bar("a", 1), bar("b", 1e-2), bar("c", 1e-4), bar("d", 0)];
  const [a, b, c, d] = widths(draw({ kind: "bars", caption: "Sizes", logarithmic: true, bars }));
  expect(a).toBe(100);
  expect(a! - b!).toBeCloseTo(b! - c!);
  expect(c).toBeGreaterThan(0);
  expect(d).toBe(0);
});

test("lines say where they begin and end, and validation is dashed", () => {
  const html = draw({
    kind: "lines",
    caption: "Loss",
    across: "epoch",
    top: null,
    lines: [
      { label: "training loss", ink: "train", values: [2, 1, 0.5] },
      { label: "validation loss", ink: "validation", values: [2.5, 1.5, 1] },
    ],
  });
  expect(html).toContain("training loss, 2.000 to 0.500");
  expect(html).toContain("validation loss, 2.500 to 1.000");
  expect(html.match(/stroke-dasharray/g)).toHaveLength(1);
});

test("a line that ran away leaves its picture at the top, and says how far that is", () => {
  const lines = [{ label: "training loss", ink: "train" as const, values: [2, 1e9, 1] }];
  const html = draw({ kind: "lines", caption: "Loss", across: "part", top: 6, lines });
  expect(html).toContain("Loss, drawn up to 6.000");
  expect(html).toMatch(/d="M0\.0 41\.7L120\.0 3\.0L240\.0 51\.3"/);
});
