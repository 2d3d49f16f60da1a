import { expect, test } from "vitest";
import { createRecent } from "./recent";

/** Loads each key's own name, as large as it is long, and notes which keys were loaded. */
function remembering(limit: number) {
  const loads: string[] = [];
  const recent = createRecent<string>(limit);
  const get = (key: string, value: string | null = key) =>
    recent.get(key, async () => {
      loads.push(key);
      return value === null ? null : { value, size: value.length };
    });
  return { recent, loads, get };
}

test("what is remembered is loaded once, by however many who ask at the same time", async () => {
  const { loads, get } = remembering(100);
  expect(await Promise.all([get("a"), get("a"), get("a")])).toEqual(["a", "a", "a"]);
  expect(await get("a")).toBe("a");
  expect(loads).toEqual(["a"]);
});

test("beyond the limit the one that was asked for longest ago is forgotten", async () => {
  const { recent, loads, get } = remembering(9);
  for (const key of ["aaa", "bbb", "ccc", "aaa", "ddd"]) await get(key);
  expect(recent.count).toBe(3);
  for (const key of ["aaa", "ccc", "ddd", "bbb"]) await get(key);
  expect(loads).toEqual(["aaa", "bbb", "ccc", "ddd", "bbb"]);
});

test("what is larger than the limit is given and not remembered, and costs the others nothing", async () => {
  const { recent, loads, get } = remembering(5);
  await get("aaa");
  expect(await get("too large")).toBe("too large");
  expect(recent.count).toBe(1);
  await get("aaa");
  expect(loads).toEqual(["aaa", "too large"]);
});

test("neither an absence nor a failure is remembered", async () => {
  const { recent, loads, get } = remembering(100);
  expect(await get("a", null)).toBeNull();
  expect(await get("a")).toBe("a");
  const failing = () => recent.get("b", () => Promise.reject(new Error("gone")));
  await expect(Promise.all([failing(), failing()])).rejects.toThrow("gone");
  expect(await get("b")).toBe("b");
  expect(loads).toEqual(["a", "a", "b"]);
});
