// The script of the still picture, run as it is served, in a page that stands in for a browser's.
import { readFileSync } from "node:fs";
import { runInNewContext } from "node:vm";
import { describe, expect, test, vi } from "vitest";
import { parseExperiment } from "../spec/experiment";
import { lockable } from "../spec/lockable";
import { firstRun } from "../spec/presets/first-run";
import { type HostMessage, mark } from "./messages";
import type { StillData } from "./still";

const source = readFileSync(new URL("../../public/embed-still.js", import.meta.url), "utf8");
const course = "https://course.example";
const experiment = parseExperiment(firstRun);

interface Setup extends Partial<StillData> {
  search?: string;
  hash?: string;
  ancestors?: string[] | undefined;
  referrer?: string;
  framed?: boolean;
  answer?: () => Promise<object>;
}

function open(setup: Setup = {}) {
  const { search = "", hash = "", referrer = "", framed = true, answer, ...data } = setup;
  const ancestors = "ancestors" in setup ? setup.ancestors : [course];
  const sent: { message: Record<string, unknown>; to: string }[] = [];
  const replaced: string[] = [];
  const requests: string[] = [];
  const listeners: Record<string, (event: object) => void> = {};
  const label = { textContent: "Open the playground here" };
  const button = {
    setAttribute: vi.fn(),
    lastElementChild: label,
    addEventListener: (_: string, press: () => void) => {
      listeners.click = press;
    },
  };
  const told = { live: "/embed/a/live", experiment, lockable, loads: true, autoHeight: false, ...data };
  const parent = {
    postMessage: (message: Record<string, unknown>, to: string) =>
      void sent.push({ message: { ...message }, to }),
  };
  const window: Record<string, unknown> = {};
  window.parent = framed ? parent : window;
  let measure = () => {};
  runInNewContext(source, {
    window,
    URL,
    URLSearchParams,
    addEventListener: (type: string, hear: (event: object) => void) => {
      listeners[type] = hear;
    },
    document: {
      referrer,
      body: { getBoundingClientRect: () => ({ height: 240.4 }) },
      getElementById: (id: string) => (id === "open" ? button : { textContent: JSON.stringify(told) }),
    },
    location: { search, hash, ancestorOrigins: ancestors, replace: (to: string) => replaced.push(to) },
    fetch: async (address: string, { body }: { body: string }) => {
      requests.push(`${address} ${body}`);
      return { json: answer ?? (async () => ({ code: "b" })) };
    },
    ResizeObserver: class {
      constructor(observe: () => void) {
        measure = observe;
      }
      observe() {
        measure();
      }
    },
  });
  const receive = async (message: object, origin = course, from: unknown = parent) => {
    listeners.message!({ data: message, origin, source: from });
    await new Promise((resolve) => setTimeout(resolve, 0));
  };
  const say = (message: HostMessage) => receive({ ...mark, ...message });
  return { sent, replaced, requests, button, label, press: () => listeners.click!({}), receive, say };
}

describe("the still picture", () => {
  test("says that it listens, and that nothing is on yet, to the page around alone", () => {
    const { sent } = open();
    expect(sent).toEqual([
      { message: { ...mark, type: "ready", experiment }, to: course },
      { message: { ...mark, type: "state", state: "idle" }, to: course },
    ]);
  });

  test("goes on to the playground when it is pressed, once, with all that its address says", () => {
    const { replaced, press, button, label } = open({ search: "?theme=dark", hash: "#net=Zm9v" });
    press();
    press();
    expect(replaced).toEqual(["/embed/a/live?theme=dark&host=https%3A%2F%2Fcourse.example#net=Zm9v"]);
    expect(button.setAttribute).toHaveBeenCalledWith("aria-busy", "true");
    expect(label.textContent).toBe("Loading the playground");
  });

  test("goes on and trains when the page around says so, with what it has locked before", async () => {
    const { replaced, sent, say } = open();
    await say({ type: "lock", fields: ["layers", "optimizer"] });
    expect(replaced).toEqual([]);
    await say({ type: "train" });
    expect(replaced).toEqual([
      "/embed/a/live?lock=layers%2Coptimizer&begin=train&host=https%3A%2F%2Fcourse.example",
    ]);
    expect(sent.at(-1)!.message).toMatchObject({ type: "state", state: "loading" });
  });

  test("puts another experiment in its place, which the server reads, and trains that one", async () => {
    const { replaced, requests, say } = open();
    await Promise.all([say({ type: "load", experiment: { version: 1 } }), say({ type: "train" })]);
    expect(requests).toEqual(['/api/embed {"experiment":{"version":1}}']);
    expect(replaced).toEqual([
      "/embed/b?host=https%3A%2F%2Fcourse.example",
      "/embed/b/live?host=https%3A%2F%2Fcourse.example&begin=train",
    ]);
  });

  test("says what is wrong with an experiment, and stays", async () => {
    const error = { code: "invalid", message: "layers is missing" };
    const { replaced, sent, say } = open({ answer: async () => ({ error }) });
    await say({ type: "load", experiment: {} });
    expect(sent.at(-1)!.message).toEqual({ ...mark, type: "error", ...error });
    expect(replaced).toEqual([]);
    const offline = open({ answer: () => Promise.reject(new TypeError("offline")) });
    await offline.say({ type: "load", experiment: {} });
    expect(offline.sent.at(-1)!.message).toMatchObject({ type: "error", code: "network" });
  });

  test("of a lesson takes no other experiment", async () => {
    const { requests, sent, say } = open({ loads: false });
    await say({ type: "load", experiment: {} });
    expect(requests).toEqual([]);
    expect(sent.at(-1)!.message).toMatchObject({ type: "error", code: "invalid" });
  });

  test("does nothing of what others say, or what is no message", async () => {
    const { replaced, requests, sent, receive } = open();
    const train = { ...mark, type: "train" };
    await receive(train, "https://evil.example");
    await receive(train, course, {});
    for (const data of [
      null,
      7,
      "train",
      { type: "train" },
      { ...mark, version: 2, type: "train" },
      { ...mark, source: "other", type: "train" },
      { ...mark, type: "toString" },
      { ...mark, type: "pause" },
      { ...mark, type: "lock", fields: ["everything"] },
      { ...mark, type: "lock", fields: "layers" },
    ])
      await receive(data as object);
    expect([replaced, requests]).toEqual([[], []]);
    expect(sent).toHaveLength(2);
    await receive(train);
    expect(replaced).toEqual(["/embed/a/live?begin=train&host=https%3A%2F%2Fcourse.example"]);
  });

  test("waits for a first message where nobody says who frames it, and believes the address before that", async () => {
    const unknown = open({ ancestors: undefined });
    expect(unknown.sent).toEqual([]);
    await unknown.say({ type: "lock", fields: [] });
    expect(unknown.sent.map(({ to }) => to)).toEqual([course, course]);
    expect(open({ ancestors: undefined, search: `?host=${course}` }).sent[0]!.to).toBe(course);
    expect(open({ ancestors: undefined, referrer: `${course}/page` }).sent[0]!.to).toBe(course);
    expect(open({ ancestors: [course], search: "?host=https://evil.example" }).sent[0]!.to).toBe(course);
    expect(open({ ancestors: ["null"] }).sent[0]!.to).toBe("*");
  });

  test("tells its height where the frame follows it, and says nothing where nothing frames it", () => {
    expect(open({ autoHeight: true }).sent.at(-1)!.message).toEqual({ ...mark, type: "resize", height: 241 });
    const { sent, replaced, press } = open({ framed: false });
    expect(sent).toEqual([]);
    press();
    expect(replaced).toHaveLength(1);
  });
});
