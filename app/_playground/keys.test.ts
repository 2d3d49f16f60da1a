import { describe, expect, test } from "vitest";
import { belongsTo, shortcutOf } from "./keys";

const press = (key: string, held: Partial<KeyboardEvent> = {}) =>
  shortcutOf({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held });

describe("keys", () => {
  test.each([
    ["t", {}, "train"],
    ["T", { shiftKey: true }, "train"],
    [" ", {}, "toggle"],
    ["?", { shiftKey: true }, "help"],
    ["z", { ctrlKey: true }, "undo"],
    ["Z", { ctrlKey: true, shiftKey: true }, "redo"],
    ["z", { metaKey: true }, "undo"],
    ["y", { ctrlKey: true }, "redo"],
    ["t", { ctrlKey: true }, null],
    ["t", { altKey: true }, null],
    ["a", {}, null],
  ] as const)("%s with %j is %s", (key, held, shortcut) => expect(press(key, held)).toBe(shortcut));
});

/** An element as `belongsTo` sees it: which of the selectors' parts it and its ancestors match. */
const element = (own: readonly string[], ancestors: readonly string[] = []) => {
  const hits = (names: readonly string[], selectors: string) =>
    selectors.split(", ").some((selector) => names.includes(selector));
  return {
    matches: (selectors: string) => hits(own, selectors),
    closest: (selectors: string) => (hits([...own, ...ancestors], selectors) ? ({} as Element) : null),
  } as Pick<Element, "matches" | "closest">;
};

describe("a key belongs to what has the focus", () => {
  test("while somebody types in a field", () => {
    const field = element(["input"]);
    expect(belongsTo(field, "train")).toBe(true);
    expect(belongsTo(field, "undo")).toBe(true);
  });

  test("but undo is the experiment's where a number is only focused", () => {
    const field = element(["input", "[role=spinbutton]:not([data-typing])"]);
    expect(belongsTo(field, "undo")).toBe(false);
    expect(belongsTo(field, "train")).toBe(true);
  });

  test("where space presses it", () => {
    const button = element(["button"]);
    expect(belongsTo(button, "toggle")).toBe(true);
    expect(belongsTo(button, "train")).toBe(false);
  });

  test("inside of a list or a dialog", () => {
    expect(belongsTo(element(["button"], ["[role=dialog]"]), "help")).toBe(true);
  });

  test("and to nobody on the page itself", () => {
    for (const shortcut of ["train", "toggle", "help", "undo"] as const)
      expect(belongsTo(element([]), shortcut)).toBe(false);
  });
});
