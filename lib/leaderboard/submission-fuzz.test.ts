// A thousand forged submissions: none gets in, each is told why in one sentence, and nothing of them is kept.
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { changed, experimentOf, type Publishable, publishable, recordOf } from "../runs/testing";
import { sha256Of } from "../sha256";
import { canonicalRun, type PublishedRun } from "../share/published-run";
import { atOnce } from "../share/testing";
import { issueToken } from "./challenge";
import type { Submission } from "./submission";
import { BITS, createBoardEntrance, SECRET } from "./testing/entrance";
import { createPlayer, formWith, type Player, submissionOf } from "./testing/players";
import { checkWork, solveWork } from "./work";

const clock = { now: 1_790_000_000_000 };
const entrance = createBoardEntrance({ now: () => clock.now });
let sent = 0;
let one: Publishable;
let mallory: Player;
let bob: Player;
/** What the honest ones left. */
let before: string[];
let usedToken: string;

beforeAll(async () => {
  one = await publishable(experimentOf(1));
  [mallory, bob] = [await createPlayer(), await createPlayer("P-256")];
  usedToken = await entrance.token();
  const response = await entrance.submit({ player: bob, board: "accuracy", ...one, token: usedToken });
  expect(response.status).toBe(201);
  before = await entrance.kept();
  vi.spyOn(console, "error").mockImplementation(() => {});
});

async function expectRefused(body: BodyInit, about: unknown, headers: Record<string, string> = {}) {
  sent++;
  const response = await entrance.post(body, headers);
  const text = await response.text();
  expect(response.status, `${about}: ${text}`).toBeGreaterThanOrEqual(400);
  expect(response.status, `${about}: ${text}`).toBeLessThan(500);
  const { error } = JSON.parse(text);
  expect(error.message, String(about)).toMatch(/^[^\n]+\.$/);
  expect(error.message).not.toMatch(/\bat .*:\d+|Error:|undefined/);
  return { status: response.status, ...error } as {
    status: number;
    code: string;
    message: string;
    field?: string;
  };
}

afterEach(async () => {
  const added = (await entrance.kept()).filter((name) => !before.includes(name));
  expect(added).toEqual([]);
  expect(console.error).not.toHaveBeenCalled();
});
afterAll(() => {
  expect(sent).toBeGreaterThan(1000);
  vi.restoreAllMocks();
});

interface Forged extends Partial<Publishable> {
  player?: Player;
  token?: string;
  board?: Submission["board"];
  name?: string | null;
}
/** A submission that is signed as it should be, of whatever is in it. */
async function signed({ player = mallory, board = "accuracy", token, name, ...parts }: Forged) {
  const own = { ...one, ...parts };
  const use = token ?? (await entrance.token(board));
  return { ...own, submission: await submissionOf({ player, board, ...own, token: use, bits: BITS, name }) };
}
const formOf = async (forged: Forged) => {
  const { submission, published, weights } = await signed(forged);
  return formWith(submission, published, weights);
};

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
    const { submission, published, weights } = await signed({});
    for (const [part, value] of Object.entries({ submission, run: published }))
      for (const path of pathsOf(value))
        for (const replacement of odd) {
          const text = without(changed(value as never, path, replacement));
          if (part === "run" ? isSameRun(text, published) : text === JSON.stringify(value)) continue;
          const form =
            part === "submission" ? formWith(text, published, weights) : formWith(submission, text, weights);
          await expectRefused(form, `${part} ${path.join(".")} ${JSON.stringify(replacement)}`);
        }
  });

  test("that claims a score, or says anything more than is asked, is refused by the field's name", async () => {
    const { submission, published, weights } = await signed({});
    const places = [[], ["player"]];
    for (const name of ["score", "hiddenAccuracy", "rank", "proof", "admin", "constructor", "toString"])
      for (const path of places) {
        const forged = changed(submission as never, [...path, name], 1);
        const { field } = await expectRefused(formWith(forged, published, weights), name);
        expect(field).toBe([...path, name].join("."));
      }
    for (const path of [[], ["run"], ["weights"], ["run", "test"], ["run", "environment"]]) {
      const forged = changed(published, [...path, "score"], 1);
      await expectRefused(formWith(submission, forged, weights), path);
    }
    for (const field of ["__proto__", "constructor", "prototype"]) {
      const text = (value: unknown) => JSON.stringify(value).replace("{", `{"${field}":{"version":1},`);
      await expectRefused(formWith(text(submission), published, weights), field);
      await expectRefused(formWith(submission, text(published), weights), field);
    }
    expect(({} as { version?: unknown }).version).toBeUndefined();
  });

  test("of a run that was changed after it was signed is refused, whatever it claims now", async () => {
    const { submission, published, weights } = await signed({});
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
      const { code } = await expectRefused(
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
      const forged = await formOf({ published: changed(one.published, path, value) });
      expect((await expectRefused(forged, path)).code).toBe("invalid");
    }
  });
});

describe("forged weights", () => {
  /** With the hashes and the length of these very bytes. */
  async function describing(
    weights: Uint8Array<ArrayBuffer>,
    published = one.published,
  ): Promise<PublishedRun> {
    const sha256 = await sha256Of(weights);
    return {
      ...published,
      run: { ...published.run, environment: { ...published.run.environment, weightsHash: sha256 } },
      weights: { ...published.weights, sha256 },
    };
  }
  const edited = (edit: (numbers: Float32Array) => void) => {
    const weights = one.weights.slice();
    edit(new Float32Array(weights.buffer));
    return weights;
  };

  test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    "with %s are refused",
    async (bad) => {
      for (const at of [0, 1, 3919, 3920, 3984]) {
        const weights = edited((numbers) => numbers.fill(bad, at, at + 1));
        const { message } = await expectRefused(
          await formOf({ weights, published: await describing(weights) }),
          at,
        );
        expect(message).toContain("finite");
      }
    },
  );

  test("that are shorter or longer than the experiment says are refused", async () => {
    const { length } = one.weights;
    for (const size of [0, 1, 4, length - 4, length - 1, length + 1, length + 4, 2 * length]) {
      const weights = new Uint8Array(size);
      weights.set(one.weights.subarray(0, size));
      const published = await describing(weights);
      await expectRefused(await formOf({ weights, published }), size);
      // Whether or not the run says so itself.
      const honest = { ...published, weights: { ...published.weights, sizeBytes: Math.max(1, size) } };
      await expectRefused(await formOf({ weights, published: honest }), size);
    }
  });

  test("that are other bytes than the ones described are refused", async () => {
    for (let at = 0; at < one.weights.length; at += 997) {
      const weights = one.weights.slice();
      weights[at]! ^= 1;
      expect((await expectRefused(await formOf({ weights }), at)).field).toBe("weights.sha256");
    }
  });

  test("of another experiment are refused", async () => {
    for (let units = 1; units < 30; units++) {
      if (units === 5) continue;
      const layers = [
        { kind: "flatten" },
        { kind: "dense", units, activation: "relu" },
        { kind: "dense", units: 10, activation: "softmax" },
      ];
      const experiment = experimentOf(1, { layers });
      const run = recordOf(experiment, one.published.weights.sha256);
      await expectRefused(await formOf({ published: { ...one.published, run } }), units);
      const { published } = await publishable(experiment);
      await expectRefused(await formOf({ published }), units);
    }
  });

  test("with eight bits each are refused by the encoding's name", async () => {
    const { field } = await expectRefused(await formOf(await publishable(experimentOf(1), "int8")), "int8");
    expect(field).toBe("run.weights.encoding");
  });

  test("that are too many are refused before they are looked at", async () => {
    const { submission, published } = await signed({});
    for (const size of [4_000_001, 4_400_000, 5_000_000]) {
      const form = formWith(submission, published, new Uint8Array(size));
      expect((await expectRefused(form, size)).status).toBe(413);
    }
    const long = { ...submission, token: "a".repeat(5000) };
    expect((await expectRefused(formWith(long, published, one.weights), "token")).status).toBe(413);
  });
});

describe("a network that cannot compete", () => {
  const output = { kind: "dense", units: 10, activation: "softmax" };
  test.each([
    [
      "of some classes",
      {
        dataset: { id: "mnist", classes: [0, 1], trainLimit: 100 },
        layers: [{ kind: "flatten" }, { ...output, units: 2 }],
      },
      /all classes of MNIST/,
    ],
    [
      "whose classes are in another order",
      { dataset: { id: "mnist", classes: [9, 8, 7, 6, 5, 4, 3, 2, 1, 0], trainLimit: 100 } },
      /all classes of MNIST/,
    ],
    [
      "that takes too long for an image",
      {
        layers: [
          { kind: "conv2d", filters: 48, kernelSize: 3, padding: "same" },
          { kind: "conv2d", filters: 48, kernelSize: 3, padding: "same" },
          { kind: "globalAveragePooling2d" },
          output,
        ],
      },
      /multiply-adds an image/,
    ],
  ])("%s is refused with the reason", async (_, changes, reason) => {
    const forged = await publishable(experimentOf(1, changes));
    expect((await expectRefused(await formOf(forged), changes)).message).toMatch(reason);
  });

  test("by the board's own rule is told which", async () => {
    const forged = await formOf({ board: "speedrun" });
    expect((await expectRefused(forged, "speedrun")).message).toMatch(/speedrun|97 %/);
  });
});

describe("a token", () => {
  test("that was used, is spliced, stale, of another board or server, or asks for less is refused", async () => {
    const replayed = await expectRefused(await formOf({ token: usedToken }), "used");
    expect([replayed.status, replayed.code]).toEqual([409, "token_used"]);

    const [a, b] = [(await entrance.token()).split("."), (await entrance.token("golf")).split(".")];
    for (let part = 0; part < a.length; part++) {
      const spliced = a.map((text, index) => (index === part ? b[index] : text)).join(".");
      // Both are of one version, ask for one number of bits and end at one time.
      if (spliced !== a.join(".")) await expectRefused(await formOf({ token: spliced }), spliced);
    }
    expect((await expectRefused(await formOf({ token: b.join(".") }), "golf")).field).toBe("token");

    const stale = await entrance.token();
    clock.now += 600_001;
    expect((await expectRefused(await formOf({ token: stale }), "stale")).code).toBe("token_expired");

    const issued = { now: clock.now, bits: BITS };
    const foreign = await issueToken("a secret of another server", "accuracy", issued);
    await expectRefused(await formOf({ token: foreign.token }), "foreign");
    const cheap = await issueToken(SECRET, "accuracy", { ...issued, bits: BITS - 1 });
    expect((await expectRefused(await formOf({ token: cheap.token }), "cheap")).code).toBe("token_expired");
  });

  test("without its work is refused", async () => {
    const token = await entrance.token("accuracy", 12);
    const { submission, published, weights } = await signed({ token });
    const solution = atOnce(solveWork(token, 12));
    for (let work = Math.max(0, solution - 40); work < solution; work++) {
      expect(checkWork(token, 12, work)).toBe(false);
      const { field } = await expectRefused(formWith({ ...submission, work }, published, weights), work);
      expect(field).toBe("work");
    }
  });
});

test("what another signed, or nobody, is refused", async () => {
  const { submission, published, weights } = await signed({});
  const others = await signed({ player: bob });
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
    await expectRefused(formWith(forged, published, weights), JSON.stringify(forged));
});

test("a form in pieces, or what is none, is refused", async () => {
  const { submission, published, weights } = await signed({});
  const form = () => formWith(submission, published, weights);
  const request = new Request("http://a.test", { method: "POST", body: form() });
  const headers = { "content-type": request.headers.get("content-type")! };
  const bytes = new Uint8Array(await request.arrayBuffer());
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: bytes.length - 3 }), async (length) => {
      await expectRefused(bytes.slice(0, length), length, headers);
    }),
    { numRuns: 60 },
  );
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (body) => {
      await expectRefused(body.slice(), "bytes", headers);
    }),
    { numRuns: 60 },
  );
  for (const part of ["submission", "run", "weights"]) {
    const [missing, twice, more] = [form(), form(), form()];
    missing.delete(part);
    twice.append(part, new Blob(["{}"]));
    more.append(`${part}2`, "x");
    for (const forged of [missing, twice, more]) await expectRefused(forged, part);
  }
  for (const text of ["", "x", "NaN", '{"version":1', "[", "\ufeff{}", `${"[".repeat(90_000)}`]) {
    await expectRefused(formWith(submission, text, weights), text.slice(0, 9));
    if (text.length < 4000) await expectRefused(formWith(text, published, weights), text);
  }
});
