// The service worker: keeps the app's files, so that every page opens without a network. Its list of files is put in by
// scripts/service-worker.mjs after each build; a new version is fetched whole beside the old one, then waits to be asked.
import { NavigationRoute, NetworkFirst, type PrecacheEntry, Serwist, type SerwistPlugin } from "serwist";
import { APP_CACHE, LISTS_CACHE, parsePageMessage, type WorkerMessage } from "@/lib/offline/messages";

declare const self: ServiceWorkerGlobalScope & {
  __FILES: { entries: PrecacheEntry[]; sizeBytes: number };
};
const { entries, sizeBytes } = self.__FILES;

/** The page for addresses that only the server could draw: it draws in the browser what the address says. */
const SHELL = "/offline";
/** A page that takes longer to answer is drawn here. */
const PATIENCE_MS = 5_000;
/** A page that held the fetching up and was closed says nothing any more. */
const LONGEST_HOLD_MS = 60_000;
/** Files fetched at the same time: the rest of the line is the page's. */
const CONCURRENCY = 2;

let held: Promise<void> = Promise.resolve();
let letGo = (): void => {};

function hold(on: boolean): void {
  letGo();
  letGo = () => {};
  if (!on) return;
  held = new Promise((resolve) => {
    const timer = setTimeout(resolve, LONGEST_HOLD_MS);
    letGo = () => {
      clearTimeout(timer);
      resolve();
    };
  });
}

/** Of an installation: files that are here. */
let done = 0;

function tell(clients: readonly Client[]): void {
  const message: WorkerMessage = { type: "kept", done, total: entries.length, sizeBytes };
  for (const client of clients) client.postMessage(message);
}

const windows = () => self.clients.matchAll({ type: "window", includeUncontrolled: true });

const gently: SerwistPlugin = {
  // Only what is fetched ahead waits; what a page asks for does not.
  async requestWillFetch({ request, event }) {
    if (event.type === "install") await held;
    return request;
  },
  async handlerDidComplete({ event }) {
    if (event.type !== "install") return;
    done += 1;
    tell(await windows());
  },
};

/** A worker takes its address from the answer, and Turbopack hands it its files behind a # there: ours has no address. */
const withoutAddress: SerwistPlugin = {
  async cachedResponseWillBeUsed({ cachedResponse, event }) {
    const isWorker = event instanceof FetchEvent && event.request.destination === "worker";
    return isWorker && cachedResponse ? new Response(cachedResponse.body, cachedResponse) : cachedResponse;
  },
};

/** Who does not name the revision is content with any. */
const anyRevision: SerwistPlugin = {
  async handlerDidError({ request }) {
    if (new URL(request.url).search !== "") return undefined;
    return (await caches.open(LISTS_CACHE)).match(request, { ignoreSearch: true });
  },
};

const serwist = new Serwist({
  precacheEntries: entries,
  precacheOptions: {
    cacheName: APP_CACHE,
    concurrency: CONCURRENCY,
    plugins: [gently, withoutAddress],
    // Pages that are kept read their query in the browser; Next asks for parts of a page with one of its own.
    ignoreURLParametersMatching: [/^(?!_rsc$)/],
  },
  // A page goes offline in its first visit, too.
  clientsClaim: true,
  disableDevLogs: true,
});

serwist.registerCapture(
  ({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith("/api/datasets/"),
  new NetworkFirst({
    cacheName: LISTS_CACHE,
    networkTimeoutSeconds: PATIENCE_MS / 1000,
    plugins: [anyRevision],
  }),
);

// A tab that is open since the version before still asks for its files.
serwist.registerCapture(
  ({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith("/_next/static/"),
  async ({ request }) => (await caches.match(request)) ?? fetch(request),
);

/** The server's page; ours where it does not come. Of an experiment's page ours is as good, so nobody waits for long. */
async function fromServer(request: Request): Promise<Response> {
  const isDrawnHere = new URL(request.url).pathname.startsWith("/x/");
  const coming = fetch(request);
  const late = new Promise<null>((resolve) => {
    if (isDrawnHere) setTimeout(resolve, PATIENCE_MS, null);
  });
  const answer = await Promise.race([coming, late]).catch(() => null);
  if (answer !== null && !(isDrawnHere && answer.status >= 500)) return answer;
  // What comes too late is nobody's problem.
  coming.catch(() => {});
  return (await serwist.matchPrecache(SHELL)) ?? coming;
}

serwist.registerRoute(
  new NavigationRoute(({ request }) => fromServer(request), {
    // Frames on other sites, data and files are the server's alone.
    denylist: [/^\/embed\//, /^\/api\//, /^\/local-blob\//],
  }),
);

/**
 * What this version does not need goes, when no other tab can ask for it. A version that is being fetched has its files in
 * the same cache.
 */
async function tidy(event: ExtendableEvent): Promise<void> {
  const alone = (await windows()).length <= 1;
  const { installing, waiting } = self.registration;
  if (alone && installing === null && waiting === null) await serwist.handleActivate(event);
}

self.addEventListener("install", serwist.handleInstall);
self.addEventListener("activate", (event) => event.waitUntil(tidy(event)));
self.addEventListener("fetch", serwist.handleFetch);
self.addEventListener("message", (event) => {
  const message = parsePageMessage(event.data);
  if (message?.type === "hold") hold(message.held);
  if (message?.type !== "hello") return;
  // Pages say it to the active worker, which was installed whole.
  done = entries.length;
  if (event.source instanceof Client) tell([event.source]);
  event.waitUntil(tidy(event));
});
