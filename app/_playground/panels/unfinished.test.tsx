import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { Offer } from "./unfinished";

const run = {
  ...{ id: "a-run", title: "First run", epoch: 3, epochs: 5, step: 412 },
  savedAt: Date.now() - 130_000,
};
/** Its text and the names of its buttons. */
function drawn(isElsewhere: boolean) {
  const html = renderToStaticMarkup(<Offer run={{ ...run, isElsewhere }} />);
  const buttons = [...html.matchAll(/<button[^>]*>.*?<\/button>/g)].map(([button]) =>
    button.replace(/<[^>]*>/g, ""),
  );
  return { text: html.replace(/<button.*$/, "").replace(/<[^>]*>/g, ""), buttons };
}

test("one line says where a run goes on, which it is and when it was broken off", () => {
  expect(drawn(false)).toEqual({
    text: "Continue from epoch 3, step 412 · “First run” was broken off 2 min ago",
    buttons: ["Continue", "Discard"],
  });
});

test("a run that another tab has can be taken over, and not be discarded from here", () => {
  expect(drawn(true)).toEqual({
    text: "“First run” is training in another tab · epoch 3 of 5, step 412",
    buttons: ["Take over"],
  });
});
