import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import {
  droppedOut,
  withBinary,
  withCategorical,
} from "@/lib/lessons/convolution-and-regularisation/experiments";
import { factsOf, runOf } from "@/lib/lessons/convolution-and-regularisation/testing";
import type { Facts } from "@/lib/lessons/facts";
import RunPair from "./run-pair";

const draw = (facts: Facts) => renderToStaticMarkup(<RunPair facts={facts} marks={() => {}} />);
const rowOf = (html: string, label: string) =>
  html.split("<tr").find((part) => part.includes(`>${label}</th>`)) ?? "";

test("before two runs it says what will stand there", () => {
  expect(draw(factsOf())).toContain("Two runs of yours will stand here");
  expect(draw(factsOf(runOf(droppedOut(0.5))))).toContain("Train the other");
});

test("two runs stand side by side with what differs, their numbers and bars", () => {
  const html = draw(
    factsOf(
      runOf(droppedOut(0.25), { epochMs: 200, accuracy: 0.99, valAccuracy: 0.92 }),
      runOf(droppedOut(0.5), { epochMs: 400, accuracy: 0.95, valAccuracy: 0.94 }),
    ),
  );
  expect(rowOf(html, "Layer 7 · Rate")).toMatch(/0\.25.*0\.5/);
  expect(rowOf(html, "Time of an epoch")).toMatch(/200 ms.*width:50%.*400 ms.*width:100%/);
  // What is missing of 0.94 is three quarters of what is missing of 0.92.
  expect(rowOf(html, "Validation accuracy")).toMatch(/0\.9200.*width:100%.*0\.9400.*width:75[.%]/);
  expect(html).toContain("An epoch of B took 100 % longer than one of A.");
});

test("numbers of two different losses have no bars", () => {
  const html = draw(factsOf(runOf(withCategorical), runOf(withBinary)));
  expect(rowOf(html, "Validation loss")).not.toContain("width:");
  expect(html).toContain("The losses cannot be compared");
});
