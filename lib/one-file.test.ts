// "Changing one thing is one file": follows the README's two steps in a copy of the sources and looks for the new
// layer everywhere a layer shows; then invents an Op, which tsc must chase to every table that lacks it.
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { appendFile, cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";

const run = promisify(execFile);
const top = fileURLToPath(new URL("..", import.meta.url));
const copied = ["app", "lib", "workers", "next.config.ts", "package.json", "tsconfig.json"];
let copy: string;

const read = (name: string) => readFile(join(copy, name), "utf8");
const node = (...args: string[]) => run(process.execPath, args, { cwd: copy });

const APP = "tsconfig.json";
/** Its program has all of the engines, and a quarter of the app's files. */
const WORKER = "workers";

/** @returns what tsc says of these programs, one error a line; nothing where all is well */
async function checkTypes(...programs: string[]): Promise<string[]> {
  const tsc = join(copy, "node_modules/typescript/bin/tsc");
  const check = async (project: string) => {
    try {
      await node(tsc, "--noEmit", "--pretty", "false", "--incremental", "false", "-p", project);
      return [];
    } catch (error) {
      const { stdout } = error as { stdout: string };
      return stdout.split("\n").filter((line) => /error TS\d+/.test(line));
    }
  };
  return (await Promise.all(programs.map(check))).flat();
}

/** The README's code for the file and for the registry's line. */
async function readmeSteps(): Promise<{ file: string; line: string }> {
  const readme = await readFile(join(top, "README.md"), "utf8");
  const section = readme.split("## Add a layer in two minutes")[1]!.split("\n## ")[0]!;
  const [file, line] = [...section.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) =>
    code!.replace(/^ {3}/gm, ""),
  );
  return { file: file!, line: line! };
}

beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), "descent-one-file-"));
  const isSource = (path: string) => !/\.test\.tsx?$/.test(path);
  for (const name of copied)
    await cp(join(top, name), join(copy, name), { recursive: true, filter: isSource });
  await symlink(join(top, "node_modules"), join(copy, "node_modules"), "junction");
  // Next's own declarations, which its commands write into the real folder.
  await writeFile(join(copy, "next-env.d.ts"), '/// <reference types="next" />\n');
  const routes = join(top, ".next", "types");
  if (existsSync(routes)) await cp(routes, join(copy, ".next", "types"), { recursive: true });

  const { file, line } = await readmeSteps();
  await writeFile(join(copy, "lib/spec/layers/bottleneck.ts"), file);
  await appendFile(join(copy, "lib/spec/layers/registry.ts"), line);
});

afterAll(() => rm(copy, { recursive: true, force: true }));

/** Runs a module in the copy and reads the JSON that it prints. */
async function ask(name: string, text: string, tsconfig = "tsconfig.json"): Promise<Record<string, unknown>> {
  await writeFile(join(copy, name), text);
  const { stdout } = await node(join(copy, "node_modules/tsx/dist/cli.mjs"), "--tsconfig", tsconfig, name);
  await rm(join(copy, name));
  return JSON.parse(stdout);
}

const spec = {
  version: 1,
  dataset: { id: "mnist" },
  layers: [
    { kind: "flatten" },
    { kind: "bottleneck", width: 5 },
    { kind: "dense", units: 10, activation: "softmax" },
  ],
  optimizer: { kind: "adam" },
};

test("a new layer is parsed, counted, carried by links and covered by every engine", async () => {
  const answer = await ask(
    "ask.ts",
    `
    import { coverage } from "./lib/engines/coverage";
    import { canonical, parseExperiment } from "./lib/spec/experiment";
    import { buildProgram } from "./lib/spec/program";
    import { decodeExperiment, encodeExperiment } from "./lib/share/code";
    const spec = parseExperiment(${JSON.stringify(spec)});
    const code = encodeExperiment(spec);
    const withLayer = (layer: object) => parseExperiment({ ...spec, layers: [layer] });
    let refusal = "";
    try { withLayer({ kind: "bottleneck", width: 65 }); } catch (error) { refusal = (error as Error).message; }
    const { layers, parameters, problems } = buildProgram(spec);
    const covered = coverage();
    console.log(JSON.stringify({
      canonical: JSON.parse(canonical(spec)).layers[1],
      defaults: withLayer({ kind: "bottleneck" }).layers[0],
      code, linked: canonical(decodeExperiment(code)) === canonical(spec),
      refusal, report: layers[1], parameters, problems,
      covered: covered.filter(({ layer }) => (layer as string) === "bottleneck"),
      families: [...new Set(covered.flatMap(({ engines }) => engines))].sort(),
    }));`,
  );
  expect(answer.canonical).toEqual({ kind: "bottleneck", width: 5 });
  expect(answer.defaults).toEqual({ kind: "bottleneck", width: 3 });
  expect([answer.code, answer.linked]).toEqual(["1~~flatten_bottleneck-5_dense-10-softmax", true]);
  expect(answer.refusal).toBe("layers[0].width is 65; it must be a whole number from 1 to 64.");
  expect(answer.report).toEqual({ output: [5], parameters: 784 * 5 + 5, macs: 784 * 5 });
  expect(answer.parameters).toBe(784 * 5 + 5 + 5 * 10 + 10);
  expect(answer.problems).toEqual([]);
  expect(answer.families).toEqual(["reference", "tfjs", "wasm"]);
  expect(answer.covered).toEqual([
    { layer: "bottleneck", ops: ["dense", "activation"], engines: answer.families },
  ]);
});

test("a new layer is offered in the form, with its fields", async () => {
  // The menu as it is when it is open: on a server, where nobody can open it, nor a portal leads anywhere.
  await writeFile(
    join(copy, "open-menu.tsx"),
    `
    import * as radix from "./node_modules/radix-ui/dist/index.mjs";
    export * from "./node_modules/radix-ui/dist/index.mjs";
    const { Root } = radix.DropdownMenu;
    export const DropdownMenu = {
      ...radix.DropdownMenu,
      Root: (props: radix.DropdownMenu.DropdownMenuProps) => <Root {...props} defaultOpen />,
      Portal: ({ children }: radix.DropdownMenu.DropdownMenuPortalProps) => children,
    };`,
  );
  const paths = { "@/*": ["./*"], "radix-ui": ["./open-menu.tsx"] };
  const config = { extends: "./tsconfig.json", compilerOptions: { paths } };
  await writeFile(join(copy, "tsconfig.open-menu.json"), JSON.stringify(config));
  const answer = await ask(
    "ask.tsx",
    `
    import { renderToStaticMarkup } from "react-dom/server";
    import { LayerRow } from "./app/_playground/panels/layer-row";
    import { Network } from "./app/_playground/panels/network";
    import { parseExperiment } from "./lib/spec/experiment";
    import { buildProgram } from "./lib/spec/program";
    const spec = parseExperiment(${JSON.stringify(spec)});
    const { layers, parameters } = buildProgram(spec);
    const row = { layer: spec.layers[1]!, index: 1, count: 3, report: layers[1]!, total: parameters, problems: [] };
    console.log(JSON.stringify({
      network: renderToStaticMarkup(<Network />),
      row: renderToStaticMarkup(<LayerRow {...row} />),
    }));`,
    "tsconfig.open-menu.json",
  );
  await rm(join(copy, "open-menu.tsx"));
  const items = [
    ...String(answer.network).matchAll(
      /role="menuitem"[^>]*aria-label="([^"]+)"|aria-label="([^"]+)"[^>]*role="menuitem"/g,
    ),
  ];
  const labels = items.map(([, before, after]) => before ?? after);
  expect(labels).toContain("Dense");
  expect(labels).toContain("Bottleneck");
  expect(answer.row).toMatch(/<input[^>]*aria-label="Width of layer 2"[^>]*>/);
  expect(answer.row).toContain('value="5"');
  expect(answer.row).toContain("3,925");
});

test("the types hold with a new layer, without another change", async () => {
  expect(await checkTypes(APP, WORKER)).toEqual([]);
}, 120_000);

test("a new Op makes tsc name the shape rules and each engine's table", async () => {
  const ops = join(copy, "lib/spec/ops.ts");
  const before = await read("lib/spec/ops.ts");
  const widened = before.replace(
    '| { op: "flatten" }',
    '| { op: "flatten" }\n  | { op: "spiral"; turns: number }',
  );
  expect(widened).not.toBe(before);
  await writeFile(ops, widened);
  const errors = await checkTypes(WORKER);
  await writeFile(ops, before);
  for (const table of ["lib/spec/ops.ts", "lib/engines/reference/", "lib/engines/tfjs/", "lib/engines/wasm/"])
    expect(errors).toContainEqual(expect.stringMatching(new RegExp(`^(\\.\\./)*${table}.*spiral`)));
}, 120_000);
