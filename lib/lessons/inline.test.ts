import { describe, expect, test } from "vitest";
import { piecesOf, plainText } from "./inline";

describe("the marks in a lesson's text", () => {
  test("become pieces, in order", () => {
    expect(piecesOf("Call `fit` *once*: $a_1 * b$.")).toEqual([
      { kind: "plain", text: "Call " },
      { kind: "code", text: "fit" },
      { kind: "plain", text: " " },
      { kind: "emphasis", text: "once" },
      { kind: "plain", text: ": " },
      { kind: "formula", text: "a_1 * b" },
      { kind: "plain", text: "." },
    ]);
    expect(piecesOf("")).toEqual([]);
    expect(piecesOf("`all`")).toEqual([{ kind: "code", text: "all" }]);
  });

  test("can be taken off", () => {
    expect(plainText("Call `fit` *once*: $x$.")).toBe("Call fit once: x.");
  });

  test.each(["a `code", "an *emphasis", "a $formula", "one ` and *two*", "5 * 3"])(
    "are refused where one is left open: %s",
    (text) => {
      expect(() => piecesOf(text)).toThrow(/has no other end/);
    },
  );
});
