// Elements to PNG, in this process alone: Inter comes with the app, and nothing is fetched, as the texts hold only
// characters that it has (see lib/share/preview.ts).
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ImageResponse } from "next/og";
import type { StoredRun } from "@/lib/runs/archive";
import { previewOf } from "@/lib/share/preview";
import { curvesOf } from "@/lib/share/preview-curves";
import type { ExperimentSpec } from "@/lib/spec/experiment";
import { HEIGHT, WIDTH } from "./measures";
import { Picture } from "./picture";

async function readFonts() {
  // Each path is written out, so that the server's files are traced to these two.
  const [regular, semibold] = await Promise.all([
    readFile(join(process.cwd(), "node_modules/@fontsource/inter/files/inter-latin-400-normal.woff")),
    readFile(join(process.cwd(), "node_modules/@fontsource/inter/files/inter-latin-600-normal.woff")),
  ]);
  return [
    { name: "Inter", data: regular, weight: 400, style: "normal" },
    { name: "Inter", data: semibold, weight: 600, style: "normal" },
  ] as const;
}

let fonts: ReturnType<typeof readFonts> | undefined;

/**
 * Draws an experiment, or a run with its curves.
 * @returns a PNG of 1200×630 pixels
 * @throws Error where the picture cannot be drawn: there is no half of one
 */
export async function draw(
  spec: ExperimentSpec,
  run: StoredRun["run"] | null,
): Promise<Uint8Array<ArrayBuffer>> {
  fonts ??= readFonts();
  const picture = <Picture preview={previewOf(spec)} curves={run === null ? null : curvesOf(run)} />;
  const response = new ImageResponse(picture, { width: WIDTH, height: HEIGHT, fonts: [...(await fonts)] });
  return new Uint8Array(await response.arrayBuffer());
}
