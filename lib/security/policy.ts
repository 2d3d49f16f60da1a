// What a page may load and run, and who may frame it: Content-Security-Policies, built from named parts. The build, the
// proxy and handlers that write a page of their own share them, so that a rule stands in one place.

type Environment = Readonly<Record<string, string | undefined>>;

export interface PageParts {
  /** What may run of the scripts within the page itself: `'sha256-…'` or `'nonce-…'`, see inline-scripts.ts. */
  scripts: readonly string[];
  /** Where data come from and weights go to beside this server, see `storesOf`. */
  stores: readonly string[];
  /** Who may show it in a frame: nobody where it is left out, and see `framersOf` for embeds. */
  framers?: readonly string[] | "anyone";
}

type Directives = Readonly<Record<string, readonly string[] | null>>;

const write = (directives: Directives): string =>
  Object.entries(directives)
    .flatMap(([name, sources]) => (sources === null ? [] : [[name, ...sources].join(" ")]))
    .join("; ");

const none = ["'none'"];
const self = ["'self'"];

/** Of a page that people open. Its workers have a policy of their own: `filePolicy`. */
export const pagePolicy = ({ scripts, stores, framers = [] }: PageParts): string =>
  write({
    "default-src": none,
    "script-src": [...self, ...scripts],
    // Dialogs hold the page still, and themes change at once, by style sheets whose text nobody knows beforehand; what a
    // style could tell, it cannot send: pictures and fonts come from here alone.
    "style-src": [...self, "'unsafe-inline'"],
    "img-src": [...self, "data:", "blob:"],
    "font-src": self,
    "connect-src": [...self, ...stores],
    "worker-src": self,
    "manifest-src": self,
    // The page for teachers shows an embed as it will be.
    "frame-src": self,
    "form-action": self,
    "base-uri": none,
    // Not `*`, which leaves out pages that an app or a file system serves, as course sites' own apps do.
    "frame-ancestors": framers === "anyone" ? null : framers.length === 0 ? none : [...self, ...framers],
  });

/** Of scripts, style sheets and fonts: a worker takes its policy from its script. Compiling WebAssembly is all it may beyond. */
export const filePolicy = (stores: readonly string[]): string =>
  write({
    "default-src": none,
    "script-src": [...self, "'wasm-unsafe-eval'"],
    "connect-src": [...self, ...stores],
    "worker-src": self,
    "base-uri": none,
    "frame-ancestors": none,
  });

/** Of answers and stored objects: nothing in them runs, whatever somebody has put there. */
export const answerPolicy: string = write({
  "default-src": none,
  // With which browsers show a picture by itself.
  "style-src": ["'unsafe-inline'"],
  "base-uri": none,
  "form-action": none,
  "frame-ancestors": none,
  sandbox: [],
});

/** Of pages between a build and what `scripts/policies.ts` puts in its place: everything but the scripts. */
export const unfinishedPolicy: string = write({
  "base-uri": none,
  "object-src": none,
  "frame-ancestors": none,
});

/**
 * The object store beside this server: where Vercel serves its objects, and where pages upload weights to.
 * @param environment of which BLOB_READ_WRITE_TOKEN counts; without one the store is within this server
 */
export function storesOf({ BLOB_READ_WRITE_TOKEN: token }: Environment): string[] {
  const storeId = token?.split("_")[3];
  if (!storeId) return [];
  return [`https://${storeId.toLowerCase()}.public.blob.vercel-storage.com`, "https://vercel.com/api/blob/"];
}

const origin = /^(?:https?:\/\/)?(?:\*\.)?[a-z\d-]+(?:\.[a-z\d-]+)*(?::(?:\d+|\*))?$/i;

/**
 * Who may frame /embed/*: anyone, or the sites that EMBED_ANCESTORS names, as in `https://moodle.example *.school.example`.
 * @throws Error in one sentence where it names something else
 */
export function framersOf({ EMBED_ANCESTORS: setting = "" }: Environment): PageParts["framers"] {
  if (setting.trim() === "" || setting.trim() === "*") return "anyone";
  const sites = setting.trim().split(/[\s,]+/);
  const wrong = sites.find((site) => !origin.test(site));
  if (wrong === undefined) return sites;
  throw new Error(
    `EMBED_ANCESTORS has "${wrong}": name sites with spaces between them, as in https://moodle.example *.school.example.`,
  );
}

/** Of a page under /embed, in this server's environment. @param scripts as in `PageParts` */
export const embedPolicy = (scripts: readonly string[], environment: Environment): string =>
  pagePolicy({ scripts, stores: storesOf(environment), framers: framersOf(environment) });
