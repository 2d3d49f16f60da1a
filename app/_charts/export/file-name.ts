// What the file of a chart is called.
import type { PictureWords } from "./chart-svg";

/** Letters that every system takes in a file's name, its ending not counted. */
const MOST = 80;

/** "First run" and "Loss" -> "first-run-loss". */
export function fileName({ of, title }: Pick<PictureWords, "of" | "title">): string {
  const end = slug(title);
  // What is too long is cut in the experiment's name: the chart's tells its files apart.
  const start = slug(of ?? "").slice(0, MOST - end.length - 1);
  return [start, end].filter((part) => part !== "").join("-");
}

const slug = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "");
