// Serves the pages, each contender from a host name of its own, and counts what each one downloads.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import { gzipSync } from "node:zlib";

const types: Record<string, string> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".wasm": "application/wasm",
};

/** With these a page gets SharedArrayBuffer, and with it threads. */
const isolation = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};

export interface BenchServer {
  /** @param host a name that is this page's alone: the browser then gives it a process of its own */
  url(host: string, entry: string, query: string): string;
  /** Bytes, each file gzipped, that the pages of a host loaded; the images are not counted. */
  downloaded(host: string): number;
  close(): void;
}

/**
 * @param pages the folder of built entries
 * @param data the folder of images
 */
export async function serveBench(pages: string, data: string): Promise<BenchServer> {
  const sizes = new Map<string, Map<string, number>>();
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url!, "http://localhost");
    const host = request.headers.host!.split(".")[0]!;
    const path = normalize(pathname);
    try {
      const entry = /^\/([\w-]+)\/$/.exec(path)?.[1];
      const file = path.startsWith("/data/") ? join(data, path.slice("/data/".length)) : join(pages, path);
      const body =
        entry === undefined
          ? await readFile(file)
          : Buffer.from(
              `<!doctype html><link rel="icon" href="data:,"><script type="module" src="entry.js"></script>`,
            );
      if (!path.startsWith("/data/")) {
        const files = sizes.get(host) ?? new Map<string, number>();
        sizes.set(host, files.set(path, gzipSync(body, { level: 9 }).length));
      }
      response.writeHead(200, {
        "Content-Type":
          entry === undefined ? (types[extname(file)] ?? "application/octet-stream") : "text/html",
        ...(host.endsWith("-threads") ? isolation : {}),
      });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: (host, entry, query) => `http://${host}.localhost:${port}/${entry}/${query}`,
    downloaded: (host) => [...(sizes.get(host)?.values() ?? [])].reduce((sum, size) => sum + size, 0),
    close: () => server.close(),
  };
}
