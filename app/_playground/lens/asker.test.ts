import { describe, expect, test } from "vitest";
import { createAsker } from "./asker";

interface Question {
  name: string;
}

/** An asker whose questions are answered by hand. */
function create() {
  const asked: string[] = [];
  const given: string[] = [];
  const answers: (() => void)[] = [];
  const put = createAsker(
    ({ name }: Question) =>
      new Promise<string>((resolve) => {
        asked.push(name);
        answers.push(() => resolve(`to ${name}`));
      }),
    (_, answer) => given.push(answer),
  );
  const answer = async () => {
    answers.shift()!();
    await new Promise((resolve) => setTimeout(resolve));
  };
  return { asked, given, put, answer };
}

describe("questions one after the other", () => {
  test("are asked one at a time, and of those that come meanwhile only the newest", async () => {
    const { asked, given, put, answer } = create();
    for (const name of ["a", "b", "c"]) put({ name });
    expect(asked).toEqual(["a"]);
    await answer();
    expect(asked).toEqual(["a", "c"]);
    await answer();
    expect(given).toEqual(["to a", "to c"]);
  });

  test("are asked at once where there was nothing to ask a moment before", () => {
    const { asked, put } = create();
    put(null);
    put({ name: "a" });
    expect(asked).toEqual(["a"]);
  });

  test("are not answered where nothing is wanted any more, and asked anew after that", async () => {
    const { asked, given, put, answer } = create();
    put({ name: "a" });
    put(null);
    await answer();
    expect(given).toEqual([]);
    put({ name: "b" });
    await answer();
    expect([asked, given]).toEqual([["a", "b"], ["to b"]]);
  });

  test("are not asked twice", async () => {
    const { asked, put, answer } = create();
    const question = { name: "a" };
    put(question);
    put(question);
    await answer();
    expect(asked).toEqual(["a"]);
  });
});
