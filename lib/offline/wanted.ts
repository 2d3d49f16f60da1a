// Whether somebody wants this browser to be ready to work without a network; apart from what every page looks at.
import * as z from "zod/mini";
import { object } from "../spec/parse";
import { readStored, writeStored } from "../store/storage";

const KEY = "descent.offline";
const schema = object({ wanted: z.boolean() });

/** Whether somebody said that this site is to be kept or not; null where nobody did. */
export const isWanted = (): boolean | null =>
  readStored<{ wanted: boolean } | null>(KEY, z.nullable(schema), null)?.wanted ?? null;

export const rememberWanted = (wanted: boolean): void => void writeStored(KEY, { wanted });
