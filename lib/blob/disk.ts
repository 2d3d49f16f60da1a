// Objects as files. An object is one file: a header of fixed size, then its bytes; it is written elsewhere and
// becomes visible by one link or rename, so that it is there completely or not at all, whenever the process dies.
import { createHash, randomBytes } from "node:crypto";
import { type FileHandle, link, mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { checkName, checkPrefix } from "./store";

export interface StoredObject {
  name: string;
  sizeBytes: number;
  contentType: string;
  maxAgeSeconds: number;
  /** Milliseconds since 1970. */
  uploadedAt: number;
  /** Of the bytes, in hexadecimal. */
  sha256: string;
}

type Header = Omit<StoredObject, "name">;

export interface WriteOptions {
  contentType: string;
  maxAgeSeconds: number;
  overwrite: boolean;
  /** What the sender said that it would send; null where it did not say. */
  sizeBytes: number | null;
}

/** The sender broke off: what came is less than it said. */
export class IncompleteBodyError extends Error {
  override name = "IncompleteBodyError";
}

const HEADER_BYTES = 1024;
/** Ends the names of object files: no name contains it, so that `a` and `a/b` can both be objects. */
const SUFFIX = "~";
/** A temporary file that was not written to for so long belongs to a process that died. */
const ABANDONED_MS = 10 * 60 * 1000;

const hasCode = (error: unknown, ...codes: string[]) =>
  error instanceof Error && "code" in error && codes.includes(String(error.code));

function encodeHeader(header: Header): Buffer {
  const text = Buffer.from(JSON.stringify(header));
  if (text.length >= HEADER_BYTES) throw new RangeError("An object's content type is too long to store.");
  return Buffer.concat([text, Buffer.alloc(HEADER_BYTES - text.length - 1, " "), Buffer.from("\n")]);
}

async function readHeader(file: FileHandle, name: string): Promise<StoredObject> {
  const { buffer } = await file.read(Buffer.alloc(HEADER_BYTES), 0, HEADER_BYTES, 0);
  const { size } = await file.stat();
  let header: Partial<Header> = {};
  try {
    header = Object(JSON.parse(buffer.toString()));
  } catch {
    // Said below, with the name.
  }
  const { sizeBytes, contentType, maxAgeSeconds, uploadedAt, sha256 } = header;
  if (
    typeof contentType !== "string" ||
    typeof maxAgeSeconds !== "number" ||
    typeof uploadedAt !== "number" ||
    typeof sha256 !== "string" ||
    size !== HEADER_BYTES + Number(sizeBytes)
  )
    throw new Error(`The stored object ${name} is damaged: delete its file in the data folder.`);
  return { name, sizeBytes: Number(sizeBytes), contentType, maxAgeSeconds, uploadedAt, sha256 };
}

async function writeFully(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}

/** Makes a new entry of a folder survive a power cut, where the system can. */
async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, "r");
    await handle.sync().finally(() => handle.close());
  } catch (error) {
    // Windows does not open folders.
    if (!hasCode(error, "EISDIR", "EPERM", "EACCES", "EINVAL")) throw error;
  }
}

/** A folder full of objects. @param folder is made when first written to; one folder may have several processes */
export function openDisk(folder: string) {
  const objects = join(folder, "objects");
  const temporary = join(folder, "temporary");
  const fileOf = (name: string) => join(objects, ...checkName(name).split("/")) + SUFFIX;

  async function opened<T>(name: string, use: (file: FileHandle) => Promise<T>): Promise<T | null> {
    let file: FileHandle;
    try {
      file = await open(fileOf(name), "r");
    } catch (error) {
      if (hasCode(error, "ENOENT", "ENOTDIR")) return null;
      throw error;
    }
    try {
      return await use(file);
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** Makes a finished temporary file the object; false if the name is taken. */
  async function commit(from: string, name: string, overwrite: boolean): Promise<boolean> {
    const to = fileOf(name);
    await mkdir(dirname(to), { recursive: true });
    try {
      if (overwrite) await rename(from, to);
      else await link(from, to);
    } catch (error) {
      if (hasCode(error, "EEXIST")) return false;
      throw error;
    }
    await syncFolder(dirname(to));
    return true;
  }

  /** Every name below a folder that begins with `prefix` and comes after `after`, in order. */
  async function* walk(path: string, prefix: string, after: string): AsyncGenerator<string> {
    const entries = await readdir(join(objects, path), { withFileTypes: true }).catch((error) => {
      if (hasCode(error, "ENOENT", "ENOTDIR")) return [];
      throw error;
    });
    // A folder sorts as the names in it do: with its slash.
    const keys = entries.map((entry) =>
      entry.isDirectory() ? `${path}${entry.name}/` : path + entry.name.slice(0, -SUFFIX.length),
    );
    for (const key of keys.sort((a, b) => (a < b ? -1 : 1))) {
      if (!key.startsWith(prefix) && !prefix.startsWith(key)) continue;
      if (!key.endsWith("/")) {
        if (key > after && key.startsWith(prefix)) yield key;
      } else if (key > after || after.startsWith(key)) yield* walk(key, prefix, after);
    }
  }

  return {
    /** @returns null if the name is taken and `overwrite` is false @throws IncompleteBodyError */
    async write(
      name: string,
      body: AsyncIterable<Uint8Array>,
      { contentType, maxAgeSeconds, overwrite, sizeBytes: expected }: WriteOptions,
    ): Promise<StoredObject | null> {
      checkName(name);
      await mkdir(temporary, { recursive: true });
      const path = join(temporary, randomBytes(12).toString("hex"));
      try {
        const file = await open(path, "wx");
        let header: Header;
        try {
          const hash = createHash("sha256");
          let sizeBytes = 0;
          for await (const chunk of body) {
            await writeFully(file, chunk, HEADER_BYTES + sizeBytes);
            hash.update(chunk);
            sizeBytes += chunk.length;
          }
          if (expected !== null && expected !== sizeBytes)
            throw new IncompleteBodyError(`${sizeBytes} of ${expected} bytes of ${name} came.`);
          const sha256 = hash.digest("hex");
          header = { sizeBytes, contentType, maxAgeSeconds, uploadedAt: Date.now(), sha256 };
          await writeFully(file, encodeHeader(header), 0);
          await file.sync();
        } finally {
          await file.close();
        }
        return (await commit(path, name, overwrite)) ? { name, ...header } : null;
      } finally {
        await rm(path, { force: true });
      }
    },

    head: (name: string): Promise<StoredObject | null> =>
      opened(name, async (file) => {
        const info = await readHeader(file, name);
        await file.close();
        return info;
      }),

    /** The object, held open: unharmed if it is overwritten meanwhile. End with `stream` or `close`. */
    open: (name: string) =>
      opened(name, async (file) => ({
        info: await readHeader(file, name),
        /** All its bytes; the file is closed. */
        async bytes(): Promise<Uint8Array<ArrayBuffer>> {
          const { size } = await file.stat();
          const bytes = new Uint8Array(size - HEADER_BYTES);
          for (let done = 0; done < bytes.length; ) {
            const { bytesRead } = await file.read(bytes, done, bytes.length - done, HEADER_BYTES + done);
            if (bytesRead === 0) break;
            done += bytesRead;
          }
          await file.close();
          return bytes;
        },
        /** Its bytes; the file is closed when they are read or the stream is cancelled. */
        stream: () =>
          Readable.toWeb(file.createReadStream({ start: HEADER_BYTES })) as ReadableStream<Uint8Array>,
        close: () => file.close(),
      })),

    /** At most `limit` objects after the name `after`, and whether there are more. */
    async list(prefix: string, after: string, limit: number) {
      const found: StoredObject[] = [];
      for await (const name of walk("", checkPrefix(prefix), after)) {
        // One more than asked for, to know whether there is more; one deleted since is passed over.
        const info = await this.head(name);
        if (info) found.push(info);
        if (found.length > limit) break;
      }
      return { objects: found.slice(0, limit), hasMore: found.length > limit };
    },

    async delete(name: string): Promise<void> {
      await rm(fileOf(name), { force: true });
    },

    /** Removes what killed processes left behind. Files that are being written are left alone. */
    async sweep(): Promise<void> {
      const names = await readdir(temporary).catch(() => []);
      for (const path of names.map((name) => join(temporary, name))) {
        const found = await stat(path).catch(() => null);
        if (found && Date.now() - found.mtimeMs > ABANDONED_MS) await rm(path, { force: true });
      }
    },
  };
}
