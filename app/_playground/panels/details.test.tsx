import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { Report } from "./details";

const report = { id: "wasm", name: "WebAssembly SIMD", available: true, reason: "SIMD" } as const;
const draw = (measured: number | null, chosen: boolean, available = true) =>
  renderToStaticMarkup(
    <Report report={{ ...report, available, samplesPerSecond: measured }} chosen={chosen} fastest={80_000} />,
  );

describe("an engine in the details", () => {
  test("shows how fast it was measured, as a number and as a share of the fastest", () => {
    const html = draw(63_412, true);
    expect(html).toContain("63,400");
    expect(html).toMatch(/bg-train[^>]*width:79\.\d+%/);
    expect(html).toContain('aria-label="chosen"');
  });

  test("has no bar where it was not measured, and says why it is not there", () => {
    const html = draw(null, false, false);
    expect(html).not.toContain("width:");
    expect(html).toContain('aria-label="not here"');
    expect(html).toContain("SIMD</p>");
  });

  test("may be there and not chosen", () => {
    expect(draw(100, false)).toContain('aria-label="not chosen"');
  });
});
