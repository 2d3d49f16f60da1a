// The app's server: a port that is free, the environment it needs, and the moment it answers.
import { createServer } from "node:net";
import { bin, start } from "./processes.mjs";
import { Failure, step } from "./report.mjs";

const READY_WITHIN_MS = 120_000;

/** @param {string | undefined} text PORT as given @returns {number} 3000 if it is not given @throws {Failure} */
export function parsePort(text) {
  const port = Number(text || 3000);
  if (Number.isInteger(port) && port > 0 && port < 65536) return port;
  throw new Failure(`PORT is "${text}": set it to a whole number from 1 to 65535.`);
}

/** Listens for a moment. @param {number} port 0 takes any free one @returns {Promise<number>} the port */
function listenOnce(port) {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(port, () => {
      const { port: given } = probe.address();
      probe.close(() => resolve(given));
    });
  });
}

/** @returns {Promise<number>} a port that nothing listens on */
export const findFreePort = () => listenOnce(0);

/** @param {number} port @throws {Failure} if something listens on it or it is not ours to take */
export async function requireFreePort(port) {
  try {
    await listenOnce(port);
  } catch (error) {
    const what = error.code === "EADDRINUSE" ? "is in use" : `cannot be opened (${error.code})`;
    throw new Failure(
      `Port ${port} ${what}: stop what uses it, or choose another one, as in "PORT=${port + 1} npm start".`,
    );
  }
}

/**
 * Starts the server and waits until it answers.
 * @param {{ port: number, command: "start" | "dev", env?: Record<string, string | undefined>, show?: boolean }} options
 * @returns {Promise<ReturnType<typeof start>>}
 * @throws {Failure} if it ends before it answers, or does not answer in two minutes
 */
export async function startServer({ port, command, env, show }) {
  const server = start(process.execPath, [bin("next"), command, "--port", String(port)], {
    env: { PORT: String(port), ...env },
    show,
  });
  let ended = null;
  server.ended.then((result) => {
    ended = result;
  });
  await step("Starting the server", async () => {
    const deadline = Date.now() + READY_WITHIN_MS;
    while (!(await isHealthy(port))) {
      if (ended !== null)
        throw new Failure(
          `The server ended with code ${ended.code} before it answered: see its output.`,
          ended.output,
        );
      if (Date.now() > deadline) {
        await server.stop();
        throw new Failure(
          `The server did not answer on port ${port} within two minutes: see its output.`,
          server.output(),
        );
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  });
  return server;
}

async function isHealthy(port) {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/api/health`, {
      signal: AbortSignal.timeout(10_000),
    });
    return response.ok && (await response.json()).status === "ok";
  } catch {
    return false;
  }
}
