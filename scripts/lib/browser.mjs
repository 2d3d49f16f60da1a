// Finds a Chromium for the browser tests, or gets one; each candidate must really start before it is used.
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { bin, root, start } from "./processes.mjs";
import { Failure, step } from "./report.mjs";

const commands = [
  "google-chrome",
  "google-chrome-stable",
  "chromium",
  "chromium-browser",
  "microsoft-edge",
  "microsoft-edge-stable",
  "chrome",
  "msedge",
];

const macApps = [
  ["Google Chrome.app", "Google Chrome"],
  ["Chromium.app", "Chromium"],
  ["Microsoft Edge.app", "Microsoft Edge"],
];

const windowsPrograms = [
  ["Google", "Chrome", "Application", "chrome.exe"],
  ["Chromium", "Application", "chrome.exe"],
  ["Microsoft", "Edge", "Application", "msedge.exe"],
];

const { env, platform } = process;

/** Where this kind of system keeps Chrome, Chromium or Edge. @returns {string[]} files that are there */
function installed() {
  const folders = (env.PATH ?? "").split(delimiter).filter(Boolean);
  const onPath = commands.flatMap((name) => folders.map((folder) => join(folder, name)));
  const inApplications = ["/Applications", join(env.HOME ?? "", "Applications")].flatMap((folder) =>
    macApps.map(([app, name]) => join(folder, app, "Contents", "MacOS", name)),
  );
  const inProgramFiles = [env.PROGRAMFILES, env["PROGRAMFILES(X86)"], env.LOCALAPPDATA]
    .filter((folder) => folder !== undefined)
    .flatMap((folder) => windowsPrograms.map((parts) => join(folder, ...parts)));
  const usual = platform === "darwin" ? inApplications : platform === "win32" ? inProgramFiles : [];
  return [...usual, ...onPath].filter((file) => existsSync(file));
}

/** @param {string} executablePath @returns {Promise<boolean>} whether it starts and opens a page */
async function works(executablePath) {
  if (!existsSync(executablePath)) return false;
  const { launchOptions } = await import("./launch.mjs");
  const { chromium } = await import("@playwright/test");
  try {
    const browser = await chromium.launch({ ...launchOptions(executablePath), timeout: 60_000 });
    await (await browser.newPage()).close();
    await browser.close();
    return true;
  } catch {
    return false;
  }
}

/** Playwright's own build of Chromium; quick if it was downloaded before. @returns {Promise<string | null>} */
async function download() {
  const { chromium } = await import("@playwright/test");
  const file = chromium.executablePath();
  if (existsSync(file)) return file;
  const args = [bin("@playwright/test", "playwright"), "install", "chromium", "--no-shell"];
  const { code } = await start(process.execPath, args).ended;
  return code === 0 ? file : null;
}

/** Debian's package, which only root can install. @returns {Promise<string | null>} */
async function installWithApt() {
  if (process.getuid?.() !== 0 || !existsSync("/etc/debian_version")) return null;
  const apt = (...args) =>
    start("apt-get", args, { env: { DEBIAN_FRONTEND: "noninteractive" } }).ended.then(
      ({ code }) => code === 0,
    );
  if (!(await apt("update"))) return null;
  return (await apt("install", "--yes", "--no-install-recommends", "chromium")) ? "/usr/bin/chromium" : null;
}

/**
 * The browser to test with: CHROMIUM_PATH, else an installed one, else Playwright's, else Debian's.
 * @returns {Promise<string>} the path of its executable
 * @throws {Failure} if there is none to be had
 */
export async function findBrowser() {
  process.chdir(root);
  const asked = env.CHROMIUM_PATH;
  if (asked) {
    if (await works(asked)) return asked;
    throw new Failure(
      `CHROMIUM_PATH is ${asked}, which does not start: set it to a Chrome or Chromium, or unset it.`,
    );
  }
  for (const file of installed()) if (await works(file)) return file;
  for (const [title, get] of [
    ["Downloading a browser", download],
    ["Installing Chromium with apt-get", installWithApt],
  ]) {
    const file = await step(title, get);
    if (file !== null && (await works(file))) return file;
  }
  throw new Failure(
    "No browser was found and none could be downloaded: install Chrome or Chromium, or set CHROMIUM_PATH to one, then run npm test again.",
  );
}
