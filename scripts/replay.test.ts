// `npm run replay` as people call it: a program of its own, a file, lines or JSON.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { digits8x8 } from "../lib/spec/presets/digits8x8";
import { bin } from "./lib/processes.mjs";

const folder = mkdtempSync(join(tmpdir(), "descent-replay-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, content: unknown): string {
  const file = join(folder, name);
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  return file;
}

async function replay(...args: string[]) {
  const script = fileURLToPath(new URL("replay.ts", import.meta.url));
  const { INIT_CWD: _, ...env } = process.env;
  const child: ChildProcess = spawn(process.execPath, [bin("tsx"), script, ...args], { cwd: folder, env });
  const seen = { stdout: "", stderr: "" };
  child.stdout!.on("data", (chunk) => {
    seen.stdout += chunk;
  });
  child.stderr!.on("data", (chunk) => {
    seen.stderr += chunk;
  });
  const [code] = await once(child, "close");
  return { code, ...seen };
}

const experiment = {
  version: 1,
  dataset: { id: "mnist", trainLimit: 2000 },
  layers: [{ kind: "flatten" }, { kind: "dense", units: 10, activation: "softmax" }],
  optimizer: { kind: "adam" },
  training: { epochs: 2 },
};

describe("a replay", () => {
  const file = write("experiment.json", experiment);

  test("prints the training log down to the weights hash, and the same hash as JSON the second time", async () => {
    const { code, stdout } = await replay(file);
    expect(code).toBe(0);
    const lines = stdout.trim().split("\n");
    const at = lines.indexOf("Training samples: 1600");
    for (const [i, pattern] of [
      /^Training samples: 1600$/,
      /^Validation samples: 400$/,
      /^Test samples: 10000$/,
      /^Model ready for training!$/,
      /^Engine: WebAssembly SIMD \(.+\)$/,
      /^Loss before training: \d\.\d{3}$/,
      /^Accuracy before training: [\d.]+%$/,
      /^Epoch 1\/2$/,
      /^50\/50 - .+ - loss: .+ - accuracy: .+ - val_loss: .+ - val_accuracy: /,
      /^Epoch 2\/2$/,
      /^50\/50 - /,
      /^Training completed in [\d.]+ seconds!$/,
      /^Final training accuracy: 0\.\d{4}$/,
      /^Final validation accuracy: 0\.\d{4}$/,
      /^Accuracy improvement: /,
      /^Weights hash: [0-9a-f]{64}$/,
      /^Test accuracy: 0\.\d{4} \(\d\d\.\d\d%\)$/,
      /^Test loss: \d\.\d{4}$/,
    ].entries())
      expect(lines[at + i]).toMatch(pattern);

    const again = await replay(file, "--json");
    expect(again.code).toBe(0);
    const { history, test: tested, hash } = JSON.parse(again.stdout);
    expect(lines).toContain(`Weights hash: ${hash}`);
    expect(lines).toContain(`Test loss: ${tested.loss.toFixed(4)}`);
    expect(history.map(({ epoch }: { epoch: number }) => epoch)).toEqual([1, 2]);
    expect(tested.accuracy).toBeGreaterThan(0.7);
  });
});

test("the digits' weights are the same in every replay", async () => {
  const digits = write("digits.json", digits8x8.experiment);
  const { stdout } = await replay(digits);
  expect(stdout).toContain("Training samples: 1149\nValidation samples: 288\nTest samples: 360\n");
  const again = await replay(digits, "--json");
  expect(stdout).toContain(`Weights hash: ${JSON.parse(again.stdout).hash}`);
});

describe("what cannot be replayed is said in one sentence", () => {
  test.each([
    ["no file", [], "Use npm run replay -- <experiment.json>, with --json for the results as JSON.\n"],
    [
      "an unknown option",
      ["--fast"],
      "Use npm run replay -- <experiment.json>, with --json for the results as JSON.\n",
    ],
    ["a file that is not there", ["nothing.json"], "nothing.json is not there.\n"],
    ["a folder", ["."], ". cannot be read (EISDIR).\n"],
  ])("%s", async (_, args, message) => {
    expect(await replay(...args)).toEqual({ code: 1, stdout: "", stderr: message });
  });

  test.each<[string, unknown, RegExp]>([
    ["text", "layers: 3", /^text\.json is not JSON \(.+\)\.\n$/],
    [
      "typo",
      { ...experiment, layer: [] },
      /^typo\.json is not an experiment: layer is \[\], but there is no such field; it must be .+\.\n$/,
    ],
    [
      "shape",
      { ...experiment, layers: [{ kind: "dense", units: 10 }] },
      /^shape\.json cannot be trained: Dense needs a flat list of numbers but gets 28×28×1: .+\.\n$/,
    ],
    [
      "diverged",
      {
        ...experiment,
        loss: "meanSquaredError",
        layers: [{ kind: "flatten" }, { kind: "dense", units: 10, activation: "linear" }],
        optimizer: { kind: "sgd", learningRate: 10 },
      },
      /diverged\.json could not be trained: The loss became (NaN|Infinity) at step \d+ of epoch 1: .+\.\n$/,
    ],
  ])("%s", async (name, content, message) => {
    write(`${name}.json`, content);
    const { code, stderr } = await replay(`${name}.json`, "--json");
    expect(code).toBe(1);
    expect(stderr).toMatch(message);
  });
});
