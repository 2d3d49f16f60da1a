import { beforeEach, describe, expect, test, vi } from "vitest";
import { createCaches } from "../datasets/testing/server";
import * as datasets from "../spec/datasets/registry";
import type { Surroundings } from "./begin";

/** A worker that remembers what it was told. */
class Worker extends EventTarget {
  heard: unknown[] = [];
  constructor(public state: ServiceWorkerState) {
    super();
  }
  postMessage(message: unknown): void {
    this.heard.push(message);
  }
  become(state: ServiceWorkerState): void {
    this.state = state;
    this.dispatchEvent(new Event("statechange"));
  }
}

class Registration extends EventTarget {
  installing: Worker | null = null;
  waiting: Worker | null = null;
  active: Worker | null = null;
  unregister = vi.fn(async () => true);
  update = async () => {};
}

class Container extends EventTarget {
  controller: Worker | null = null;
  registration: Registration | undefined;
  startMessages(): void {}
  getRegistration = async () => this.registration;
  register = vi.fn(async () => {
    this.registration ??= Object.assign(new Registration(), { installing: new Worker("installing") });
    return this.registration;
  });
  tell(data: unknown): void {
    this.dispatchEvent(new MessageEvent("message", { data }));
  }
  change(controller: Worker): void {
    this.controller = controller;
    this.dispatchEvent(new Event("controllerchange"));
  }
}

function setUp({ savesData = false, fetch = async () => new Response("", { status: 503 }) } = {}) {
  const container = new Container();
  const listeners = new Set<() => void>();
  let busy = false;
  const reload = vi.fn();
  const caches = createCaches();
  const around: Surroundings = {
    container: container as never,
    caches,
    fetch: vi.fn(fetch),
    origin: "http://playground.test",
    savesData,
    reload,
    isBusy: () => busy,
    onBusyChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const setBusy = (now: boolean) => {
    busy = now;
    for (const listener of [...listeners]) listener();
  };
  return { around, container, caches, reload, setBusy };
}

/** Both data sets without files, as an earlier visit left them. */
async function keepEmptyLists(caches: CacheStorage): Promise<void> {
  vi.spyOn(await import("../datasets/manifest"), "parseManifest").mockImplementation(
    () => ({ train: { labels: file, shards: [] }, test: { labels: file, shards: [] } }) as never,
  );
  const file = { name: "/labels", sizeBytes: 1, sha256: "" };
  const lists = await caches.open("descent-lists");
  for (const { id, revision } of Object.values(datasets)) {
    await lists.put(`http://playground.test/api/datasets/${id}?revision=${revision}`, new Response("{}"));
    await (await caches.open(`descent-${id}-${revision}`)).put(
      "http://playground.test/labels",
      new Response("1"),
    );
  }
}

/** The modules anew, as on a page of its own. */
async function page() {
  vi.resetModules();
  const begin = await import("./begin");
  const { offlineStore } = await import("./offline");
  return { ...begin, now: () => offlineStore.getState() };
}

const remembered = new Map<string, string>();
beforeEach(() => {
  vi.restoreAllMocks();
  remembered.clear();
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => remembered.get(key) ?? null,
    setItem: (key: string, value: string) => remembered.set(key, value),
  });
});

describe("getting ready to work offline", () => {
  test("fetches the app, then the data, and is ready when all of it is here", async () => {
    const { around, container, caches } = setUp();
    const { beginOffline, now } = await page();
    await keepEmptyLists(caches);
    const beginning = beginOffline(around);
    await vi.waitFor(() => expect(container.register).toHaveBeenCalledWith("/sw.js", expect.anything()));
    container.tell({ type: "kept", done: 1, total: 4, sizeBytes: 4000 });
    expect(now()).toMatchObject({ state: "fetching", app: { done: 1, sizeBytes: 1000, totalBytes: 4000 } });
    const worker = container.registration!.installing!;
    Object.assign(container.registration!, { installing: null, active: worker });
    worker.become("activated");
    await beginning;
    expect(worker.heard.at(-1)).toEqual({ type: "hello" });
    expect(now()).toMatchObject({ state: "ready", update: "none", data: { mnist: { done: 1, total: 1 } } });
  });

  test("does nothing where the browser saves data, until somebody wants it", async () => {
    const { around, container } = setUp({ savesData: true });
    const { beginOffline, keepOffline, now } = await page();
    await beginOffline(around);
    expect(container.register).not.toHaveBeenCalled();
    expect(now()).toMatchObject({ state: "off", savesData: true });
    void keepOffline();
    await vi.waitFor(() => expect(container.register).toHaveBeenCalled());
    expect(remembered.get("descent.offline")).toBe('{"wanted":true}');
  });

  test("waits while the page needs the line, and holds a fetching up that has begun", async () => {
    const { around, container, setBusy } = setUp();
    const { beginOffline } = await page();
    setBusy(true);
    void beginOffline(around);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(container.register).not.toHaveBeenCalled();
    setBusy(false);
    await vi.waitFor(() => expect(container.registration?.installing?.heard).toHaveLength(1));
    setBusy(true);
    setBusy(false);
    expect(container.registration!.installing!.heard).toEqual([
      { type: "hold", held: false },
      { type: "hold", held: true },
      { type: "hold", held: false },
    ]);
  });

  test("says that it is not whole where the files do not come", async () => {
    const { around, container } = setUp();
    const { beginOffline, now } = await page();
    const beginning = beginOffline(around);
    await vi.waitFor(() => expect(container.registration?.installing).toBeTruthy());
    container.registration!.installing!.become("redundant");
    await beginning;
    expect(now().state).toBe("broken");
  });

  test("does not begin any more once somebody said that nothing is to be kept", async () => {
    const { around, container, setBusy } = setUp();
    const { beginOffline, forgetOffline, now } = await page();
    setBusy(true);
    const beginning = beginOffline(around);
    await vi.waitFor(() => expect(now().state).toBe("fetching"));
    await forgetOffline();
    setBusy(false);
    await beginning;
    expect(container.register).not.toHaveBeenCalled();
    expect(now().state).toBe("off");
  });

  test("goes on when the network is back", async () => {
    const { around, container, caches } = setUp();
    const { beginOffline, goOnOffline, now } = await page();
    await keepEmptyLists(caches);
    container.register.mockRejectedValueOnce(new TypeError("Failed to fetch"));
    await beginOffline(around);
    expect(now().state).toBe("broken");
    void goOnOffline();
    await vi.waitFor(() => expect(container.registration?.installing).toBeTruthy());
    expect(now().state).toBe("fetching");
    container.registration!.installing!.become("activated");
    await vi.waitFor(() => expect(now().state).toBe("ready"));
  });

  test("is ready without a network where an earlier visit fetched everything", async () => {
    const { around, container, caches } = setUp();
    const { beginOffline, now } = await page();
    await keepEmptyLists(caches);
    container.registration = Object.assign(new Registration(), { active: new Worker("activated") });
    container.register.mockRejectedValue(new TypeError("Failed to fetch"));
    await beginOffline(around);
    expect(now().state).toBe("ready");
  });

  test("forgets all of it, and does not begin again by itself", async () => {
    const { around, container, caches } = setUp();
    const { beginOffline, forgetOffline, now } = await page();
    await keepEmptyLists(caches);
    await caches.open("descent-app-precache");
    await caches.open("someone-else");
    container.registration = Object.assign(new Registration(), { active: new Worker("activated") });
    await beginOffline(around);
    await forgetOffline();
    expect(container.registration.unregister).toHaveBeenCalled();
    expect([...caches.entries.keys()]).toEqual(["someone-else"]);
    expect(now()).toMatchObject({ state: "off", app: null, data: {} });

    const next = await page();
    const again = setUp();
    await next.beginOffline(again.around);
    expect(again.container.register).not.toHaveBeenCalled();
    expect(next.now().state).toBe("off");
  });
});

describe("a new version", () => {
  async function visit() {
    const parts = setUp();
    const opened = await page();
    const active = new Worker("activated");
    const registration = Object.assign(new Registration(), { active });
    parts.container.registration = registration;
    parts.container.controller = active;
    await opened.beginOffline(parts.around);
    return { ...parts, ...opened, registration };
  }

  function find(registration: Registration): Worker {
    const next = new Worker("installing");
    registration.installing = next;
    registration.dispatchEvent(new Event("updatefound"));
    return next;
  }

  test("is offered when it is here whole, and taken only when somebody says so", async () => {
    const { registration, container, reload, takeUpdate, now } = await visit();
    const next = find(registration);
    expect(now().update).toBe("none");
    Object.assign(registration, { installing: null, waiting: next });
    next.become("installed");
    expect(now().update).toBe("waiting");
    expect(next.heard).toEqual([{ type: "hold", held: false }]);

    await takeUpdate();
    expect(next.heard.at(-1)).toEqual({ type: "SKIP_WAITING" });
    expect(reload).not.toHaveBeenCalled();
    container.change(next);
    expect(reload).toHaveBeenCalledOnce();
  });

  test("that another tab took makes this page anew only when somebody says so here", async () => {
    const { registration, container, reload, takeUpdate, now } = await visit();
    container.change(find(registration));
    expect(now().update).toBe("taken");
    expect(reload).not.toHaveBeenCalled();
    await takeUpdate();
    expect(reload).toHaveBeenCalledOnce();
  });

  test("is not what the first one is, which takes the page into its care", async () => {
    const { around, container, caches, reload } = setUp();
    const { beginOffline, now } = await page();
    await keepEmptyLists(caches);
    void beginOffline(around);
    await vi.waitFor(() => expect(container.registration?.installing).toBeTruthy());
    container.change(container.registration!.installing!);
    expect(now().update).toBe("none");
    expect(reload).not.toHaveBeenCalled();
  });
});
