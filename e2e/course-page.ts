// A course's page: plain HTML on another origin with our frames in it, which keeps what they tell it and tells them what
// to do. Nothing of ours runs in it.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { FrameLocator, Page } from "@playwright/test";

/** A message as the course's page got it. */
export interface Told {
  type: string;
  /** Milliseconds since the page was opened. */
  at: number;
  origin: string;
  [field: string]: unknown;
}

const script = `
const told = Array.from(document.querySelectorAll("iframe"), () => []);
addEventListener("message", ({ source, origin, data }) => {
  const index = Array.from(document.querySelectorAll("iframe")).findIndex((frame) => frame.contentWindow === source);
  if (index !== -1) told[index].push({ ...data, at: performance.now(), origin });
  if (data.type === "resize") document.querySelectorAll("iframe")[index].style.height = data.height + "px";
});
const say = (index, message) =>
  document.querySelectorAll("iframe")[index].contentWindow.postMessage(
    { source: "descent", version: 1, ...message }, new URL(document.querySelectorAll("iframe")[index].src).origin);
`;

export class CoursePage {
  constructor(
    readonly page: Page,
    readonly close: () => void,
  ) {}

  frame(index = 0): FrameLocator {
    return this.page.frameLocator(`iframe >> nth=${index}`);
  }

  say(message: object, index = 0): Promise<void> {
    return this.page.evaluate(`say(${index}, ${JSON.stringify(message)})`);
  }

  /** What a frame has told so far, of one type or all of it. */
  async told(type?: string, index = 0): Promise<Told[]> {
    const all = await this.page.evaluate<Told[]>(`told[${index}]`);
    return all.filter((message) => type === undefined || message.type === type);
  }

  /** The states that a frame has told, in order. */
  async states(index = 0): Promise<unknown[]> {
    return (await this.told("state", index)).map(({ state }) => state);
  }
}

interface CourseOptions {
  /** Of each frame, e.g. "width=700 height=500". */
  attributes?: string;
  /** Of another site than the frames, not of another port alone. */
  otherSite?: boolean;
}

/** Opens a course's page with these frames. @param sources addresses with their origin */
export async function openCourse(
  page: Page,
  sources: readonly string[],
  { attributes = 'width="1100" height="700"', otherSite = false }: CourseOptions = {},
): Promise<CoursePage> {
  const frames = sources.map(
    (source, index) =>
      `<iframe src="${source}" title="Exercise ${index + 1}" ${attributes} style="border:0"></iframe>`,
  );
  const html = `<!doctype html><html lang="en"><title>Course</title><main aria-label="Course"><h1>Course</h1>${frames.join("")}</main><script>${script}</script></html>`;
  const server = createServer((_, response) => {
    response.setHeader("Content-Type", "text/html");
    response.end(html);
  });
  const host = otherSite ? "127.0.0.1" : "localhost";
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  await page.goto(`http://${host}:${(server.address() as AddressInfo).port}/`);
  return new CoursePage(page, () => server.close());
}
