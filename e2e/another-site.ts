// Somebody else's site: a server of its own, whose pages are of another origin than ours.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface Answer {
  /** A media type; text/html where it is left out. */
  type?: string;
  status?: number;
  body?: string | Uint8Array;
}

export interface Asked {
  method: string;
  url: URL;
  headers: NodeJS.Dict<string | string[]>;
  body: string;
}

export interface Site {
  /** E.g. "http://127.0.0.1:40123"; ours is called localhost in the journeys. */
  origin: string;
  /** What stands at each path. */
  pages: Map<string, Answer | ((asked: Asked) => Answer)>;
  close(): Promise<void>;
}

export async function openSite(): Promise<Site> {
  // Browsers ask every site for its icon.
  const pages: Site["pages"] = new Map([["/favicon.ico", { status: 204 }]]);
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    let body = "";
    for await (const part of request) body += part;
    const found = pages.get(url.pathname) ?? { status: 404 };
    const asked = { method: request.method ?? "GET", url, headers: request.headers, body };
    const answer = typeof found === "function" ? found(asked) : found;
    response.writeHead(answer.status ?? 200, { "Content-Type": answer.type ?? "text/html; charset=utf-8" });
    response.end(answer.body ?? "");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    pages,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
