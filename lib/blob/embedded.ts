// Where this machine keeps the embedded store, and the secret that opens it to writers.
import { randomBytes } from "node:crypto";
import { link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { embeddedPaths } from "./environment";
import { createLocalBlob } from "./local";

/** DATA_DIR, or `.data` in the folder that the process was started in. */
export const dataFolder = () => resolve(/* turbopackIgnore: true */ process.env.DATA_DIR || ".data");

/**
 * The store's token, made and kept in `<folder>/token` when first asked for; processes that ask at the same time
 * get the same one.
 */
export async function localToken(folder: string): Promise<string> {
  const file = join(folder, "token");
  const read = () => readFile(file, "utf8").then((text) => text.trim());
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
  }
  await mkdir(folder, { recursive: true });
  const own = `${file}-${randomBytes(8).toString("hex")}`;
  await writeFile(own, `vercel_blob_rw_local_${randomBytes(24).toString("hex")}\n`, { mode: 0o600 });
  // The link fails where another process was first; its token then is the one.
  await link(own, file).catch(() => {});
  await rm(own);
  return read();
}

/** The embedded store's request handler for this machine's data folder. */
export async function embeddedBlob(): Promise<(request: Request) => Promise<Response>> {
  const folder = dataFolder();
  const token = process.env.LOCAL_BLOB_TOKEN || (await localToken(folder));
  return createLocalBlob({ folder: join(folder, "blob"), token, mount: embeddedPaths.mount });
}
