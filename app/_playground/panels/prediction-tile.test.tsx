import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { PredictionTile } from "./prediction-tile";

const names = ["cat", "dog", "owl"];
const draw = (index: number, label: number) =>
  renderToStaticMarkup(
    <PredictionTile
      images={new Uint8Array(2 * 16)}
      index={index}
      dataset={{ shape: [4, 4, 1], scale: 255 }}
      label={label}
      probabilities={Float32Array.of(0.1, 0.7, 0.2, 0.05, 0.05, 0.9)}
      names={names}
    />,
  );

describe("a prediction", () => {
  test("names label, answer and confidence", () => {
    expect(draw(0, 1)).toContain('aria-label="Test image 1: label dog, read as dog with confidence 0.70"');
    expect(draw(1, 0)).toContain('aria-label="Test image 2: label cat, read as owl with confidence 0.90"');
  });

  test("is right or wrong by sign and by colour", () => {
    expect(draw(0, 1)).toMatch(/text-correct.*aria-label="right:"/);
    expect(draw(1, 0)).toMatch(/text-wrong.*aria-label="wrong:"/);
  });

  test("spreads over all classes, in bars and in words", () => {
    const html = draw(0, 1);
    expect(html).toContain('aria-label="Probabilities: cat: 0.10, dog: 0.70, owl: 0.20"');
    const heights = [...html.matchAll(/height:([\d.]+)%/g)].map(([, height]) => Math.round(Number(height)));
    expect(heights).toEqual([10, 70, 20]);
  });
});
