// A request's body, never more of it in memory than is allowed, whatever its headers say.
import { ApiError } from "../http";

const tooLarge = (limit: number) =>
  new ApiError(413, "too_large", `The request's body must have at most ${limit} bytes.`);

/**
 * Reads a body to its end.
 * @param limit in bytes; what is longer is refused as soon as that is known
 * @throws ApiError 413, or 400 where the sender broke off
 */
export async function readBody(request: Request, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const said = request.headers.get("content-length");
  if (said !== null && Number(said) > limit) throw tooLarge(limit);
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  const reader = request.body?.getReader();
  try {
    for (let part = await reader?.read(); part !== undefined && !part.done; part = await reader!.read()) {
      sizeBytes += part.value.length;
      if (sizeBytes > limit) throw tooLarge(limit);
      chunks.push(part.value);
    }
  } catch (error) {
    await reader?.cancel().catch(() => {});
    if (error instanceof ApiError) throw error;
    throw new ApiError(400, "incomplete", "The request's body broke off.");
  }
  const bytes = new Uint8Array(sizeBytes);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}

/**
 * Reads UTF-8 JSON.
 * @param field what holds it, for the message
 * @throws ApiError 400
 */
export function readJson(bytes: Uint8Array, field: string): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new ApiError(400, "invalid_json", `${field} must be JSON in UTF-8.`, field);
  }
}
