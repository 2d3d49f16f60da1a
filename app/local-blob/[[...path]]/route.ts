// The embedded object store, for servers without Vercel Blob. On Vercel it does not exist: files would not last.
import { embeddedBlob } from "@/lib/blob/embedded";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

let handler: ReturnType<typeof embeddedBlob> | undefined;

async function handle(request: Request): Promise<Response> {
  if (process.env.VERCEL) return new Response(null, { status: 404 });
  handler ??= embeddedBlob().catch((error) => {
    handler = undefined;
    throw error;
  });
  return (await handler)(request);
}

export { handle as GET, handle as HEAD, handle as POST, handle as PUT };
