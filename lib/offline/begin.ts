// Makes this browser ready to work without a network, in the background: first the app's files, by the service worker, then
// the data sets. A page that needs the line for itself holds everything up.
import * as datasets from "../spec/datasets/registry";
import type { DatasetId } from "../spec/experiment";
import { type Kept, keepDataset, keptOf, nothingFetched } from "./keep-data";
import { APP_CACHE, LISTS_CACHE, type PageMessage, parseWorkerMessage, SERVICE_WORKER } from "./messages";
import { type Offline, type OfflineState, offlineStore } from "./offline";
import { isWanted, rememberWanted } from "./wanted";

/** Exchangeable parts, for tests. */
export interface Surroundings {
  container: Pick<
    ServiceWorkerContainer,
    "controller" | "register" | "getRegistration" | "addEventListener" | "startMessages"
  >;
  caches: CacheStorage;
  fetch: (url: string, init?: RequestInit) => Promise<Response>;
  origin: string;
  savesData: boolean;
  reload(): void;
  /** True while something of the page needs the line for itself. */
  isBusy(): boolean;
  /** Calls back whenever that may have changed. @returns what ends it */
  onBusyChange(listener: () => void): () => void;
}

/** How often an open page asks whether there is a newer version. */
const ASK_MS = 3_600_000;

const set = offlineStore.setState;
const entries = Object.entries(datasets) as [DatasetId, (typeof datasets)[DatasetId]][];

let surroundings: Surroundings | null = null;
/** Ends the fetching that is under way. */
let stop = new AbortController();
/** The new version was asked for here: the page is to be made anew from it. */
let taking = false;

/** To be called once on a page, which is at rest by then. Resolves when there is nothing more to fetch. */
export async function beginOffline(around: Surroundings): Promise<void> {
  surroundings = around;
  const { container, savesData } = around;
  set({ savesData });
  listen(around);
  const present = await container.getRegistration();
  const wanted = isWanted() ?? (!savesData || present !== undefined);
  await look(around, wanted ? "fetching" : "off");
  if (wanted) await fetchAll(around);
}

/** Fetches everything because somebody wants it, now and from now on. */
export async function keepOffline(): Promise<void> {
  rememberWanted(true);
  if (surroundings !== null) await fetchAll(surroundings);
}

/** Goes on where the network failed. To be called when it is back. */
export async function goOnOffline(): Promise<void> {
  if (surroundings !== null && offlineStore.getState().state === "broken") await fetchAll(surroundings);
}

/** Deletes what was fetched ahead, and fetches nothing from now on. The page in hand goes on as it is. */
export async function forgetOffline(): Promise<void> {
  rememberWanted(false);
  stop.abort();
  if (surroundings === null) return;
  const { container, caches } = surroundings;
  await (await container.getRegistration())?.unregister();
  const families = [APP_CACHE, LISTS_CACHE, ...entries.map(([id]) => `descent-${id}-`)];
  for (const name of await caches.keys())
    if (families.some((family) => name.startsWith(family))) await caches.delete(name);
  set({ state: "off", app: null, data: {}, update: "none" });
}

/** Takes the new version, which makes the page anew. Not to be called while a run is on. */
export async function takeUpdate(): Promise<void> {
  if (surroundings === null) return;
  const { container, reload } = surroundings;
  const waiting = (await container.getRegistration())?.waiting ?? null;
  taking = true;
  if (waiting === null) reload();
  else say(waiting, { type: "SKIP_WAITING" });
}

const say = (worker: ServiceWorker | null, message: PageMessage): void => worker?.postMessage(message);

function listen({ container, reload }: Surroundings): void {
  let controlled = container.controller !== null;
  container.addEventListener("controllerchange", () => {
    // The first one takes the page into its care; any other is a newer version.
    if (taking) reload();
    else if (controlled) set({ update: "taken" });
    controlled = true;
  });
  container.addEventListener("message", ({ data }) => {
    const message = parseWorkerMessage(data);
    if (message === null) return;
    const { done, total, sizeBytes: totalBytes } = message;
    const { app } = offlineStore.getState();
    // A newer version that is fetched beside a whole one takes nothing away.
    if (app !== null && app.done === app.total && done < total) return;
    set({ app: { done, total, totalBytes, sizeBytes: Math.round((totalBytes * done) / total) } });
  });
  container.startMessages();
  setInterval(async () => {
    const registration = await container.getRegistration();
    await registration?.update().catch(() => {});
  }, ASK_MS);
}

/** Resolves when nothing of the page needs the line. */
function quiet({ isBusy, onBusyChange }: Surroundings): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (isBusy()) return;
      forget();
      resolve();
    };
    const forget = onBusyChange(look);
    look();
  });
}

async function fetchAll(around: Surroundings): Promise<void> {
  stop.abort();
  stop = new AbortController();
  const { signal } = stop;
  if (offlineStore.getState().state !== "ready") set({ state: "fetching" });
  try {
    await quiet(around);
    signal.throwIfAborted();
    // How much is to come is known before the first of it comes.
    const data = await keptData(around);
    signal.throwIfAborted();
    set({ data });
    await keepApp(around);
    const complete = [];
    for (const [id, definition] of entries) {
      const onProgress = (kept: Kept) =>
        signal.aborted || set(({ data }) => ({ data: { ...data, [id]: kept } }));
      const options = { ...around, quiet: () => quiet(around), signal, onProgress };
      const { done, total } = await keepDataset(definition, options);
      complete.push(done === total);
    }
    if (!signal.aborted) set({ state: complete.every(Boolean) ? "ready" : "broken" });
  } catch {
    if (!signal.aborted) await look(around, "broken");
  }
}

/** What is here, without fetching; all of it is ready, whatever else was said. */
async function look(around: Surroundings, otherwise: OfflineState): Promise<void> {
  const active = (await around.container.getRegistration())?.active ?? null;
  say(active, { type: "hello" });
  const data = await keptData({ ...around, fetch: nothingFetched });
  const whole = active !== null && entries.every(([id]) => data[id] && data[id].done === data[id].total);
  set({ data, state: whole ? "ready" : otherwise });
}

/** What is here of each data set whose list can be had. */
async function keptData(around: Surroundings): Promise<Offline["data"]> {
  const kept = entries.map(async ([id, definition]) => [id, await keptOf(definition, around)] as const);
  return Object.fromEntries((await Promise.all(kept)).filter(([, part]) => part !== null));
}

/** Resolves when the app's files are here. @throws where they cannot be had */
async function keepApp(around: Surroundings): Promise<void> {
  const registration = await around.container.register(SERVICE_WORKER, { updateViaCache: "none" });
  watch(registration, around);
  if (registration.active === null) await installed(registration);
  say(registration.active, { type: "hello" });
}

/** Resolves when the first version is there. @throws where it could not be fetched whole */
function installed(registration: ServiceWorkerRegistration): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = registration.installing ?? registration.waiting;
    if (worker === null) return resolve();
    const look = () => {
      if (worker.state === "activated") resolve();
      if (worker.state === "redundant") reject(new Error("The app's files did not come."));
    };
    worker.addEventListener("statechange", look);
    look();
  });
}

let watched: ServiceWorkerRegistration | null = null;

/** Holds the fetching of any version up while the page is busy, and notes a newer one as soon as it is here whole. */
function watch(registration: ServiceWorkerRegistration, { isBusy, onBusyChange }: Surroundings): void {
  if (watched === registration) return;
  watched = registration;
  let held: boolean | null = null;
  const hold = () => {
    if (held === isBusy()) return;
    held = isBusy();
    say(registration.installing, { type: "hold", held });
  };
  const look = () => {
    if (registration.waiting !== null && registration.active !== null) set({ update: "waiting" });
  };
  const attend = () => {
    registration.installing?.addEventListener("statechange", look);
    held = null;
    hold();
  };
  registration.addEventListener("updatefound", attend);
  onBusyChange(hold);
  attend();
  look();
}
