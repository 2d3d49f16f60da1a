// The edge has little of a processor: scoring is asked of the route that runs in Node.

/** This server as it knows itself. Never from a request: its caller could name any other. */
const ownOrigin = (): string =>
  process.env.VERCEL_URL
    ? `https://${process.env.VERCEL_URL}`
    : `http://127.0.0.1:${process.env.PORT || 3000}`;

/**
 * Resolves when a submission is scored, or cannot be: the store knows which.
 * @throws Error where the route cannot be reached, or the signal ends it
 */
export async function askForScore(id: string, signal: AbortSignal): Promise<void> {
  const response = await fetch(`${ownOrigin()}/api/submissions/${id}/score`, { method: "POST", signal });
  await response.arrayBuffer();
}
