import { describe, expect, test } from "vitest";
import { type HostMessage, mark } from "./messages";
import { hostOrigin, type OwnWindow, openPort } from "./port";

const course = "https://course.example";
const own = "https://descent.example";

interface Setup {
  ancestors?: string[];
  referrer?: string;
  named?: string | null;
}

function open({ ancestors, referrer = "", named = null }: Setup) {
  const sent: { message: unknown; to: string }[] = [];
  const listeners = new Set<(event: MessageEvent) => void>();
  const parent = {
    postMessage: (message: unknown, to: string) => void sent.push({ message, to }),
  } as unknown as Window;
  const window: OwnWindow = {
    parent,
    location: { origin: own, ancestorOrigins: ancestors },
    document: { referrer },
    addEventListener: (_, hear) => listeners.add(hear),
    removeEventListener: (_, hear) => listeners.delete(hear),
  };
  const heard: HostMessage[] = [];
  const port = openPort(window, named)!;
  const close = port.listen((message) => heard.push(message));
  const receive = (data: unknown, origin = course, source: unknown = parent) => {
    for (const hear of listeners) hear({ data, origin, source } as MessageEvent);
  };
  return { port, sent, heard, receive, close, listeners };
}

const state = { type: "state", state: "idle" } as const;
const train = { ...mark, type: "train" };

describe("the line to the page around", () => {
  test("leads to the origin that frames this window, and to no other", () => {
    const { port, sent } = open({ ancestors: [course, "https://outer.example"] });
    port.send(state);
    expect(sent).toEqual([{ message: { source: "descent", version: 1, ...state }, to: course }]);
  });

  test("hears that window from that origin alone", () => {
    const { heard, receive } = open({ ancestors: [course] });
    receive(train, "https://evil.example");
    receive(train, own);
    receive(train, course, {});
    receive(train, course, null);
    receive({ type: "train" });
    receive({ ...mark, type: "lock", fields: ["all"] });
    expect(heard).toEqual([]);
    receive(train);
    expect(heard).toEqual([{ ...mark, type: "train" }]);
  });

  test("does not believe the address where the browser says who frames it", () => {
    const { port, sent } = open({ ancestors: [course], named: "https://evil.example" });
    port.send(state);
    expect(sent.map(({ to }) => to)).toEqual([course]);
  });

  test("waits for the first message that means something where nobody says who frames it", () => {
    const { port, sent, heard, receive } = open({});
    port.send(state);
    receive({ type: "hello" }, "https://extension.example");
    receive(train, "https://evil.example", {});
    expect(sent).toEqual([]);
    receive(train);
    expect(sent.map(({ to }) => to)).toEqual([course]);
    receive(train, "https://other.example");
    expect(heard).toHaveLength(1);
  });

  test("keeps no endless list of what was never sent", () => {
    const { port, sent, receive } = open({});
    for (let i = 0; i < 1000; i++) port.send(state);
    receive(train);
    expect(sent).toHaveLength(100);
  });

  test("reaches a page that has no origin, which cannot be named", () => {
    const { port, sent, heard, receive } = open({ ancestors: ["null"] });
    port.send(state);
    receive(train, "null");
    expect(sent.map(({ to }) => to)).toEqual(["*"]);
    expect(heard).toHaveLength(1);
  });

  test("is none where nothing frames the window, and ends", () => {
    const lone = { location: { origin: own }, document: { referrer: "" } } as unknown as OwnWindow;
    Object.assign(lone, { parent: lone });
    expect(openPort(lone, null)).toBeNull();
    const { close, listeners } = open({ ancestors: [course] });
    close();
    expect(listeners.size).toBe(0);
  });
});

describe("who frames a window", () => {
  const origin = (referrer: string, named: string | null) =>
    hostOrigin({ location: { origin: own }, document: { referrer } } as OwnWindow, named);

  test("is said by the address, else by where it was found", () => {
    expect(origin(`${course}/page`, null)).toBe(course);
    expect(origin(`${course}/page`, "https://named.example")).toBe("https://named.example");
  });

  test("is not said by the still picture that stood there before, nor by nothing", () => {
    expect(origin(`${own}/embed/1~a~flatten`, null)).toBeNull();
    expect(origin("", null)).toBeNull();
  });
});
