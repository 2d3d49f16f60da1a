import { expect, test } from "vitest";
import { boardIds } from "@/lib/leaderboard/find-board";
import { addressOf, choiceIn } from "./choice";

const chosen = (query: string) => choiceIn(new URLSearchParams(query), "tablet");

test("an address without a board asks for the first one", () => {
  expect(chosen("")).toEqual({ board: boardIds[0], device: null, problem: null });
});

test("every address that is written is read back", () => {
  expect(chosen(addressOf("golf").split("?")[1]!)).toEqual({ board: "golf", device: null, problem: null });
  const phone = addressOf("speedrun", "phone");
  expect(phone).toBe("/leaderboard?board=speedrun&device=phone");
  expect(chosen(phone.split("?")[1]!)).toEqual({ board: "speedrun", device: "phone", problem: null });
});

test("where devices are told apart and none is named, it is the reader's own class", () => {
  expect(chosen("board=speedrun").device).toBe("tablet");
});

test("a board that does not tell devices apart takes none", () => {
  expect(chosen("board=accuracy&device=phone").device).toBeNull();
});

test.each(["board=chess", "board=__proto__", "board=", "board=Accuracy", "board=%00"])(
  "%s is answered by the first board and a sentence",
  (query) => {
    const { board, problem } = chosen(query);
    expect(board).toBe(boardIds[0]);
    expect(problem).toMatch(/^board is ".*"; it must be /);
  },
);

test("a class of devices that there is not is answered by the reader's own and a sentence", () => {
  const { device, problem } = chosen("board=speedrun&device=watch");
  expect(device).toBe("tablet");
  expect(problem).toBe('device is "watch"; it must be "phone", "tablet" or "computer".');
});
