import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ObjectStore } from "../blob/store";
import { sha256Of } from "../sha256";
import { runIdOf } from "../share/testing";
import { createArchive } from "./archive";
import { MAX_BODY_BYTES, MAX_INLINE_WEIGHTS_BYTES, MAX_RUN_BYTES } from "./limits";
import { drawUploadName } from "./names";
import { changed, createEntrance, experimentOf, formOf, type Publishable, publishable } from "./testing";

let one: Publishable;
beforeAll(async () => {
  one = await publishable(experimentOf(1));
});

let store: ObjectStore;
let calls: string[];
let post: ReturnType<typeof createEntrance>["post"];
beforeEach(() => {
  ({ store, calls, post } = createEntrance());
});

const errorOf = async (response: Response) => (await response.json()).error;
const publish = ({ published, weights }: Publishable) => post(formOf(published, { weights }));
test("a run is published: 201 with its name and page, and 200 with the same when it is sent again", async () => {
  const id = await runIdOf(one.published);
  for (const status of [201, 200]) {
    const response = await publish(one);
    expect([response.status, await response.json()]).toEqual([status, { id, url: `/r/${id}` }]);
    expect(response.headers.get("location")).toBe(`/r/${id}`);
    expect(response.headers.get("cache-control")).toBe("no-store");
  }
});

test("how the JSON is written does not matter: the same run has the same name", async () => {
  const first = await publish(one);
  const { version, run, weights } = one.published;
  const shuffled = JSON.stringify({ weights, run: { ...run, version: run.version }, version }, null, 2);
  const second = await post(formOf(shuffled, { weights: one.weights }));
  expect([first.status, second.status]).toEqual([201, 200]);
  expect(await second.json()).toEqual(await first.json());
});

test("whose epoch's weights they are is part of the run", async () => {
  const published = changed(one.published, ["run", "restoredEpoch"], 1);
  const response = await post(formOf(published, { weights: one.weights }));
  const { id } = await response.json();
  expect([response.status, id]).toEqual([201, await runIdOf(published)]);
  expect(id).not.toBe(await runIdOf(one.published));
});

test("eight-bit weights are published as well", async () => {
  const small = await publishable(experimentOf(3), "int8");
  expect((await publish(small)).status).toBe(201);
  expect(small.weights.length).toBeLessThan(one.weights.length);
});

test("weights that were uploaded before are found by their name, and the run names them", async () => {
  const name = drawUploadName(one.published.weights.sha256);
  await store.put(name, one.weights, { contentType: "x", overwrite: false, maxAgeSeconds: 60 });
  calls.length = 0;
  const response = await post(formOf(one.published, { upload: name }));
  expect(response.status).toBe(201);
  expect(calls).toEqual(["read uploads/…-…", "put runs/….json"]);
  const { id } = await response.json();
  const archive = createArchive(() => ({ kind: "embedded", store }));
  expect((await archive.read(id))?.weights.url).toBe(store.publicUrl(name));
});

describe("an upload is refused", () => {
  const upload = (name: string) => post(formOf(one.published, { upload: name }));

  test.each([
    "",
    "runs/a.json",
    "../secret",
    "uploads/../runs/a",
    `uploads/${"a".repeat(64)}-${"0".repeat(32)}`,
    "https://evil.test/uploads/a",
  ])("by the name %j, which was never given for these weights, without asking the store", async (name) => {
    const response = await upload(name);
    expect([response.status, (await errorOf(response)).field]).toEqual([422, "upload"]);
    expect(calls).toEqual([]);
  });

  test("where nothing was uploaded", async () => {
    const response = await upload(drawUploadName(one.published.weights.sha256));
    expect([response.status, (await errorOf(response)).message]).toEqual([
      422,
      expect.stringContaining("upload the weights first"),
    ]);
  });

  test("where something else was", async () => {
    const name = drawUploadName(one.published.weights.sha256);
    const other = one.weights.slice();
    other[0] = other[0]! ^ 1;
    await store.put(name, other, { contentType: "x", overwrite: false, maxAgeSeconds: 60 });
    const response = await upload(name);
    expect([response.status, (await errorOf(response)).field]).toEqual([422, "weights.sha256"]);
  });
});

describe("what is not a publishing request is refused in one sentence, and nothing is stored", () => {
  test("from another site's page, before anything else is looked at", async () => {
    const response = await post("nonsense", { origin: "https://evil.test" });
    expect([response.status, (await errorOf(response)).code]).toEqual([403, "foreign_origin"]);
    const own = { host: "localhost:3000", origin: "http://localhost:3000" };
    expect((await post(formOf(one.published, { weights: one.weights }), own)).status).toBe(201);
  });

  test("longer than it may be, by what it says and by what comes", async () => {
    const type = { "content-type": "multipart/form-data; boundary=x" };
    const said = await post("x", { ...type, "content-length": String(MAX_BODY_BYTES + 1) });
    expect(said.status).toBe(413);
    let pulled = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        pulled += 100_000;
        controller.enqueue(new Uint8Array(100_000));
      },
    });
    const came = await post(endless, { ...type, "content-length": "10" });
    expect([came.status, (await errorOf(came)).message]).toEqual([
      413,
      `The request's body must have at most ${MAX_BODY_BYTES} bytes.`,
    ]);
    expect(pulled).toBeLessThan(MAX_BODY_BYTES + 500_000);
  });

  test("with weights or a run that are too large for a request", async () => {
    const weights = await post(
      formOf(one.published, { weights: new Uint8Array(MAX_INLINE_WEIGHTS_BYTES + 1) }),
    );
    expect([weights.status, await errorOf(weights)]).toEqual([
      413,
      {
        code: "too_large",
        message: "weights has 4000001 bytes; it must have at most 4000000: upload larger ones first.",
        field: "weights",
      },
    ]);
    const run = await post(formOf(" ".repeat(MAX_RUN_BYTES + 1), { weights: one.weights }));
    expect([run.status, (await errorOf(run)).field]).toEqual([413, "run"]);
  });

  test("broken off in the middle", async () => {
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(new Uint8Array(10));
        controller.error(new Error("gone"));
      },
    });
    const response = await post(body, { "content-type": "multipart/form-data; boundary=x" });
    expect([response.status, (await errorOf(response)).code]).toEqual([400, "incomplete"]);
  });

  test("without a run, without weights, or with both kinds of them", async () => {
    const form = new FormData();
    form.append("weights", new Blob([one.weights]));
    const field = async (body: FormData) => {
      const response = await post(body);
      return [response.status, (await errorOf(response)).field];
    };
    expect(await field(form)).toEqual([422, "run"]);
    expect(await field(formOf(one.published, {}))).toEqual([422, "weights"]);
    expect(await field(formOf(one.published, { weights: one.weights, upload: "a" }))).toEqual([
      422,
      "weights",
    ]);
  });

  test.each(["", "{", "[1,2", "NaN", '{"version":1e}', "\u0000", `${"[".repeat(100_000)}`])(
    "with a run that is no JSON: %#",
    async (text) => {
      const response = await post(formOf(text, { weights: one.weights }));
      expect([response.status, (await errorOf(response)).code]).toEqual([400, "invalid_json"]);
    },
  );

  test("with a run that is not UTF-8", async () => {
    const form = new FormData();
    form.append("run", new Blob([Uint8Array.of(0x7b, 0xff, 0x7d)]));
    form.append("weights", new Blob([one.weights]));
    expect((await post(form)).status).toBe(400);
  });

  test.each<[string, readonly (string | number)[], unknown]>([
    ["version", ["version"], 2],
    ["more", ["more"], 1],
    ["weights.encoding", ["weights", "encoding"], "float16"],
    ["weights.sizeBytes", ["weights", "sizeBytes"], 1e308],
    ["weights.sizeBytes", ["weights", "sizeBytes"], 33 * 1024 * 1024],
    ["weights.sizeBytes", ["weights", "sizeBytes"], 15_000],
    ["weights.sha256", ["weights", "sha256"], "../../etc/passwd"],
    ["weights.sha256", ["weights", "sha256"], "A".repeat(64)],
    ["weights.sha256", ["weights", "sha256"], "a".repeat(64)],
    ["experiment.title", ["run", "experiment", "title"], "x".repeat(121)],
    ["experiment.layers", ["run", "experiment", "layers"], "all"],
    ["experiment.layers[2]", ["run", "experiment", "layers", 2, "units"], 9],
    ["experiment.layers", ["run", "experiment", "layers"], []],
    ["experiment.layers", ["run", "experiment", "layers", 1, "units"], 4096 * 4],
    ["history", ["run", "history"], []],
    ["history[0].steps", ["run", "history", 0, "steps"], 4],
    ["history[1].valLoss", ["run", "history", 1, "valLoss"], null],
    ["history[1].valAccuracy", ["run", "history", 1, "valAccuracy"], null],
    ["steps", ["run", "steps"], 5],
    ["steps", ["run", "steps"], 10],
    ["curves.loss.steps", ["run", "curves", "loss"], { steps: 5, stride: 1, means: [1, 1, 1, 1, 1] }],
    ["curves.accuracy.steps", ["run", "curves", "accuracy"], { steps: 4, stride: 2, means: [1, 1] }],
    ["environment.weightsHash", ["run", "environment", "weightsHash"], "<script>"],
    ["environment.engine.id", ["run", "environment", "engine", "id"], "../wasm"],
    ["environment.finishedAt", ["run", "environment", "finishedAt"], "yesterday"],
    ["forkedFrom", ["run", "forkedFrom"], "javascript:alert(1)"],
    ["restoredEpoch", ["run", "restoredEpoch"], 3],
    ["restoredEpoch", ["run", "restoredEpoch"], 0.5],
  ])("with a wrong %s: %#", async (field, path, value) => {
    const response = await post(formOf(changed(one.published, path, value), { weights: one.weights }));
    const error = await errorOf(response);
    expect([response.status, error.code]).toEqual([422, "invalid"]);
    expect(error.field).toMatch(new RegExp(`^${field.replace(/[[\].]/g, "\\$&")}`));
    expect(error.message).toMatch(/^[^\n]{10,300}\.$/);
  });

  test("with validation that the experiment does not have", async () => {
    const bare = await publishable(experimentOf(4, { validation: { split: 0 } }));
    expect((await publish(bare)).status).toBe(201);
    const [first] = bare.published.run.history;
    first!.valLoss = 1;
    const response = await publish(bare);
    expect([response.status, (await errorOf(response)).message]).toEqual([
      422,
      "history[0].valLoss is 1; it must be null.",
    ]);
  });

  test("with weights of another size or with other bytes", async () => {
    const wrong = [one.weights.subarray(1), new Uint8Array(), new Uint8Array(one.weights.length + 4)];
    for (const weights of wrong) {
      const response = await post(formOf(one.published, { weights: weights.slice() }));
      expect([response.status, (await errorOf(response)).field]).toEqual([422, "weights.length"]);
    }
    const flipped = one.weights.slice();
    flipped[100] = flipped[100]! ^ 1;
    const response = await post(formOf(one.published, { weights: flipped }));
    expect([response.status, (await errorOf(response)).field]).toEqual([422, "weights.sha256"]);
  });

  test("with float32 weights that are not those of the log's hash", async () => {
    const run = changed(one.published, ["run", "environment", "weightsHash"], "a".repeat(64));
    const response = await post(formOf(run, { weights: one.weights }));
    expect([response.status, (await errorOf(response)).message]).toEqual([
      422,
      `weights.sha256 is "${one.published.weights.sha256.slice(0, 56)}…; it must be ${"a".repeat(64)}.`,
    ]);
  });

  test("with weights that are not finite", async () => {
    const weights = one.weights.slice();
    new DataView(weights.buffer).setFloat32(weights.length - 4, Number.NaN, true);
    const published = changed(one.published, ["weights", "sha256"], await sha256Of(weights));
    published.run.environment.weightsHash = published.weights.sha256;
    const response = await post(formOf(published, { weights }));
    expect([response.status, (await errorOf(response)).message]).toEqual([
      422,
      expect.stringMatching(/finite/),
    ]);
  });

  test("and none of them has asked the store to keep anything", async () => {
    for (const body of [
      formOf({}, { weights: one.weights }),
      formOf(changed(one.published, ["run", "steps"], 5), one),
    ])
      expect((await post(body)).status).toBe(422);
    expect(calls).toEqual([]);
  });
});
