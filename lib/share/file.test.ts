import { describe, expect, test } from "vitest";
import { canonical, type ExperimentSpec, parseExperiment } from "../spec/experiment";
import { ParseError } from "../spec/parse";
import { firstRun } from "../spec/presets/first-run";
import * as presets from "../spec/presets/registry";
import { encodeExperiment } from "./code";
import { fileNameOf, MAX_FILE_BYTES, readExperiment, readExperimentFile, writeExperiment } from "./file";
import { capsuleLink, experimentLink } from "./links";

const spec = parseExperiment(firstRun);
const id = "0123456789abcdef".repeat(4);

/** What is said about a text or a file that cannot be opened. */
function refusal(text: string): string {
  try {
    readExperiment(text);
  } catch (error) {
    if (error instanceof ParseError) return error.message;
    throw error;
  }
  return "opened";
}

describe("an experiment as JSON", () => {
  test.each(Object.values(presets).map(({ experiment }) => parseExperiment(experiment)))(
    "comes back as the same experiment: %#",
    (experiment) => {
      const { spec: read, forkedFrom, capsule } = readExperiment(writeExperiment(experiment));
      expect(canonical(read)).toBe(canonical(experiment));
      expect({ forkedFrom, capsule }).toEqual({ forkedFrom: null, capsule: null });
    },
  );

  test("has every field written out, also where it is the default", () => {
    const written = JSON.parse(writeExperiment(parseExperiment(JSON.parse(canonical(spec)))));
    expect(written).toMatchObject({
      version: 1,
      dataset: { id: "mnist", classes: null, trainLimit: null },
      validation: { split: 0.2, from: "first" },
      augmentation: [],
      loss: "sparseCategoricalCrossentropy",
      training: { epochs: 5, batchSize: 32, shuffle: true },
      callbacks: [],
      seed: 1,
    });
    expect(writeExperiment(spec)).toMatch(/^\{\n {2}"version": 1,\n.*\n\}\n$/s);
  });

  test("may begin with a byte order mark and have space around it", () => {
    expect(readExperiment(`\uFEFF\r\n ${writeExperiment(spec)} \n`).spec).toEqual(spec);
  });

  test("names the field, the value and what is allowed where one is wrong", () => {
    expect(refusal(JSON.stringify({ ...spec, seed: -1 }))).toBe(
      "seed is -1; it must be a whole number from 0 to 4294967295.",
    );
    expect(refusal(JSON.stringify({ ...spec, colour: "red" }))).toMatch(
      /^colour is "red", but there is no such field;/,
    );
    expect(refusal("[]")).toBe("experiment is []; it must be an object.");
    expect(refusal('{"__proto__":{"version":1}}')).toMatch(/^version is missing/);
  });

  test("is refused in one sentence where it is cut off", () => {
    expect(refusal(writeExperiment(spec).slice(0, -3))).toBe(
      "This begins like JSON but cannot be read as JSON; a part of it may be missing.",
    );
  });
});

describe("a link or a code", () => {
  test.each([
    ["a link", experimentLink("https://descent.example", spec, null), null, null],
    ["a link with a lineage", experimentLink("https://descent.example", spec, id), id, null],
    ["a link with a trained network", capsuleLink("http://[::1]:3000", spec, null, "Zm9v"), null, "Zm9v"],
    ["a code", encodeExperiment(spec), null, null],
    ["a code with its ~ escaped", encodeExperiment(spec).replaceAll("~", "%7E"), null, null],
  ])("opens as its experiment: %s", (_, text, forkedFrom, capsule) => {
    expect(readExperiment(` ${text}\n`)).toEqual({ spec, forkedFrom, capsule });
  });

  test("says what is wrong with a code that was cut off", () => {
    expect(refusal("https://descent.example/x/1~First.run~flatten_den")).not.toBe("opened");
    expect(refusal("z0")).not.toBe("opened");
  });
});

describe("anything else", () => {
  const allowed = "it must be an experiment's JSON, its link or its code.";
  test.each([
    ["", `There is nothing to open; ${allowed}`],
    [" \n\t", `There is nothing to open; ${allowed}`],
    ["hello", `This is no experiment; ${allowed}`],
    ["Dear students, here is it:\nhttps://descent.example", `This is no experiment; ${allowed}`],
    ["https://descent.example/lessons", `This is no experiment; ${allowed}`],
    [
      `https://descent.example/r/${id}`,
      "This is the address of a published run: open it in the browser, and fork it there.",
    ],
  ])("is refused in one sentence: %j", (text, sentence) => {
    expect(refusal(text)).toBe(sentence);
  });

  test("is not read where it is too large, whatever it holds", async () => {
    const long = `{"title":"${"x".repeat(MAX_FILE_BYTES)}"}`;
    expect(refusal(long)).toBe("This has 257 KB; an experiment has at most 256 KB.");
    // As a file, before it is in memory.
    const file = new Blob([long]);
    file.arrayBuffer = () => Promise.reject(new Error("It was read."));
    await expect(readExperimentFile(file)).rejects.toThrow(
      "This has 257 KB; an experiment has at most 256 KB.",
    );
  });
});

describe("a file", () => {
  test("is read as its text is", async () => {
    const bytes = new TextEncoder().encode(`\uFEFF${writeExperiment({ ...spec, title: "Größe 🙂" })}`);
    const { spec: read } = await readExperimentFile(new Blob([bytes]));
    expect(read.title).toBe("Größe 🙂");
  });

  test("that holds no text is refused in one sentence", async () => {
    const png = new Blob([Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0xff, 0xfe)]);
    await expect(readExperimentFile(png)).rejects.toThrow(
      "This file is no text; it must hold an experiment's JSON, its link or its code.",
    );
  });
});

describe("the name of a file", () => {
  test.each([
    ["First run", "experiment-first-run.json"],
    ["", "experiment.json"],
    ["../../etc/passwd", "experiment-etc-passwd.json"],
    ['CON: <a|b>?*"', "experiment-con-a-b.json"],
    [" . ", "experiment.json"],
    ["Größe 7", "experiment-größe-7.json"],
    ["a\u0000b\u202Ec", "experiment-a-b-c.json"],
    ["x".repeat(120), `experiment-${"x".repeat(50)}.json`],
  ])("is safe for the title %j", (title, name) => {
    expect(fileNameOf({ ...spec, title } as ExperimentSpec)).toBe(name);
  });

  test("is at most 255 bytes long, as file systems want it", () => {
    const name = fileNameOf({ ...spec, title: "𠜎".repeat(60) });
    expect(new TextEncoder().encode(name).length).toBeLessThanOrEqual(255);
  });
});
