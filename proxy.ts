// Runs before the routes with paths of their own. Pages that are drawn for each visit get a policy with a nonce of their own,
// which Next reads from the request. And Next answers a broken percent-escape in a path with a 500, but it is the caller's.
import { NextResponse } from "next/server";
import { nonceSource } from "./lib/security/inline-scripts";
import { embedPolicy, pagePolicy, storesOf } from "./lib/security/policy";

/** Pages that say themselves what is wrong with an address. */
const sayThemselves = /^\/(?:x|r|embed)\//;

export function proxy(request: Request): Response | undefined {
  const url = new URL(request.url);
  const { pathname } = url;
  try {
    decodeURIComponent(pathname);
  } catch {
    if (sayThemselves.test(pathname)) {
      // The page is asked for the letters as they were typed, by the name that this server was called by.
      url.pathname = pathname.replaceAll("%", "%25");
      url.host = request.headers.get("host") ?? url.host;
      return Response.redirect(url, 308);
    }
    const message = `path is "${pathname}"; it must hold whole percent-escapes, as in %20.`;
    return Response.json({ error: { code: "invalid", message, field: "path" } }, { status: 400 });
  }
  // While one edits, pages are made of texts that are evaluated.
  if (process.env.NODE_ENV === "production" && sayThemselves.test(pathname)) return withNonce(request);
}

function withNonce(request: Request): Response {
  const scripts = [nonceSource()];
  const { env } = process;
  const policy = new URL(request.url).pathname.startsWith("/embed/")
    ? embedPolicy(scripts, env)
    : pagePolicy({ scripts, stores: storesOf(env) });
  const headers = new Headers(request.headers);
  headers.set("Content-Security-Policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("Content-Security-Policy", policy);
  return response;
}

// Elsewhere only where there is an escape: every other request does without this detour, which takes as long as the answer.
// What a page asks for to show the next one is data, whose scripts nobody runs.
export const config = {
  matcher: [
    "/api/(.*%.*)",
    "/local-blob/files/(.*%.*)",
    "/x/(.*%.*)",
    "/r/(.*%.*)",
    "/embed/(.*%.*)",
    { source: "/x/:code", missing: [{ type: "header", key: "rsc" }] },
    { source: "/r/:id", missing: [{ type: "header", key: "rsc" }] },
    { source: "/embed/:path+", missing: [{ type: "header", key: "rsc" }] },
  ],
};
