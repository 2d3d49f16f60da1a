// What an address leads to, read from its text alone, for when there is nobody to ask.
import { readLineage, sharedOrNull } from "@/app/x/shared";
import type { SpecState } from "@/lib/store/spec";

type There =
  | { page: "experiment"; opening: SpecState }
  /** The code, as it stands in the path, says no experiment. */
  | { page: "unreadable"; code: string }
  | { page: "run" }
  | { page: "other" };

/** @param address path and query */
export function whatIsAt(address: string): There {
  const { pathname, searchParams } = new URL(address, "http://localhost");
  const [, place, code, ...more] = pathname.split("/");
  if (place === "x" && code && more.length === 0) {
    const spec = sharedOrNull(code);
    if (spec === null) return { page: "unreadable", code };
    const from = searchParams.getAll("from");
    return {
      page: "experiment",
      opening: { spec, forkedFrom: readLineage(from.length > 1 ? from : from[0]) },
    };
  }
  return { page: place === "r" ? "run" : "other" };
}
