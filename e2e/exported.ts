// What the browser is given to keep when a chart is exported.
import { readFile } from "node:fs/promises";
import type { Locator } from "@playwright/test";

interface Exported {
  /** As it is offered. */
  name: string;
  bytes: Buffer;
}

/** @param part of the page, with one chart of that name */
export async function exported(
  part: Locator,
  chart: string | RegExp,
  kind: "PNG" | "SVG" | "CSV",
): Promise<Exported> {
  await part.getByRole("button", { name: chart }).click();
  const download = part.page().waitForEvent("download");
  await part.page().getByRole("menuitem", { name: kind, exact: true }).click();
  const file = await download;
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}

/** The width in pixels of a PNG; throws for what is none. */
export function pngWidth(bytes: Buffer): number {
  if (bytes.subarray(1, 4).toString() !== "PNG") throw new Error("This is no PNG.");
  return bytes.readUInt32BE(16);
}
