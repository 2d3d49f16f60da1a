// Runs before the routes with paths of their own: Next answers a broken percent-escape in a path with a 500, but it is the caller's.

export function proxy(request: Request): Response | undefined {
  const { pathname } = new URL(request.url);
  try {
    decodeURIComponent(pathname);
  } catch {
    const message = `path is "${pathname}"; it must hold whole percent-escapes, as in %20.`;
    return Response.json({ error: { code: "invalid", message, field: "path" } }, { status: 400 });
  }
}

export const config = { matcher: ["/api/:path*", "/local-blob/files/:path*"] };
