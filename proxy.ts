// Runs before the routes with paths of their own: Next answers a broken percent-escape in a path with a 500, but it is the caller's.

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
}

// Only where there is an escape: every other request does without this detour, which takes as long as the answer.
export const config = {
  matcher: ["/api/(.*%.*)", "/local-blob/files/(.*%.*)", "/x/(.*%.*)", "/r/(.*%.*)", "/embed/(.*%.*)"],
};
