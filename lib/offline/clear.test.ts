import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { openDB } from "idb";
import { beforeEach, expect, test, vi } from "vitest";
import { clearEverything } from "./clear";

let kept: Record<string, string>;
beforeEach(() => {
  vi.stubGlobal("indexedDB", new IDBFactory());
  kept = {};
  // As browsers have it: keys are its own properties, methods are not.
  const methods = { removeItem: (key: string) => void delete kept[key], getItem: () => null, setItem() {} };
  vi.stubGlobal(
    "localStorage",
    new Proxy(kept, { get: (_, name) => methods[name as keyof typeof methods] ?? kept[name as string] }),
  );
});

const databases = async () => (await indexedDB.databases()).map(({ name }) => name);

test("everything of ours goes, and nothing of anybody else's at the same origin", async () => {
  for (const name of ["descent", "descent-player", "descent-outbox", "descent-drawings", "somebody-else"])
    (await openDB(name, 1)).close();
  Object.assign(kept, { "descent.settings": "{}", "descent.lesson.x": "{}", theme: "dark", other: "1" });
  await clearEverything();
  expect(await databases()).toEqual(["somebody-else"]);
  expect(kept).toEqual({ other: "1" });
});

test("a browser that cannot list its databases loses those that are known", async () => {
  (await openDB("descent-player", 1)).close();
  const factory = indexedDB;
  vi.stubGlobal("indexedDB", { deleteDatabase: (name: string) => factory.deleteDatabase(name) });
  await clearEverything();
  expect((await factory.databases()).map(({ name }) => name)).toEqual([]);
});

test("where storage is refused nothing is thrown", async () => {
  vi.stubGlobal("indexedDB", undefined);
  vi.stubGlobal("localStorage", undefined);
  await expect(clearEverything()).resolves.toBeUndefined();
});
