// The published runs in the store. The weights are put first and the run last: a run that can be read is whole, and
// a publishing that dies on its way leaves at most weights that nobody names.
import type { OpenStore } from "../blob/environment";
import { forever } from "../blob/store";
import { ApiError } from "../http";
import { sha256Of } from "../sha256";
import { canonicalRun, type PublishedRun, parsePublishedRun } from "../share/published-run";
import { weightsContentType } from "./limits";
import { isNameOf, runName, weightsName } from "./names";
import { createRecent } from "./recent";

/** A published run with its name, and where a browser finds its weights. */
export type StoredRun = PublishedRun & { id: string; weights: PublishedRun["weights"] & { url: string } };

export interface Archive {
  /**
   * A run by its name, checked as if it had come from anywhere; null where there is none. Costs one `read` of the
   * store, and nothing while it is remembered.
   * @param id 64 hexadecimal digits
   * @throws ApiError 502 where what is stored is not the run of this name; StoreError
   */
  read(id: string): Promise<StoredRun | null>;
  /** The name that a run has, or would have. */
  idOf(run: PublishedRun): Promise<string>;
  /**
   * Keeps a run whose weights have been checked. Costs a `put` of the run, and one of the weights unless they are
   * in the store; where the run is there already, a `read` of it.
   * @param weights the bytes, or the name of the object that holds them
   * @returns whether it is new; false where it was published before
   */
  keep(
    run: PublishedRun,
    weights: Uint8Array<ArrayBuffer> | string,
  ): Promise<{ id: string; created: boolean }>;
}

/** Of runs in memory, as JSON. */
const REMEMBERED_CHARACTERS = 8_000_000;

/** The run's text stands in its object as it was hashed, so that it needs no writing anew to be checked. */
const envelope = (weights: string, text: string) => `{"weights":${JSON.stringify(weights)},"run":${text}}`;
const envelopePattern = /^\{"weights":"([^"\\]{1,200})","run":(.*)\}$/s;

/** @param open gives the store; asked only where memory does not know the run */
export function createArchive(open: () => OpenStore): Archive {
  const recent = createRecent<StoredRun>(REMEMBERED_CHARACTERS);

  async function parseStored(id: string, stored: Uint8Array<ArrayBuffer>): Promise<StoredRun> {
    const [, name = "", text = ""] = new TextDecoder().decode(stored).match(envelopePattern) ?? [];
    try {
      if ((await sha256Of(text)) !== id) throw new RangeError("It is not the text of this name.");
      const run = parsePublishedRun(JSON.parse(text));
      if (!isNameOf(name, run.weights.sha256)) throw new RangeError("It names other weights.");
      return { id, ...run, weights: { ...run.weights, url: open().store.publicUrl(name) } };
    } catch (cause) {
      console.error(`The stored run ${id} is damaged:`, cause);
      throw new ApiError(502, "run_damaged", "This run is damaged in the store and cannot be shown.", "id");
    }
  }

  const read = (id: string) =>
    recent.get(id, async () => {
      const stored = await open().store.read(runName(id));
      if (stored === null) return null;
      return { value: await parseStored(id, stored), size: stored.length };
    });

  return {
    read,
    idOf: (run) => sha256Of(canonicalRun(run)),
    async keep(run, weights) {
      const { store } = open();
      const text = canonicalRun(run);
      const id = await sha256Of(text);
      const options = { overwrite: false, maxAgeSeconds: forever };
      let name: string;
      if (typeof weights === "string") name = weights;
      else {
        name = weightsName(run.weights.sha256);
        await store.put(name, weights, { ...options, contentType: weightsContentType });
      }
      const json = { ...options, contentType: "application/json" };
      const created = await store.put(runName(id), envelope(name, text), json);
      // Whoever is told that it was there already is told so of a run that can be read.
      if (!created) await read(id);
      return { id, created };
    },
  };
}
