// What was taken off the boards and put back: notes that are only ever added, each signed in its own name, so that who can
// write to the store alone cannot write one.
import { forever, type ObjectInfo, type ObjectStore } from "../blob/store";
import { type ModerationAction, names } from "./names";
import { hmac } from "./secret";

interface Note {
  id: string;
  action: ModerationAction;
  /** One sentence, which the entry's player may read. */
  reason: string;
  /** Milliseconds since 1970. */
  time: number;
}

const pattern = /^(?<id>[0-9a-f]{64})-(?<time>\d{13})-(?<action>hide|show)-(?<mac>[0-9a-f]{32})$/;

async function macOf(
  secret: string,
  { id, time, action }: Omit<Note, "reason">,
  reason: string,
): Promise<string> {
  const bytes = await hmac(secret, "moderation", `${id} ${time} ${action} ${reason}`);
  return Array.from(bytes.subarray(0, 16), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Adds a note. Costs one `put`; the lists are to be updated then. */
export async function appendModeration(store: ObjectStore, secret: string, note: Note): Promise<void> {
  const { id, time, action, reason } = note;
  const name = names.moderated(id, time, action, await macOf(secret, note, ""));
  const options = { contentType: "application/json", overwrite: false, maxAgeSeconds: forever };
  await store.put(name, JSON.stringify({ reason, mac: await macOf(secret, note, reason) }), options);
}

async function listAll(store: ObjectStore, prefix: string): Promise<ObjectInfo[]> {
  const all: ObjectInfo[] = [];
  let cursor: string | undefined;
  do {
    const page = await store.list(prefix, { cursor });
    all.push(...page.objects);
    cursor = page.cursor ?? undefined;
  } while (cursor !== undefined);
  return all;
}

type Named = Omit<Note, "reason"> & { name: string };

/** The latest note of each entry, by the time that it is signed with. */
async function latestNotes(store: ObjectStore, secret: string, prefix: string): Promise<Map<string, Named>> {
  const latest = new Map<string, Named>();
  for (const { name } of await listAll(store, prefix)) {
    const groups = pattern.exec(name.slice(names.moderation.length))?.groups;
    if (groups === undefined) continue;
    const { id = "", mac, action } = groups;
    const note = { id, time: Number(groups.time), action: action as ModerationAction };
    if (mac !== (await macOf(secret, note, ""))) continue;
    if ((latest.get(id)?.time ?? -1) < note.time) latest.set(id, { ...note, name });
  }
  return latest;
}

/** The ids of all entries that are hidden now. Costs one `list` for each thousand notes. */
export async function readHidden(store: ObjectStore, secret: string): Promise<Set<string>> {
  const notes = await latestNotes(store, secret, names.moderation);
  return new Set([...notes.values()].filter(({ action }) => action === "hide").map(({ id }) => id));
}

/** Why an entry is hidden, in one sentence; null where it is not. Costs one `list`, and a `read` where it is. */
export async function whyHidden(store: ObjectStore, secret: string, id: string): Promise<string | null> {
  const note = (await latestNotes(store, secret, `${names.moderation}${id}-`)).get(id);
  if (note?.action !== "hide") return null;
  const bytes = await store.read(note.name);
  const { reason, mac } = Object(bytes === null ? {} : JSON.parse(new TextDecoder().decode(bytes)));
  const signed = typeof reason === "string" && mac === (await macOf(secret, note, reason));
  return signed ? reason : "It was taken off the board.";
}
