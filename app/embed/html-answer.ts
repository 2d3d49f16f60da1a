// A page that was not made by the app's own renderer.

export const htmlAnswer = (html: string, status = 200): Response =>
  new Response(html, { status, headers: { "Content-Type": "text/html; charset=utf-8" } });
