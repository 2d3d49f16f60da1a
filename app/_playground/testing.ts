// The page's HTML, for tests.
import { text } from "node:stream/consumers";
import type { ReactNode } from "react";
import { prerenderToNodeStream } from "react-dom/static";

/** No part is sent after the others. */
const whole = { progressiveChunkSize: Number.POSITIVE_INFINITY };

/** What the server sends, with all that it waits for, and without the marks between texts. */
export async function markupOf(element: ReactNode): Promise<string> {
  const { prelude } = await prerenderToNodeStream(element, whole);
  return (await text(prelude)).replaceAll("<!-- -->", "");
}
