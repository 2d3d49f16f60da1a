// Builds each contender's page on its own, so that what a page loads is what that contender costs to download.
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const contenders = fileURLToPath(new URL("contenders", import.meta.url));

/** @returns the names of the entries, each now a folder below `folder` with an `entry.js` */
export async function buildPages(folder: string): Promise<string[]> {
  const files = await readdir(contenders);
  const entries = files.filter((name) => name.endsWith(".ts")).map((name) => name.slice(0, -3));
  for (const entry of entries)
    await build({
      configFile: false,
      root: contenders,
      base: "./",
      logLevel: "error",
      publicDir: false,
      css: { postcss: {} },
      build: {
        outDir: join(folder, entry),
        emptyOutDir: true,
        target: "esnext",
        modulePreload: false,
        reportCompressedSize: false,
        // A module inside a script would be counted in base64.
        assetsInlineLimit: 0,
        rolldownOptions: {
          input: join(contenders, `${entry}.ts`),
          output: { entryFileNames: "entry.js" },
        },
      },
    });
  return entries;
}
