import { renderToString } from "react-dom/server";
import { afterEach, describe, expect, test, vi } from "vitest";
import { emptyRun, type Run } from "@/lib/store/reduce";
import { runStore } from "@/lib/store/run";
import { small } from "@/lib/training/testing";
import Mistakes from "./mistakes";

/** The server draws a store as it began. */
const during = (run: Partial<Run>) =>
  vi.spyOn(runStore, "getInitialState").mockReturnValue({ ...emptyRun, state: "done", ...run });

afterEach(() => void vi.restoreAllMocks());

describe("mistakes", () => {
  test("are counted on either set where both are there", () => {
    during({ spec: small });
    const html = renderToString(<Mistakes />);
    expect(html).toContain("Validation");
    expect(html).toContain("Compare with a kept run");
  });

  test("are counted on validation images alone while the test images are locked, and no run stands against another", () => {
    during({ spec: small, holdOut: true });
    const html = renderToString(<Mistakes />);
    expect(html).toContain("On validation images: the test images are locked.");
    expect(html).not.toContain("Compare with a kept run");
  });

  test("are not counted at all where the test images are locked and none are kept for validation", () => {
    const spec = { ...small, validation: { ...small.validation, split: 0 } };
    during({ spec, holdOut: true });
    expect(renderToString(<Mistakes />)).toContain("there is nothing to count yet");
  });
});
