// `npm start` and `npm run dev`: from a fresh clone to a playground that answers, with Node and npm alone.
import { resolve } from "node:path";
import { root } from "./lib/processes.mjs";
import { main } from "./lib/report.mjs";
import { parsePort, requireFreePort, startServer } from "./lib/server.mjs";
import {
  ensureBuilt,
  ensureData,
  ensureEngine,
  ensureInstalled,
  requireNode,
  writeDevelopmentWorker,
} from "./lib/setup.mjs";

await main(async () => {
  requireNode();
  process.chdir(root);
  const development = process.argv.includes("--dev");
  const port = parsePort(process.env.PORT);
  await requireFreePort(port);
  await ensureInstalled();
  await ensureEngine();
  // What .env files say counts for the set-up too, just as Next reads it.
  const { default: nextEnv } = await import("@next/env");
  nextEnv.loadEnvConfig(root, development, { info() {}, error: console.error });
  const { BLOB_READ_WRITE_TOKEN: token, DATA_DIR } = process.env;
  const env = await ensureData({ port, dataDir: resolve(DATA_DIR || ".data"), token });
  if (development) writeDevelopmentWorker();
  else await ensureBuilt({ token });
  const server = await startServer({ port, command: development ? "dev" : "start", env, show: true });
  console.log(`Descent is ready: http://localhost:${port}`);
  return (await server.ended).code;
});
