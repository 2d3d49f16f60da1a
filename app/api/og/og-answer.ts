// GET /api/og/<code>: the picture of an experiment, or of a published run where the code is a run's name. A picture
// follows from its address alone, so it may be kept for ever; a few are kept here as well.
import { respond } from "@/lib/http";
import type { StoredRun } from "@/lib/runs/archive";
import { createRecent } from "@/lib/runs/recent";
import { decodeExperiment, encodeExperiment } from "@/lib/share/code";
import type { ExperimentSpec } from "@/lib/spec/experiment";
import { ParseError } from "@/lib/spec/parse";

const FOREVER = "public, max-age=31536000, s-maxage=31536000, immutable";
/** A code that means nothing today may mean something in a later version. */
const SHORTLY = "public, max-age=60, s-maxage=300";
const REMEMBERED_BYTES = 4_000_000;

interface OgDependencies {
  readRun(id: string): Promise<StoredRun | null>;
  draw(spec: ExperimentSpec, run: StoredRun["run"] | null): Promise<Uint8Array<ArrayBuffer>>;
}

/** @param code as it stands in the address, its percent-escapes decoded */
export function createOgAnswer({ readRun, draw }: OgDependencies) {
  const pictures = createRecent<Uint8Array<ArrayBuffer>>(REMEMBERED_BYTES);
  // Drawing takes the processor: pictures are drawn one after the other, and between them others are answered.
  let line: Promise<unknown> = Promise.resolve();

  const drawn = (key: string, spec: ExperimentSpec, run: StoredRun["run"] | null) =>
    pictures.get(key, async () => {
      const turn = line.then(() => draw(spec, run));
      line = turn.catch(() => {});
      const value = await turn;
      return { value, size: value.length };
    });

  /** @throws StoreError where the store cannot be asked for a run */
  return async function answer(code: string): Promise<Response> {
    if (/^[0-9a-f]{64}$/.test(code)) {
      const stored = await readRun(code);
      if (stored === null)
        return refuse("code names a run that is not there; it must be that of a published run.", "no-store");
      return picture(await drawn(code, stored.run.experiment, stored.run));
    }
    try {
      const spec = decodeExperiment(code);
      return picture(await drawn(encodeExperiment(spec), spec, null));
    } catch (error) {
      if (error instanceof ParseError) return refuse(error.message, SHORTLY);
      throw error;
    }
  };
}

const refuse = (message: string, cacheControl: string): Response =>
  respond({ error: { code: "not_found", message, field: "code" } }, { status: 404, cacheControl });

const picture = (png: Uint8Array<ArrayBuffer> | null): Response =>
  new Response(png, { headers: { "Content-Type": "image/png", "Cache-Control": FOREVER } });
