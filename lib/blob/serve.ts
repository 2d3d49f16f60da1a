// A small bridge from node:http to a Web-standard handler, for commands and tests that need no whole app.
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { ReadableStream } from "node:stream/web";

function toRequest(message: IncomingMessage): Request {
  const headers = new Headers();
  for (const [name, values] of Object.entries(message.headersDistinct))
    for (const value of values ?? []) headers.append(name, value);
  const bare = message.method === "GET" || message.method === "HEAD";
  const init = {
    method: message.method,
    headers,
    // Not Readable.toWeb: of a body that nobody reads to its end, Node 20 still pushes into the cancelled stream.
    body: bare ? null : ReadableStream.from(message.iterator({ destroyOnReturn: false })),
    duplex: "half",
  };
  return new Request(`http://${message.headers.host}${message.url}`, init as RequestInit);
}

export interface RunningServer {
  /** E.g. "http://127.0.0.1:41234". */
  origin: string;
  /** Ends at once, with the connections that are open. */
  close(): Promise<void>;
}

/** Serves `handler` on this machine's loopback address. @param port 0 takes any free one */
export async function serve(
  handler: (request: Request) => Promise<Response>,
  port = 0,
): Promise<RunningServer> {
  const server = createServer(async (message, reply) => {
    try {
      const response = await handler(toRequest(message));
      reply.writeHead(response.status, Object.fromEntries(response.headers));
      if (response.body) await pipeline(Readable.fromWeb(response.body as never), reply);
      else reply.end();
    } catch {
      // The other side went away, or the handler broke: either way there is nobody left to tell.
      reply.destroy();
    }
  });
  await new Promise<void>((done, fail) => server.once("error", fail).listen(port, "127.0.0.1", done));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      const closed = new Promise((done) => server.close(done));
      server.closeAllConnections();
      await closed;
    },
  };
}
