// The whole app for a measurement: set up, built and served, with data of its own that goes when the measurement is over.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findBrowser } from "./browser.mjs";
import { atExit } from "./processes.mjs";
import { findFreePort, startServer } from "./server.mjs";
import { ensureBuilt, ensureData, ensureEngine, ensureInstalled } from "./setup.mjs";

/**
 * @returns {Promise<{ url: string, executablePath: string, server: Awaited<ReturnType<typeof startServer>> }>} where it is,
 *   the browser to look at it with, and the server, which is the caller's to stop
 * @throws {import("./report.mjs").Failure} in a sentence that says what to do
 */
export async function serveApp() {
  await ensureInstalled();
  await ensureEngine();
  const executablePath = await findBrowser();
  const folder = mkdtempSync(join(tmpdir(), "descent-"));
  atExit(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  const port = await findFreePort();
  const env = await ensureData({ port, dataDir: join(folder, "data"), token: undefined });
  await ensureBuilt({ token: undefined });
  const server = await startServer({ port, command: "start", env });
  return { url: `http://localhost:${port}`, executablePath, server };
}
