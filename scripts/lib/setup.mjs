// What a fresh clone lacks: packages, data and a build. Each is made once and skipped while it is up to date.
import { createHash, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { filesBelow } from "./files.mjs";
import { bin, root, run } from "./processes.mjs";
import { Failure, step } from "./report.mjs";

const OLDEST_NODE = [20, 9];

/** @throws {Failure} on a Node that the app does not run on */
export function requireNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  throw new Failure(
    `Descent needs Node ${OLDEST_NODE.join(".")} or newer and this is ${process.versions.node}: install a newer Node and run the command again.`,
  );
}

/** The stamp file's text, or nothing if it is not there. @param {string} file */
const stampOf = (file) => (existsSync(file) ? readFileSync(file, "utf8") : "");

/** Installs exactly what the lock file says; skipped when that was done already. */
export async function ensureInstalled() {
  const lock = createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");
  const stamp = join(root, "node_modules", ".descent-lock");
  if (stampOf(stamp) === lock) return;
  const advice =
    "The packages could not be installed: check the network connection, then run the command again.";
  // npm says where it is itself; by name it would need a shell on Windows.
  const npm = process.env.npm_execpath;
  const args = ["ci", "--include=dev", "--no-audit", "--no-fund"];
  await step("Installing packages", () =>
    npm === undefined
      ? run(advice, "npm", args, { shell: process.platform === "win32" })
      : run(advice, process.execPath, [npm, ...args]),
  );
  writeFileSync(stamp, lock);
}

/**
 * What signs the leaderboard's tokens and draws its hidden images: LEADERBOARD_SECRET, else one that is made and kept.
 * @param {string} dataDir
 * @returns {string}
 */
function secretIn(dataDir) {
  if (process.env.LEADERBOARD_SECRET) return process.env.LEADERBOARD_SECRET;
  const file = join(dataDir, "leaderboard-secret");
  if (!existsSync(file)) {
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(file, `${randomBytes(24).toString("hex")}\n`, { mode: 0o600 });
  }
  return readFileSync(file, "utf8").trim();
}

/**
 * Builds the data sets into the embedded store, which is quick when they are there. With a token for Vercel Blob
 * there is nothing to build: the data was uploaded once, with `npm run data -- --upload`.
 * @param {{ port: number, dataDir: string, token: string | undefined }} options
 * @returns {Promise<Record<string, string>>} what the server's environment must hold for its store
 */
export async function ensureData({ port, dataDir, token }) {
  if (token) return { BLOB_READ_WRITE_TOKEN: token, LEADERBOARD_SECRET: secretIn(dataDir) };
  const env = { DATA_DIR: dataDir, BLOB_READ_WRITE_TOKEN: "" };
  const advice = "The data could not be built: what went wrong is above; free some disk space if it is full.";
  const script = join(root, "scripts", "data.ts");
  // It shows its own progress, in bytes.
  await run(advice, process.execPath, [bin("tsx"), script], { env, show: true });
  return {
    ...env,
    LEADERBOARD_SECRET: secretIn(dataDir),
    LOCAL_BLOB_TOKEN: readFileSync(join(dataDir, "token"), "utf8").trim(),
    VERCEL_BLOB_API_URL: `http://127.0.0.1:${port}/local-blob/api`,
  };
}

/** Compiles our own engine to WebAssembly; skipped when its sources have not changed. */
export async function ensureEngine() {
  const folder = join(root, "lib", "engines", "wasm");
  const config = join(folder, "asconfig.json");
  const sources = hashOf([config, ...filesBelow(join(folder, "assembly"))]);
  const stamp = join(root, "node_modules", ".descent-engine");
  if (existsSync(join(folder, "engine.wasm")) && stampOf(stamp) === sources) return;
  const advice =
    "The WebAssembly engine could not be compiled: mend the error above, then run the command again.";
  const args = [bin("assemblyscript", "asc"), "--config", config, "--target", "release"];
  await step("Compiling the engine", () => run(advice, process.execPath, args));
  writeFileSync(stamp, sources);
}

/** What a build depends on; everything else may change without a new one. */
const buildInputs = [
  "app",
  "lib",
  "workers",
  "public",
  "next.config.ts",
  "instrumentation.ts",
  "instrumentation-client.ts",
  "proxy.ts",
  "postcss.config.mjs",
  "scripts/service-worker.mjs",
  "tsconfig.json",
  "package.json",
  "package-lock.json",
];

/** @param {string[]} files absolute paths @returns {string} of their names and contents */
function hashOf(files) {
  const hash = createHash("sha256");
  for (const file of files.sort())
    hash
      .update(`${relative(root, file)}\0`)
      .update(readFileSync(file))
      .update("\0");
  return hash.digest("hex");
}

/** Made after each build, from what it gave. */
const serviceWorker = join(root, "public", "sw.js");

/** A browser that met the built app here before would go on showing that. */
const removesItself = `// While the app is developed no browser keeps it: this takes the place of the one that did.
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) =>
  event.waitUntil(
    self.registration
      .unregister()
      .then(() => self.clients.matchAll({ type: "window" }))
      .then((pages) => pages.forEach((page) => page.navigate(page.url))),
  ),
);
`;

/** For the development server: browsers give up what they kept of the built app. */
export const writeDevelopmentWorker = () => writeFileSync(serviceWorker, removesItself);

function hashSources() {
  const files = buildInputs.flatMap((name) => {
    const path = join(root, name);
    if (!existsSync(path)) return [];
    return /\.\w+$/.test(name) ? [path] : filesBelow(path);
  });
  return hashOf(files.filter((file) => !/\.test\.tsx?$/.test(file) && file !== serviceWorker));
}

/**
 * Builds the app, which is skipped when nothing that it is made of has changed, and tells its pages' policies the store.
 * @param {{ token: string | undefined, typesHold?: boolean }} options for Vercel Blob; whether `tsc` has just passed
 */
export async function ensureBuilt({ token, typesHold = false }) {
  const stamp = join(root, ".next", "descent-sources");
  const sources = hashSources();
  const isBuilt = stampOf(stamp) === sources;
  const advice = "The app could not be built: mend the error above, then run the command again.";
  const policies = [bin("tsx"), join(root, "scripts", "policies.ts")];
  const env = { BLOB_READ_WRITE_TOKEN: token ?? "" };
  const build = () =>
    run(advice, process.execPath, [bin("next"), "build"], { env: { TYPES_HOLD: typesHold ? "1" : "" } });
  if (!isBuilt) await step("Building the app", build);
  await run(advice, process.execPath, policies, { env });
  if (!isBuilt || ["", removesItself].includes(stampOf(serviceWorker)))
    await run(advice, process.execPath, [join(root, "scripts", "service-worker.mjs")]);
  writeFileSync(stamp, sources);
}
