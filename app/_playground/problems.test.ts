import { describe, expect, test } from "vitest";
import type { Problem } from "@/lib/spec/program";
import { problemSentence, problemsAt } from "./problems";

const at = (field: string): Problem => ({ field, message: `wrong in ${field}`, severity: "error" });

describe("problems", () => {
  test("are shown at the field they name and at those it is part of", () => {
    const problems = [at("layers[1]"), at("layers[10]"), at("layers[1].units"), at("layers")];
    expect(problemsAt(problems, "layers[1]").map(({ field }) => field)).toEqual([
      "layers[1]",
      "layers[1].units",
    ]);
    expect(problemsAt(problems, "layers")).toEqual([at("layers")]);
  });

  test("say which layer where they stand elsewhere, counted from one", () => {
    expect(problemSentence(at("layers[2].units"))).toBe("Layer 3: wrong in layers[2].units");
    expect(problemSentence(at("loss"))).toBe("wrong in loss");
  });
});
