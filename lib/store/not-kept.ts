// What this browser does not keep for a page: in another site's frame it may refuse one kind of storage or all of them.

/** Each kind of storage: whether it lets this page in, and what is kept there. Having none, as old browsers do, is no refusal. */
const kinds: readonly { kept: string; open(): unknown }[] = [
  { kept: "runs", open: () => globalThis.indexedDB?.databases?.() },
  { kept: "lesson progress and settings", open: () => globalThis.localStorage?.length },
  { kept: "downloaded images", open: () => globalThis.caches?.has("descent") },
];

async function refuses(open: () => unknown): Promise<boolean> {
  try {
    await open();
    return false;
  } catch {
    return true;
  }
}

/** What is lost when this page closes, in one or two sentences; null where nothing is. */
export async function whatIsNotKept(): Promise<string | null> {
  const refused = await Promise.all(kinds.map(({ open }) => refuses(open)));
  const lost = kinds.flatMap(({ kept }, index) => (refused[index] ? [kept] : []));
  if (lost.length === 0) return null;
  const list = lost.join(", ");
  return `Not kept in this browser: ${list}. It refuses storage to this frame, as it may in other sites' pages. Training works all the same.`;
}
