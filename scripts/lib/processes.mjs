// Every program that the commands start goes through here, so that none outlives them: signals are passed on
// to each program's whole group, and a second Ctrl-C ends them at once.
import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Failure } from "./report.mjs";

/** The repository's top folder. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

const windows = process.platform === "win32";
const running = new Set();
let ending = null;

/** @typedef {{ code: number, output: string }} Ended code is 128 + n after signal n, as shells count */

/**
 * Starts a program in a group of its own.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ env?: Record<string, string | undefined>, show?: boolean, shell?: boolean }} [options]
 *   show: its output goes straight through; otherwise the last 200 lines are kept
 * @returns {{ ended: Promise<Ended>, stop: (signal?: NodeJS.Signals) => Promise<Ended>, output: () => string }}
 */
export function start(command, args, { env = {}, show = false, shell = false } = {}) {
  const child = spawn(command, args, {
    cwd: root,
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", ...env },
    stdio: ["ignore", show ? "inherit" : "pipe", show ? "inherit" : "pipe"],
    detached: !windows,
    shell,
  });
  let output = "";
  const keep = (chunk) => {
    output = (output + chunk).split("\n").slice(-200).join("\n");
  };
  child.stdout?.on("data", keep);
  child.stderr?.on("data", keep);
  const kill = (signal) => {
    if (child.pid === undefined) return;
    if (windows) spawnSync("taskkill", ["/pid", String(child.pid), "/T", "/F"]);
    else
      try {
        process.kill(-child.pid, signal);
      } catch (error) {
        if (error.code !== "ESRCH") throw error;
      }
  };
  const closed = new Promise((resolve) => {
    const close = (code, signal, reason = "") => {
      running.delete(entry);
      resolve({ code: code ?? 128 + (constants.signals[signal] ?? 0), output: output + reason });
    };
    child.once("error", (error) => close(127, null, error.message));
    child.once("close", (code, signal) => close(code, signal));
  });
  const entry = { kill, closed };
  running.add(entry);
  // Once a signal is ending everything, nobody goes on to report a failure or start the next step.
  const ended = closed.then((result) => (ending === null ? result : new Promise(() => {})));
  const stop = (signal = "SIGTERM") => {
    kill(signal);
    const force = setTimeout(() => kill("SIGKILL"), 5000);
    return closed.finally(() => clearTimeout(force));
  };
  return { ended, stop, output: () => output };
}

/**
 * Runs a program to its end.
 * @param {string} advice one sentence for when it fails: what happened and what to do
 * @param {string} command
 * @param {readonly string[]} args
 * @param {Parameters<typeof start>[2]} [options]
 * @throws {Failure} with the program's last lines
 */
export async function run(advice, command, args, options) {
  const { code, output } = await start(command, args, options).ended;
  if (code !== 0) throw new Failure(advice, output);
}

/**
 * The file behind an installed package's command, to be run by this same Node: no shell, no `.cmd`.
 * @param {string} name the package, e.g. "@biomejs/biome"
 * @param {string} [command] the last part of the package's name where it is not given
 */
export function bin(name, command = name.replace(/^.*\//, "")) {
  const folder = join(root, "node_modules", name);
  const { bin: entry } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return join(folder, typeof entry === "string" ? entry : entry[command]);
}

/** Where to clean up before the process ends, however it ends. @type {Set<() => void>} */
const cleanups = new Set();
/** @param {() => void} cleanup synchronous; runs once, at the end */
export const atExit = (cleanup) => cleanups.add(cleanup);
process.once("exit", () => {
  for (const { kill } of running) kill("SIGKILL");
  for (const cleanup of cleanups) cleanup();
});

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"])
  process.on(signal, () => {
    const code = 128 + constants.signals[signal];
    if (ending !== null) process.exit(code);
    ending = signal;
    for (const { kill } of running) kill(signal);
    const all = Promise.all([...running].map((entry) => entry.closed));
    setTimeout(() => process.exit(code), 5000).unref();
    all.then(() => process.exit(code));
  });
