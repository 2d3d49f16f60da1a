// The same contract over the unmodified SDK, which speaks real HTTP to the embedded store, and over a store in
// memory: whatever holds for both does not hang on either.

import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { forever, type ObjectStore, StoreError } from "../blob/store";
import { sha256Of } from "../sha256";
import { canonicalRun } from "../share/published-run";
import { runIdOf } from "../share/testing";
import { type Archive, createArchive } from "./archive";
import { runName, weightsName } from "./names";
import {
  counting,
  createMemoryStore,
  experimentOf,
  type Publishable,
  publishable,
  serveStore,
} from "./testing";

const kinds = {
  "the SDK against the embedded store": () => serveStore((name, value) => vi.stubEnv(name, value)),
  "a store in memory": async () => ({ store: createMemoryStore(), close: async () => {} }),
};

let one: Publishable;
beforeAll(async () => {
  one = await publishable(experimentOf(1));
});

const options = { contentType: "application/json", overwrite: true, maxAgeSeconds: forever };
const pad = (id: string) => id.padEnd(64, "0");

describe.each(Object.entries(kinds))("published runs in %s", (_, open) => {
  let store: ObjectStore;
  let close: () => Promise<void>;
  /** An archive with no memory of the others. */
  const archiveOf = (within = store): Archive => createArchive(() => ({ kind: "embedded", store: within }));

  beforeEach(async () => {
    ({ store, close } = await open());
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
    await close();
  });

  test("a run is read as it was published, by its hash, with the address of its weights", async () => {
    const { id, created } = await archiveOf().keep(one.published, one.weights);
    expect([id, created]).toEqual([await runIdOf(one.published), true]);
    const run = (await archiveOf().read(id))!;
    const url = store.publicUrl(weightsName(one.published.weights.sha256));
    expect(run).toEqual({ ...one.published, id, weights: { ...one.published.weights, url } });
    expect(await store.read(weightsName(run.weights.sha256))).toEqual(one.weights);
  });

  test("the text that was hashed stands in the object, so that anybody can check it", async () => {
    const { id } = await archiveOf().keep(one.published, one.weights);
    const stored = new TextDecoder().decode((await store.read(runName(id)))!);
    expect(stored).toContain(canonicalRun(one.published));
    expect(JSON.parse(stored).weights).toBe(weightsName(one.published.weights.sha256));
  });

  test("publishing twice gives the same name and leaves what is there as it is", async () => {
    const archive = archiveOf();
    const { id } = await archive.keep(one.published, one.weights);
    const before = await store.head(runName(id));
    expect(await archive.keep(one.published, one.weights)).toEqual({ id, created: false });
    expect(await archiveOf().keep(one.published, one.weights)).toEqual({ id, created: false });
    // The first one's weights stay the run's, wherever a later one has put them.
    const upload = `uploads/${one.published.weights.sha256}-${"0".repeat(32)}`;
    expect(await archiveOf().keep(one.published, upload)).toEqual({ id, created: false });
    expect(await store.head(runName(id))).toEqual(before);
    const { objects } = await store.list("");
    expect(objects.map(({ name }) => name)).toEqual([runName(id), weightsName(one.published.weights.sha256)]);
  });

  test("publishing costs two puts, again one read more, and reading one read, or none while it is remembered", async () => {
    const { store: counted, calls } = counting(store);
    const publisher = archiveOf(counted);
    const { id } = await publisher.keep(one.published, one.weights);
    // The weights first: a run that can be read is whole.
    expect(calls.splice(0)).toEqual(["put weights/…", "put runs/….json"]);
    await publisher.keep(one.published, one.weights);
    expect(calls.splice(0)).toEqual(["put weights/…", "put runs/….json", "read runs/….json"]);
    const reader = archiveOf(counted);
    await Promise.all(Array.from({ length: 20 }, () => reader.read(id)));
    await reader.read(id);
    expect(calls.splice(0)).toEqual(["read runs/….json"]);
    expect(await reader.read(pad("1"))).toBeNull();
    expect(await reader.read(pad("1"))).toBeNull();
    expect(calls.splice(0)).toEqual(["read runs/….json", "read runs/….json"]);
    const other = await publishable(experimentOf(2));
    const upload = `uploads/${other.published.weights.sha256}-${"0".repeat(32)}`;
    await publisher.keep(other.published, upload);
    expect(calls.splice(0)).toEqual(["put runs/….json"]);
  });

  test("200 publishings at once: each can be read and is whole", async () => {
    const runs = await Promise.all(Array.from({ length: 200 }, (_, i) => publishable(experimentOf(i))));
    const archive = archiveOf();
    const kept = await Promise.all(runs.map(({ published, weights }) => archive.keep(published, weights)));
    expect(new Set(kept.map(({ id }) => id)).size).toBe(200);
    const reader = archiveOf();
    for (const [i, { id, created }] of kept.entries()) {
      expect(created).toBe(true);
      const run = (await reader.read(id))!;
      expect(run.run).toEqual(runs[i]!.published.run);
      expect(await sha256Of((await store.read(weightsName(run.weights.sha256)))!)).toBe(run.weights.sha256);
    }
  });

  test("of 20 publishings of one run at once, one made it", async () => {
    const kept = await Promise.all(
      Array.from({ length: 20 }, () => archiveOf().keep(one.published, one.weights)),
    );
    expect(kept.filter(({ created }) => created)).toHaveLength(1);
    expect(new Set(kept.map(({ id }) => id)).size).toBe(1);
  });

  test("a run whose weights could not be stored is not there", async () => {
    const failing = { ...store };
    failing.put = async (name, ...rest) => {
      if (name.startsWith("weights/")) throw new StoreError("The object store is full.");
      return store.put(name, ...rest);
    };
    await expect(archiveOf(failing).keep(one.published, one.weights)).rejects.toBeInstanceOf(StoreError);
    expect((await store.list("")).objects).toEqual([]);
    expect(await archiveOf().read(await runIdOf(one.published))).toBeNull();
  });

  test("what is damaged or put there by a stranger is refused, never given away", async () => {
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    const id = await runIdOf(one.published);
    const text = canonicalRun(one.published);
    const name = weightsName(one.published.weights.sha256);
    const hostile = text.replace("Run 1", "</script><script>alert(1)</script>");
    const stored = [
      "",
      "null",
      "{",
      text,
      `{"weights":"${name}","run":null}`,
      `{"weights":"${name}","run":${text.slice(0, -1)}}`,
      // A valid run, but not the one of this name.
      `{"weights":"${name}","run":${hostile}}`,
      `{"weights":"${name}","__proto__":{"admin":true},"run":${text}}`,
      `{"weights":"${name}","run":${text},"more":1}`,
      // The run of this name, with weights that are not its own.
      `{"weights":"runs/${pad("a")}.json","run":${text}}`,
      `{"weights":"${weightsName(pad("a"))}","run":${text}}`,
      `{"weights":"../../secret","run":${text}}`,
      `{"weights":"https://evil.test/${name}","run":${text}}`,
    ];
    for (const object of stored) {
      await store.put(runName(id), object, options);
      const reading = archiveOf().read(id);
      await expect(reading, object.slice(0, 120)).rejects.toMatchObject({
        status: 502,
        message: "This run is damaged in the store and cannot be shown.",
      });
      // Nor is anybody told that it was published before.
      await expect(archiveOf().keep(one.published, one.weights)).rejects.toMatchObject({ status: 502 });
    }
    expect(log).toHaveBeenCalledTimes(2 * stored.length);
    await store.put(runName(id), `{"weights":"${name}","run":${text}}`, options);
    expect((await archiveOf().read(id))?.id).toBe(id);
  });

  test("a text whose hash fits but which is no run is refused too", async () => {
    vi.spyOn(console, "error").mockImplementation(() => {});
    for (const text of ["null", '{"__proto__":{"version":1}}', `{"version":1,"title":"${"<script>"}"}`]) {
      const id = await sha256Of(text);
      await store.put(runName(id), `{"weights":"${weightsName(pad("a"))}","run":${text}}`, options);
      await expect(archiveOf().read(id)).rejects.toMatchObject({ status: 502 });
    }
  });
});
