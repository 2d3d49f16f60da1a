// A course as a file that course sites take: a zip with its description, its page and the page's scripts. The same course
// gives the same bytes.
import { strToU8, zipSync } from "fflate";
import { sha256Of } from "../sha256";
import type { Course } from "./course";
import { writePage } from "./page";
import { PAGE, type Standard } from "./standard";
import { writeXml } from "./xml";

/** The text of a script of ours by its name: "embed.js". */
export type ReadScript = (name: string) => Promise<string>;

/** The files of a package by their names, its description first. */
export async function packageFiles(
  course: Course,
  standard: Standard,
  readScript: ReadScript,
): Promise<Record<string, string>> {
  const scripts = await Promise.all(
    standard.scripts.map(async (name) => [name, await readScript(name)] as const),
  );
  const content = { [PAGE]: writePage(course, standard), ...Object.fromEntries(scripts) };
  const hash = await sha256Of(JSON.stringify(content));
  const description = standard.describe({
    course,
    identifier: `descent-${hash.slice(0, 16)}`,
    files: Object.keys(content),
  });
  return { [standard.descriptionName]: writeXml(description), ...content };
}

/** Files in a zip carry a time, which says nothing here: it is the earliest that there is. */
const NO_TIME = new Date(1980, 0, 1);

/** @returns the zip */
export async function packCourse(
  course: Course,
  standard: Standard,
  readScript: ReadScript,
): Promise<Uint8Array<ArrayBuffer>> {
  const files = await packageFiles(course, standard, readScript);
  const entries = Object.entries(files).map(([name, text]) => [name, strToU8(text)]);
  return zipSync(Object.fromEntries(entries), { level: 9, mtime: NO_TIME });
}

/** A file name that every system takes: "First run" -> "descent-first-run-scorm-1.2.zip". */
export function packageName({ title }: Course, { suffix }: Standard): string {
  const words =
    title
      .normalize("NFKD")
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? [];
  const name = words.join("-").slice(0, 50).replace(/-$/, "");
  return `${["descent", name, suffix].filter(Boolean).join("-")}.zip`;
}
