import { expect, test } from "vitest";
import { readOptions } from "../embed/options";
import { elementHtml, plainHtml } from "./html";
import { experimentCourse, lessonCourse } from "./testing";

test("the element is told what differs from the defaults, and its room is kept before its script is there", () => {
  const course = {
    ...lessonCourse,
    options: { ...lessonCourse.options, lock: ["layers", "optimizer"], theme: "dark" },
  } as const;
  expect(elementHtml(course, { height: 640, width: 900 })).toBe(
    `<script async src="https://descent.example/embed.js"></script>
<descent-playground lesson="fit-and-history" steps="2-4" lock="layers,optimizer" theme="dark" style="display:block;height:640px;max-width:900px">
  <a href="https://descent.example/lessons/fit-and-history">Fit and history</a>
</descent-playground>`,
  );
});

test("an experiment without choices is its code alone", () => {
  const html = elementHtml({ ...experimentCourse, title: "A <b> & more" }, { height: 600, width: null });
  expect(html).toContain(
    `<descent-playground experiment="1~First.run~flatten_dense-10-softmax" style="display:block;height:600px">`,
  );
  expect(html).toContain(">A &lt;b&gt; &amp; more</a>");
});

test("the plain frame asks for the same in its address, which the embed reads back", () => {
  const options = {
    lock: ["layers"],
    theme: "light",
    steps: { first: 3, last: 3 },
    autoHeight: true,
  } as const;
  const html = plainHtml({ ...lessonCourse, options }, { height: 600, width: null });
  const [, address = ""] = /src="([^"]+)"/.exec(html)!;
  const { pathname, searchParams } = new URL(address.replaceAll("&amp;", "&"));
  expect(pathname).toBe("/embed/lesson/fit-and-history");
  // Without a script nobody makes the frame taller.
  expect(readOptions(Object.fromEntries(searchParams))).toMatchObject({ ...options, autoHeight: false });
  expect(html).toContain('width="100%" height="600"');
});
