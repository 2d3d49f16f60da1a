import { expect, test } from "vitest";
import { csvOf } from "./csv";

test("numbers are written whole, missing ones as nothing, and text is quoted where it must be", () => {
  const rows = [
    ["First run", 0.1, null],
    ['Wide, "deep"', 1e-7, 3],
    ["two\nlines", -1, 0],
  ];
  expect(csvOf(["name", "loss", "epoch"], rows)).toBe(
    'name,loss,epoch\r\nFirst run,0.1,\r\n"Wide, ""deep""",1e-7,3\r\n"two\nlines",-1,0\r\n',
  );
});

test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])("the text %j is no formula in a spreadsheet", (text) => {
  expect(csvOf(["name"], [[text]])).toContain(`'${text}`);
});
