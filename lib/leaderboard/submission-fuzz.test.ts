// A thousand forged submissions: none gets in, each is told why in one sentence, and nothing of them is kept. Those
// that are forged in their weights are in weights-fuzz.test.ts.
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { changed } from "../runs/testing";
import { canonicalRun, type PublishedRun } from "../share/published-run";
import { atOnce } from "../share/testing";
import { issueToken } from "./challenge";
import { BITS, SECRET } from "./testing/entrance";
import { createForgery } from "./testing/forging";
import { formWith } from "./testing/players";
import { checkWork, solveWork } from "./work";

let forgery: Awaited<ReturnType<typeof createForgery>>;
beforeAll(async () => {
  forgery = await createForgery();
  vi.spyOn(console, "error").mockImplementation(() => {});
});
afterEach(async () => {
  await forgery.expectUntouched();
  expect(console.error).not.toHaveBeenCalled();
});
afterAll(() => {
  expect(forgery.sent()).toBeGreaterThan(1000);
  vi.restoreAllMocks();
});

/** Every place in a value, of lists the first two entries. */
function pathsOf(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== "object" || value === null) return [path];
  const keys = Array.isArray(value) ? [...value.keys()].slice(0, 2) : Object.keys(value);
  const inner = keys.flatMap((key) =>
    pathsOf((value as Record<string | number, unknown>)[key], [...path, key]),
  );
  return [...(path.length > 0 ? [path] : []), ...inner];
}

const NONE = "a place to leave out";
const odd = [null, true, -1, 0.5, 1e308, "x", "", "\ud800", [], {}, [[]], { __proto__: null, x: 1 }, NONE];
const without = (value: unknown) => JSON.stringify(value, (_, inner) => (inner === NONE ? undefined : inner));

/** Whether a text still means the run: with a default left out, say. */
function isSameRun(text: string, published: PublishedRun): boolean {
  try {
    return canonicalRun(JSON.parse(text)) === canonicalRun(published);
  } catch {
    return false;
  }
}

describe("a forged submission", () => {
  test("with anything of another type, anywhere in it or in its run, is refused", async () => {
    const { submission, published, weights } = await forgery.signed({});
    for (const [part, value] of Object.entries({ submission, run: published }))
      for (const path of pathsOf(value))
        for (const replacement of odd) {
          const text = without(changed(value as never, path, replacement));
          if (part === "run" ? isSameRun(text, published) : text === JSON.stringify(value)) continue;
          const form =
            part === "submission" ? formWith(text, published, weights) : formWith(submission, text, weights);
          await forgery.refused(form, `${part} ${path.join(".")} ${JSON.stringify(replacement)}`);
        }
  });

  test("that claims a score, or says anything more than is asked, is refused by the field's name", async () => {
    const { submission, published, weights } = await forgery.signed({});
    const places = [[], ["player"]];
    for (const name of ["score", "hiddenAccuracy", "rank", "proof", "admin", "constructor", "toString"])
      for (const path of places) {
        const forged = changed(submission as never, [...path, name], 1);
        const { field } = await forgery.refused(formWith(forged, published, weights), name);
        expect(field).toBe([...path, name].join("."));
      }
    for (const path of [[], ["run"], ["weights"], ["run", "test"], ["run", "environment"]]) {
      const forged = changed(published, [...path, "score"], 1);
      await forgery.refused(formWith(submission, forged, weights), path);
    }
    for (const field of ["__proto__", "constructor", "prototype"]) {
      const text = (value: unknown) => JSON.stringify(value).replace("{", `{"${field}":{"version":1},`);
      await forgery.refused(formWith(text(submission), published, weights), field);
      await forgery.refused(formWith(submission, text(published), weights), field);
    }
    expect(({} as { version?: unknown }).version).toBeUndefined();
  });

  test("of a run that was changed after it was signed is refused, whatever it claims now", async () => {
    const { submission, published, weights } = await forgery.signed({});
    for (const [path, value] of [
      [["run", "test", "accuracy"], 1],
      [["run", "history", 0, "valAccuracy"], 0.999],
      [["run", "history", 1, "elapsedMs"], 1],
      [["run", "environment", "deviceClass"], "phone"],
      [["run", "environment", "engine", "id"], "wasm-2"],
      [["run", "experiment", "title"], "Mine"],
      [["run", "experiment", "seed"], 2],
      [["weights", "testAccuracy"], 1],
    ] as const) {
      const { code } = await forgery.refused(
        formWith(submission, changed(published, path, value), weights),
        path,
      );
      expect(code).toBe("wrong_signature");
    }
  });

  test("of a run that no training can have given is refused, though it is signed", async () => {
    for (const [path, value] of [
      [["run", "steps"], 5],
      [["run", "history", 0, "steps"], 2],
      [["run", "history", 0, "valLoss"], null],
      [["run", "curves", "loss"], { steps: 1, stride: 1, means: [0] }],
      [["weights", "sizeBytes"], 4],
      [["weights", "sha256"], "0".repeat(64)],
      [["run", "environment", "weightsHash"], "0".repeat(64)],
    ] as const) {
      const forged = await forgery.formOf({ published: changed(forgery.one.published, path, value) });
      expect((await forgery.refused(forged, path)).code).toBe("invalid");
    }
  });
});

describe("a token", () => {
  test("that was used, is spliced, stale, of another board or server, or asks for less is refused", async () => {
    const replayed = await forgery.refused(await forgery.formOf({ token: forgery.usedToken }), "used");
    expect([replayed.status, replayed.code]).toEqual([409, "token_used"]);

    const [a, b] = [
      (await forgery.entrance.token()).split("."),
      (await forgery.entrance.token("golf")).split("."),
    ];
    for (let part = 0; part < a.length; part++) {
      const spliced = a.map((text, index) => (index === part ? b[index] : text)).join(".");
      // Both are of one version, ask for one number of bits and end at one time.
      if (spliced !== a.join(".")) await forgery.refused(await forgery.formOf({ token: spliced }), spliced);
    }
    expect((await forgery.refused(await forgery.formOf({ token: b.join(".") }), "golf")).field).toBe("token");

    const stale = await forgery.entrance.token();
    forgery.clock.now += 600_001;
    expect((await forgery.refused(await forgery.formOf({ token: stale }), "stale")).code).toBe(
      "token_expired",
    );

    const issued = { now: forgery.clock.now, bits: BITS };
    const foreign = await issueToken("a secret of another server", "accuracy", issued);
    await forgery.refused(await forgery.formOf({ token: foreign.token }), "foreign");
    const cheap = await issueToken(SECRET, "accuracy", { ...issued, bits: BITS - 1 });
    expect((await forgery.refused(await forgery.formOf({ token: cheap.token }), "cheap")).code).toBe(
      "token_expired",
    );
  });

  test("without its work is refused", async () => {
    const token = await forgery.entrance.token("accuracy", 12);
    const { submission, published, weights } = await forgery.signed({ token });
    const solution = atOnce(solveWork(token, 12));
    for (let work = Math.max(0, solution - 40); work < solution; work++) {
      expect(checkWork(token, 12, work)).toBe(false);
      const { field } = await forgery.refused(formWith({ ...submission, work }, published, weights), work);
      expect(field).toBe("work");
    }
  });
});

test("what another signed, or nobody, is refused", async () => {
  const { submission, published, weights } = await forgery.signed({});
  const others = await forgery.signed({ player: forgery.bob });
  const { key, algorithm } = submission.player;
  for (const forged of [
    { ...submission, signature: others.submission.signature },
    { ...submission, signature: "A".repeat(86) },
    { ...submission, player: others.submission.player },
    { ...submission, player: { ...submission.player, key: others.submission.player.key } },
    { ...submission, player: { ...submission.player, algorithm: "P-256" } },
    { ...submission, player: { ...submission.player, key: "A".repeat(43) } },
    { ...submission, player: { name: "Other", key, algorithm } },
    { ...submission, board: "golf" },
  ])
    await forgery.refused(formWith(forged, published, weights), JSON.stringify(forged));
});

test("a form in pieces, or what is none, is refused", async () => {
  const { submission, published, weights } = await forgery.signed({});
  const form = () => formWith(submission, published, weights);
  const request = new Request("http://a.test", { method: "POST", body: form() });
  const headers = { "content-type": request.headers.get("content-type")! };
  const bytes = new Uint8Array(await request.arrayBuffer());
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: bytes.length - 3 }), async (length) => {
      await forgery.refused(bytes.slice(0, length), length, headers);
    }),
    { numRuns: 60 },
  );
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (body) => {
      await forgery.refused(body.slice(), "bytes", headers);
    }),
    { numRuns: 60 },
  );
  for (const part of ["submission", "run", "weights"]) {
    const [missing, twice, more] = [form(), form(), form()];
    missing.delete(part);
    twice.append(part, new Blob(["{}"]));
    more.append(`${part}2`, "x");
    for (const forged of [missing, twice, more]) await forgery.refused(forged, part);
  }
  for (const text of ["", "x", "NaN", '{"version":1', "[", "\ufeff{}", `${"[".repeat(90_000)}`]) {
    await forgery.refused(formWith(submission, text, weights), text.slice(0, 9));
    if (text.length < 4000) await forgery.refused(formWith(text, published, weights), text);
  }
});
