// Deletes everything that this site keeps in this browser. There is no way back.
import { forgetOffline } from "./begin";

/** What begins with it is ours, in caches, databases and local storage alike. */
const OURS = "descent";
/** Where a browser cannot list its databases. */
const KNOWN = ["descent", "descent-player", "descent-outbox", "descent-drawings", "descent.resume"];
/** The choice of colours is under a name of its library's. */
const THEME = "theme";

function deleteDatabase(name: string): Promise<void> {
  return new Promise((resolve) => {
    const request = indexedDB.deleteDatabase(name);
    // Another tab that holds it open loses it when it is closed.
    request.onsuccess = request.onerror = request.onblocked = () => resolve();
  });
}

/** Resolves when it is gone, as far as this browser lets it be deleted. Never rejects. */
export async function clearEverything(): Promise<void> {
  await forgetOffline().catch(() => {});
  try {
    const listed = await indexedDB.databases?.();
    const names = listed?.flatMap(({ name }) => (name?.startsWith(OURS) ? [name] : [])) ?? KNOWN;
    await Promise.all(names.map(deleteDatabase));
  } catch {
    // Where databases are refused there are none.
  }
  try {
    for (const key of Object.keys(localStorage))
      if (key.startsWith(`${OURS}.`) || key === THEME) localStorage.removeItem(key);
  } catch {
    // Nor is there anything where local storage is refused.
  }
}
