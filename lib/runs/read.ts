// Published runs of this server's own store, for routes and for the pages that it draws.
import { openStore } from "../blob/environment";
import { parseRunId } from "../share/published-run";
import { ParseError } from "../spec/parse";
import { createArchive, type StoredRun } from "./archive";

/** One for all that runs in this process. */
export const archive = createArchive(openStore);

/**
 * A published run.
 * @param id as it stands in the address; what cannot be a run's name is none
 * @returns null where there is no such run
 * @throws ApiError 502 where it is damaged, StoreError where the store cannot be asked; the message is one sentence
 */
export async function readRun(id: string): Promise<StoredRun | null> {
  try {
    return await archive.read(parseRunId(id));
  } catch (error) {
    if (error instanceof ParseError) return null;
    throw error;
  }
}
