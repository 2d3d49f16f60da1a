import { expect, test } from "vitest";
import { type BoardView, createBoardReader, keepKnown } from "./board-reader";
import type { PlacedEntry } from "./records";
import { hashOf, placedEntry } from "./testing/placed";

const many = (count: number): PlacedEntry[] =>
  Array.from({ length: count }, (_, index) => placedEntry({ rank: index + 1, id: hashOf(index + 1) }));

/** A server with a board that can be changed, and a reader of two entries a page. */
function reading(first: PlacedEntry[]) {
  const server = { entries: first, down: false, asked: 0 };
  const views: BoardView[] = [];
  const fetch = async (path: string): Promise<Response> => {
    server.asked += 1;
    if (server.down) return Response.json({ error: { message: "The store is down." } }, { status: 503 });
    const query = new URL(path, "http://localhost").searchParams;
    const from = Number(query.get("cursor") ?? 0);
    const end = from + Number(query.get("limit"));
    return Response.json({
      board: "accuracy",
      device: null,
      entries: server.entries.slice(from, end),
      nextCursor: end < server.entries.length ? String(end) : null,
      updatedAt: "2026-11-24T12:00:00.000Z",
    });
  };
  const reader = createBoardReader(
    { board: "accuracy", device: null },
    { show: (view) => views.push(view), page: 2, fetch },
  );
  const places = () => views.at(-1)!.shown!.entries.map(({ id }) => Number.parseInt(id, 16));
  return { server, reader, views, places };
}

test("the first page comes first, and the next ones beneath it", async () => {
  const { reader, places, views } = reading(many(5));
  await reader.refresh();
  expect(places()).toEqual([1, 2]);
  await reader.more();
  await reader.more();
  expect(places()).toEqual([1, 2, 3, 4, 5]);
  expect(views.at(-1)!.shown!.nextCursor).toBeNull();
});

test("asking again brings as many entries as are shown, in their new places", async () => {
  const { server, reader, places } = reading(many(5));
  await reader.refresh();
  await reader.more();
  const newest = placedEntry({ id: hashOf(9) });
  server.entries = [newest, ...server.entries];
  await reader.refresh();
  expect(places()).toEqual([9, 1, 2, 3]);
  await reader.more();
  expect(places()).toEqual([9, 1, 2, 3, 4, 5]);
});

test("an entry that moved between two answers is shown once", async () => {
  const { server, reader, places } = reading(many(4));
  await reader.refresh();
  server.entries = [placedEntry({ id: hashOf(9) }), ...server.entries];
  await reader.more();
  expect(places()).toEqual([1, 2, 3]);
});

test("the last good answer stays while the server fails, with its sentence, and goes on afterwards", async () => {
  const { server, reader, places, views } = reading(many(2));
  await reader.refresh();
  server.down = true;
  await reader.refresh();
  expect(places()).toEqual([1, 2]);
  expect(views.at(-1)).toMatchObject({ problem: "The store is down.", asking: null });
  server.down = false;
  await reader.refresh();
  expect(views.at(-1)).toMatchObject({ problem: null, asking: null });
});

test("a board that says that there is more and brings nothing is not asked for ever", async () => {
  const { server, reader } = reading(many(4));
  await reader.refresh();
  await reader.more();
  // As a server of another version would look: nothing of it can be read.
  server.entries = many(300).map((entry) => ({ ...entry, proof: "sworn" }) as unknown as PlacedEntry);
  const before = server.asked;
  await reader.refresh();
  expect(server.asked - before).toBeLessThanOrEqual(2);
});

test("a question that is under way is not asked twice, and none is heard of after closing", async () => {
  const { server, reader, views } = reading(many(2));
  await Promise.all([reader.refresh(), reader.refresh()]);
  expect(server.asked).toBe(1);
  const late = reader.refresh();
  while (server.asked < 2) await Promise.resolve();
  reader.close();
  const heard = views.length;
  await late;
  await reader.more();
  expect(views).toHaveLength(heard);
});

test("entries that did not change stay the very same objects", () => {
  const before = many(3);
  const after = many(3).map((entry, index) =>
    index === 1 ? { ...entry, proof: "pending" as const } : entry,
  );
  const kept = keepKnown(before, after);
  expect(kept[0]).toBe(before[0]);
  expect(kept[1]).toBe(after[1]);
  expect(kept[2]).toBe(before[2]);
});
