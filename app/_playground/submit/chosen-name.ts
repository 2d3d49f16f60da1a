// The name that this browser's player chose last; parsed when it is read.
import * as z from "zod/mini";
import { readStored, writeStored } from "@/lib/store/storage";

const KEY = "descent.player-name";
const schema = z.string().check(z.maxLength(200));

/** Empty where none was chosen. */
export const chosenName = (): string => readStored(KEY, schema, "");
export const rememberName = (name: string): void => void writeStored(KEY, name);
