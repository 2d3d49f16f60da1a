// Who may write a kept run: one worker of all tabs, which holds a Web Lock for as long as it lives. Another asks for the
// run and waits until it is given up; a tab that is frozen has it taken away, and what it still writes is refused by the
// database. Without Web Locks, as on pages over plain http, the database alone decides.
import { own, remove, slotsOf, write } from "./checkpoint-database";
import type { CheckpointStore, Claim } from "./keeper";
import { newName } from "./new-name";

/** How long a run's present holder has for giving it up. */
const PATIENCE_MS = 4000;
/** Without Web Locks: a run that was written so lately is still on somewhere. */
const FRESH_MS = 8000;

const CHANNEL = "descent.resume";
const lockName = (id: string) => `descent.run.${id}`;
const locks = (): LockManager | null => globalThis.navigator?.locks ?? null;

/** Whether some tab has the run now. */
export async function isHeld({ id, savedAt }: { id: string; savedAt: number }): Promise<boolean> {
  const manager = locks();
  if (manager === null) return Math.abs(Date.now() - savedAt) < FRESH_MS;
  const { held = [] } = await manager.query();
  return held.some(({ name }) => name === lockName(id));
}

/** Holds the run's lock until it is released; `onTaken` is called where somebody takes it away by force. */
async function hold(id: string, onTaken: () => void): Promise<() => void> {
  const manager = locks();
  let release = () => {};
  if (manager === null) return release;
  const request = (options: LockOptions) =>
    new Promise<void>((resolve, reject) => {
      let isMine = false;
      manager
        .request(lockName(id), options, () => {
          isMine = true;
          resolve();
          return new Promise<void>((done) => {
            release = done;
          });
        })
        .catch((error: unknown) => (isMine ? onTaken() : reject(error)));
    });
  try {
    await request({ signal: AbortSignal.timeout(PATIENCE_MS) });
  } catch {
    await request({ steal: true });
  }
  return () => release();
}

async function claim(id: string, onAsked: () => void): Promise<Claim> {
  const owner = newName();
  const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(CHANNEL);
  channel?.postMessage({ wanted: id, by: owner });
  const release = await hold(id, onAsked);
  try {
    await own(id, owner);
  } catch (error) {
    release();
    channel?.close();
    throw error;
  }
  if (channel !== null)
    channel.onmessage = ({ data }) => {
      if (data?.wanted === id && data.by !== owner) onAsked();
    };
  return {
    slots: () => slotsOf(id),
    write: (entry, sealed) => write(owner, entry, sealed),
    remove: () => remove(id, owner),
    release() {
      channel?.close();
      release();
    },
  };
}

/** This browser's kept runs, as a trainer writes them. */
export const browserCheckpoints: CheckpointStore = { claim };

/** Forgets a run once nobody has it any more. */
export async function forget(id: string): Promise<void> {
  // A worker that was just ended may have a write under way: its lock goes with it, and the write before that.
  await locks()?.request(lockName(id), { signal: AbortSignal.timeout(PATIENCE_MS) }, () => {});
  await remove(id);
}
