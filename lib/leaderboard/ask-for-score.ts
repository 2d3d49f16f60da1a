// The edge has little of a processor: scoring is asked of the route that runs in Node.

/** A submission that takes longer is answered as received, and scored all the same. */
const PATIENCE_MS = 8_000;

/** This server as it knows itself. Never from a request: its caller could name any other. */
const ownOrigin = (): string =>
  process.env.VERCEL_URL
    ? `https://${process.env.VERCEL_URL}`
    : `http://127.0.0.1:${process.env.PORT || 3000}`;

/** Resolves when a submission is scored, or that takes too long, or cannot be had: the store knows which. */
export async function askForScore(id: string): Promise<void> {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  await fetch(`${ownOrigin()}/api/submissions/${id}/score`, { method: "POST", signal }).then(
    (response) => response.arrayBuffer(),
    () => {},
  );
}
