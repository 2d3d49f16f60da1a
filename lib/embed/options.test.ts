import { describe, expect, test } from "vitest";
import { queryOf, readOptions, stepsWithin } from "./options";

const read = (search: string) => readOptions(queryOf(search));

describe("an embed's address", () => {
  test("asks for nothing where it says nothing", () => {
    expect(read("")).toEqual({
      lock: [],
      theme: null,
      steps: null,
      autoHeight: false,
      host: null,
      begins: false,
    });
  });

  test("says what is locked, how it looks, which steps are shown, how tall it is and who frames it", () => {
    const search =
      "?lock=layers,optimizer&theme=dark&steps=2-4&height=auto&host=https%3A%2F%2Fcourse.example&begin=train";
    expect(read(search)).toEqual({
      lock: ["layers", "optimizer"],
      theme: "dark",
      steps: { first: 2, last: 4 },
      autoHeight: true,
      host: "https://course.example",
      begins: true,
    });
    expect(read("?steps=3").steps).toEqual({ first: 3, last: 3 });
  });

  test.each([
    "?lock=title,version,__proto__,layers%00,%2C&theme=blue&steps=4-2&height=400&host=course.example&begin=yes",
    "?lock=&theme=&steps=0-3&height=&host=javascript:alert(1)&begin=",
    "?steps=1-2-3&host=https://course.example/page",
    "?steps=-1&host=null",
    "?steps=100&host=https://COURSE.example",
  ])("is read as if it did not say what means nothing: %s", (search) => {
    expect(read(search)).toEqual(read(""));
  });

  test("names each lock once, and the first of what it says twice counts", () => {
    expect(read("?lock=layers,layers,seed").lock).toEqual(["layers", "seed"]);
    expect(readOptions({ theme: ["dark", "light"] }).theme).toBe("dark");
  });
});

describe("the steps of a range", () => {
  const steps = ["a", "b", "c", "d"];

  test("are those from its first to its last, or to the lesson's end", () => {
    expect(stepsWithin(steps, { first: 2, last: 3 })).toEqual(["b", "c"]);
    expect(stepsWithin(steps, { first: 4, last: 9 })).toEqual(["d"]);
  });

  test("are all of them without a range, or where the lesson has none of it", () => {
    expect(stepsWithin(steps, null)).toBe(steps);
    expect(stepsWithin(steps, { first: 5, last: 6 })).toBe(steps);
  });
});
