import { expect, test } from "vitest";
import { Arena } from "./arena";

const PAGE = 65536;
const create = () => new Arena(new WebAssembly.Memory({ initial: 1 }), 1000);

test("what is taken is zero, also where something else was before, in part or as a whole", () => {
  const arena = create();
  const first = arena.take(100);
  arena.bytes(first, 100).fill(7);
  const mark = arena.mark;
  const second = arena.take(3 * PAGE);
  arena.bytes(second, 3 * PAGE).fill(8);
  arena.release(mark);
  const third = arena.take(5 * PAGE);
  expect(third).toBe(second);
  expect(arena.bytes(third, 5 * PAGE).every((byte) => byte === 0)).toBe(true);
  expect(arena.bytes(first, 100).every((byte) => byte === 7)).toBe(true);
  arena.bytes(third, 5 * PAGE).fill(9);

  arena.release();
  expect(arena.take(64)).toBe(first);
  const rest = arena.take(8 * PAGE);
  expect(arena.bytes(first, 64).every((byte) => byte === 0)).toBe(true);
  expect(arena.bytes(rest, 8 * PAGE).every((byte) => byte === 0)).toBe(true);
});

test("what is taken lies side by side, aligned for vectors", () => {
  const arena = create();
  const places = [1, 16, 17].map((bytes) => arena.take(bytes));
  expect(places.map((place) => place % 16)).toEqual([0, 0, 0]);
  expect(places.map((place) => place - places[0]!)).toEqual([0, 16, 32]);
});
