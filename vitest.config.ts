import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const top = fileURLToPath(new URL(".", import.meta.url));

const tests = ["lib", "app", "workers", "scripts", "bench"].flatMap((folder) =>
  readdirSync(`${top}${folder}`, { recursive: true, encoding: "utf8" })
    .map((name) => `${folder}/${name.replaceAll("\\", "/")}`)
    .filter((name) => /\.test\.tsx?$/.test(name)),
);

/** What another test in the same process would see: mocks, globals, clocks, the environment, the browser's databases. */
const leavesTraces =
  /\bvi\.(mock|doMock|hoisted|resetModules|stub\w+|useFakeTimers|setSystemTime|spyOn)|fake-indexeddb|process\.(env|chdir|on)|globalThis|defineProperty|(local|session)Storage|await import\(/;
/** Their tests train long, or hold the page's state and devices by files of their own. */
const leavesMore = /^lib\/(courses|engines|store|training)\//;

const isApart = (name: string) =>
  leavesMore.test(name) || leavesTraces.test(readFileSync(top + name, "utf8"));

/** Begin before all others, so that no core waits for one of them at the end. */
const longest = [
  "lib/one-file.test.ts",
  "lib/engines/parity.test.ts",
  "lib/engines/patterns.test.ts",
  "lib/lessons/convolution-and-regularisation.test.ts",
  "lib/leaderboard/whole-path.test.ts",
  "lib/engines/reference/gradients.test.ts",
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) =>
      longest.findIndex((name) => moduleId.endsWith(`/${name}`)) + 1 || longest.length + 1;
    return (await super.sort(files)).toSorted((a, b) => place(a) - place(b));
  }
}

export default defineConfig({
  resolve: { alias: { "@": top } },
  test: {
    testTimeout: 30_000,
    // Vitest would leave a core free, which on two cores is every other one.
    maxWorkers: "100%",
    sequence: { sequencer: LongestFirst },
    projects: [
      { extends: true, test: { name: "apart", include: tests.filter(isApart) } },
      {
        extends: true,
        test: {
          name: "together",
          include: tests.filter((name) => !isApart(name)),
          // A process and what it has loaded of packages serve many files, which takes half the time. Ours begin anew.
          isolate: false,
          setupFiles: ["scripts/lib/fresh-modules.ts"],
        },
      },
    ],
  },
});
