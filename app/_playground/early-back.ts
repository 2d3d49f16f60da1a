// Where Back or Forward led while the page was being made. Nobody listens then, and Next, which noted the address before,
// writes the old one over the entry that was gone to.

let gone: string | null = null;
const note = (): void => {
  gone = location.pathname + location.search;
};

/** Notes it from now on: to be called before hydration begins. */
export const noteEarlyBack = (): void => window.addEventListener("popstate", note);

/** @returns the path and query that were gone to since; null where none was. From now on somebody else listens. */
export function takeEarlyBack(): string | null {
  window.removeEventListener("popstate", note);
  const address = gone;
  gone = null;
  return address;
}
