// Executes the import table: who may import whom, and which packages live where. The table is data; a new
// folder in lib needs a line here before anything in it may be imported.
import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, test } from "vitest";

/** `modules -> what they may import`, paths within lib; a module may always import itself. */
const table = `
  random, sha256 -> nothing
  security -> sha256
  spec -> random
  blob -> nothing
  metrics, exporters -> spec, metrics
  embed -> spec, metrics, share, lessons, store, training/contract
  lessons -> spec, metrics, sweeps
  share -> spec, metrics, sha256
  http -> spec, blob
  runs -> share, spec, metrics, blob, http, sha256, embed/address, embed/options, lessons/catalog
  datasets -> spec, random, sha256
  engines -> spec, random
  training -> spec, metrics, datasets, engines/engine, lens/contract, random, sha256
  doctor -> spec, metrics, random
  lens -> spec, metrics, datasets, engines/engine, engines/reference, training, random
  sweeps -> spec, random, training/contract
  store -> spec, metrics, training, lens/contract, sweeps, lessons
  drawing -> spec, datasets, store
  offline -> spec, metrics, datasets, store, leaderboard
  courses -> embed, share, sha256
  leaderboard -> spec, random, metrics, share, runs, blob, http, sha256, datasets, training, engines/engine
  workers -> training, lens, engines, datasets, spec, leaderboard, blob, offline
  app -> random, sha256, security, spec, metrics, share, runs, http, exporters, embed, lessons, courses, datasets, drawing, training, lens, doctor, sweeps, store, leaderboard, offline
  app/api -> share, runs, http, leaderboard, blob, spec, datasets, engines
  app/local-blob -> blob
`;

/** Packages that only some places may know: an engine, a store or a chart library can then be replaced there. */
const packageHomes: readonly { name: RegExp; homes: readonly string[] }[] = [
  { name: /^@tensorflow\//, homes: ["lib/engines/tfjs/"] },
  { name: /^@vercel\/blob\/client$/, homes: ["lib/blob/vercel", "lib/runs/upload"] },
  { name: /^@vercel\/blob(\/|$)/, homes: ["lib/blob/vercel"] },
  { name: /^recharts(\/|$)/, homes: ["app/_charts/"] },
  {
    name: /^idb$/,
    homes: [
      "lib/store/shelf",
      "lib/leaderboard/player-key",
      "lib/training/checkpoint-database",
      "lib/offline/outbox",
      "lib/drawing/own-database",
    ],
  },
  { name: /^obscenity$/, homes: ["lib/leaderboard/"] },
  { name: /^fflate$/, homes: ["lib/share/", "lib/courses/"] },
  { name: /^serwist(\/|$)/, homes: ["workers/service.worker"] },
  { name: /^lean-qr(\/|$)/, homes: ["app/_playground/share/"] },
  { name: /^katex(\/|$)/, homes: ["app/lessons/", "app/embed/lesson/"] },
  {
    name: /^comlink(\/|$)/,
    homes: ["lib/training/client", "lib/training/contract", "lib/leaderboard/threads", "workers/"],
  },
  {
    name: /^(react|react-dom|next|next-themes|radix-ui|lucide-react|zustand\/react)(\/|$)|^zustand$/,
    homes: ["app/", "next.config"],
  },
];

const MOST_LINES = 350;
const mayStartWorkers = /^lib\/(training\/client|leaderboard\/threads)\.ts$/;
const lists = (text: string) => text.split(",").map((name) => name.trim());
const lines = table.trim().split("\n");
const mayImport = new Map(
  lines.flatMap((line) => {
    const [modules, allowed] = line.split("->") as [string, string];
    return lists(modules).map((module) => [module, lists(allowed)] as const);
  }),
);

/** The table's name for the module that a file belongs to: "spec", "workers", "app/api"; null outside of it. */
function moduleOf(path: string): string | null {
  const [top, second = ""] = path.replace(/\.tsx?$/, "").split("/");
  if (top === "lib") return second;
  if (top === "app") return mayImport.has(`app/${second}`) ? `app/${second}` : "app";
  return top === "workers" ? top : null;
}

const isForTests = (path: string) => /\.test(\.tsx?)?$|(^|\/)testing(\.tsx?|\/|$)|^e2e\//.test(path);
const isWithin = (path: string, place: string) => path === place || path.startsWith(`${place}/`);

/** A relative or `@/` specifier as a path from the top folder; null for a package. */
function localTarget(path: string, specifier: string): string | null {
  if (specifier.startsWith("@/")) return posix.normalize(specifier.slice(2));
  return specifier.startsWith(".") ? posix.join(posix.dirname(path), specifier) : null;
}

function whyNot(path: string, specifier: string): string | null {
  const target = localTarget(path, specifier);
  if (target === null) {
    const rule = packageHomes.find(({ name }) => name.test(specifier));
    const allowed = rule === undefined || rule.homes.some((home) => path.startsWith(home));
    return allowed ? null : `only ${rule.homes.join(", ")} may`;
  }
  if (isForTests(target)) return "it is there for tests";
  const [from, to] = [moduleOf(path), moduleOf(target)];
  if (from === null) return null;
  if (to === null) return /^(e2e|scripts)\//.test(target) ? "it is not part of the app" : null;
  if (from === to) return null;
  const allowed = mayImport.get(from);
  if (allowed === undefined) return `the table has no line for ${from}`;
  const inLib = target.replace(/^lib\//, "");
  return target.startsWith("lib/") && allowed.some((place) => isWithin(inLib, place))
    ? null
    : `${from} may import ${allowed.join(", ")}`;
}

/** What a file does against the rules, one sentence each. */
function violations(path: string, text: string): string[] {
  const found: string[] = [];
  if (text.trimEnd().split("\n").length > MOST_LINES) found.push(`${path} is over ${MOST_LINES} lines`);
  if (/["'`\s(]\/(?:home|root|Users|work|mnt|private)\/[\w.]/.test(text))
    found.push(`${path} names a folder of one machine`);
  if (isForTests(path)) return found;

  const { importedFiles } = ts.preProcessFile(text, true, true);
  for (const { fileName } of importedFiles) {
    const reason = whyNot(path, fileName);
    if (reason !== null) found.push(`${path} imports ${fileName}, but ${reason}`);
  }
  if (/new URL\(\s*["'`][^"'`]*workers\//.test(text) && !mayStartWorkers.test(path))
    found.push(`${path} starts a worker, but only lib/training/client.ts and lib/leaderboard/threads.ts may`);

  const { statements } = ts.createSourceFile(path, text, ts.ScriptTarget.Latest);
  const reexports = statements.filter((node) => ts.isExportDeclaration(node) && node.moduleSpecifier);
  if (statements.length > 0 && reexports.length === statements.length && !path.endsWith("/registry.ts"))
    found.push(`${path} is a barrel: import from the files themselves`);
  return found;
}

const top = fileURLToPath(new URL("..", import.meta.url));
const sources = ["app", "lib", "workers", "scripts", "e2e"].flatMap((folder) =>
  readdirSync(join(top, folder), { recursive: true, encoding: "utf8" })
    .map((name) => `${folder}/${name.replaceAll("\\", "/")}`)
    .filter((path) => /\.(tsx?|mjs)$/.test(path)),
);

describe("the architecture", () => {
  test("every file keeps to the table of imports, the packages' homes and 350 lines", () => {
    expect(sources.flatMap((path) => violations(path, readFileSync(join(top, path), "utf8")))).toEqual([]);
  });

  test("the sources that are checked include every room of the house", () => {
    const rooms = new Set(sources.map(moduleOf));
    for (const room of ["random", "spec", "engines", "training", "datasets", "store", "workers", "app"])
      expect(rooms).toContain(room);
  });

  test.each([
    ["lib/spec/bad.ts", 'import { tfjs } from "../engines/tfjs/engine";', "spec may import random"],
    ["lib/spec/bad.ts", 'import type { Engine } from "@/lib/engines/engine";', "spec may import random"],
    ["lib/spec/bad.ts", 'export { open } from "../blob/store";', "spec may import random"],
    ["lib/spec/bad.ts", 'type Page = import("../../app/page").Page;', "spec may import random"],
    ["lib/training/bad.ts", 'import { select } from "../engines/select";', "training may import"],
    ["lib/store/bad.ts", 'await import("../datasets/loader");', "store may import"],
    ["lib/cellar/bad.ts", 'import { parse } from "../spec/parse";', "no line for cellar"],
    ["lib/metrics/bad.ts", 'import { useState } from "react";', "only app/"],
    ["lib/store/bad.ts", 'import { create } from "zustand";', "only app/"],
    ["workers/bad.ts", 'import { shuffle } from "../lib/random";', "workers may import"],
    ["lib/engines/wasm/bad.ts", 'import * as tf from "@tensorflow/tfjs-core";', "only lib/engines/tfjs/"],
    ["app/_playground/bad.tsx", 'import { put } from "@vercel/blob";', "only lib/blob/vercel"],
    ["app/_playground/bad.tsx", 'import { Line } from "recharts";', "only app/_charts/"],
    ["app/_playground/bad.tsx", 'import { wrap } from "comlink";', "only lib/training/client"],
    ["app/_playground/bad.tsx", 'import type { Engine } from "@/lib/engines/engine";', "app may import"],
    ["app/_playground/bad.tsx", 'import "../../workers/trainer.worker";', "app may import"],
    ["app/_playground/bad.tsx", 'import { GET } from "../api/health/route";', "app may import"],
    ["app/_playground/bad.tsx", 'import { digits } from "@/lib/datasets/testing";', "there for tests"],
    ["lib/spec/bad.ts", 'import { root } from "../../scripts/lib/processes.mjs";', "not part of the app"],
    [
      "app/_playground/bad.tsx",
      'new Worker(new URL("../../workers/trainer.worker.ts", import.meta.url));',
      "starts a worker",
    ],
    ["lib/spec/bad.ts", 'export * from "./fields";\nexport { parse } from "./parse";', "is a barrel"],
    ["lib/spec/bad.ts", "const answer = 42;\n".repeat(351), "over 350 lines"],
    ["lib/spec/bad.test.ts", `readFileSync("${["", "home", "ada", "data"].join("/")}");`, "one machine"],
  ])("in %s a breach is found: %#", (path, text, reason) => {
    expect(violations(path, text).join("\n")).toContain(reason);
  });

  test("what the table allows is not refused", () => {
    const text = `import type { Engine } from "../engines/engine";
      import { parse } from "../spec/parse";
      import { z } from "zod";
      export const from = "here";`;
    expect(violations("lib/training/good.ts", text)).toEqual([]);
    expect(violations("lib/spec/layers/registry.ts", 'export { dense } from "./dense";')).toEqual([]);
    expect(violations("lib/training/loop.test.ts", 'import { tfjs } from "../engines/tfjs/engine";')).toEqual(
      [],
    );
  });
});
