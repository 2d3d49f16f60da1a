// Other people's browsers, where they are installed: each opens a page and runs a function in it. Playwright drives
// builds of its own only, so Firefox is driven by Puppeteer and WebKit by Selenium.
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { delimiter, join } from "node:path";
import puppeteer from "puppeteer-core";
import { Builder } from "selenium-webdriver";
import { test } from "./journey";

export interface Visit {
  /** Runs `script` in the page with one argument, and gives what its promise resolves to. */
  run<A, R>(script: (argument: A) => Promise<R>, argument: A): Promise<R>;
  close(): Promise<void>;
}

export interface Browser {
  name: string;
  /** What is missing here, or null. */
  missing(): string | null;
  open(url: string): Promise<Visit>;
}

const SCRIPT_MS = 200_000;
/** Wide enough for all of the playground to be awake. */
const WINDOW = { width: 1440, height: 900 };

/** The first of these programs that the PATH has. */
function find(...names: string[]): string | null {
  const folders = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  const files = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return files.find((file) => existsSync(file)) ?? null;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Starts a program. @throws Error where it cannot be started */
async function launch(
  command: string,
  args: string[],
  env: Record<string, string> = {},
): Promise<ChildProcess> {
  const child = spawn(command, args, { stdio: "ignore", env: { ...process.env, ...env } });
  await new Promise((resolve, reject) => child.once("spawn", resolve).once("error", reject));
  return child;
}

const firefoxFile = () => find("firefox-esr", "firefox");

export const firefox: Browser = {
  name: "Firefox",
  missing: () => (firefoxFile() === null ? "no firefox-esr or firefox here" : null),
  async open(url) {
    const browser = await puppeteer.launch({
      browser: "firefox",
      executablePath: firefoxFile()!,
      headless: true,
      defaultViewport: WINDOW,
      protocolTimeout: SCRIPT_MS,
    });
    const page = await browser.newPage();
    await page.goto(url);
    return {
      run: async (script, argument) => (await page.evaluate(script as never, argument as never)) as never,
      close: () => browser.close(),
    };
  },
};

export const webkit: Browser = {
  name: "WebKit",
  missing() {
    const programs = ["WebKitWebDriver", "Xvfb"].filter((name) => find(name) === null);
    return programs.length === 0 ? null : `no ${programs.join(" and no ")} here`;
  },
  async open(url) {
    const display = `:${100 + (process.pid % 800)}`;
    const screen = await launch(find("Xvfb")!, [
      display,
      "-screen",
      "0",
      `${WINDOW.width}x${WINDOW.height}x24`,
    ]);
    const port = await freePort();
    const driver = await launch(find("WebKitWebDriver")!, [`--port=${port}`], {
      DISPLAY: display,
      // Its sandbox needs rights that a container does not give.
      WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1",
      LIBGL_ALWAYS_SOFTWARE: "1",
    });
    const end = () => {
      driver.kill();
      screen.kill();
    };
    try {
      const session = await connect(`http://127.0.0.1:${port}`);
      await session.manage().setTimeouts({ script: SCRIPT_MS });
      await session
        .manage()
        .window()
        .setRect({ x: 0, y: 0, ...WINDOW });
      await session.get(url);
      return {
        async run(script, argument) {
          const text = `const done = arguments[1]; (${script})(arguments[0]).then((value) => done({ value }), (error) => done({ error: String(error) }));`;
          const answer = (await session.executeAsyncScript(text, argument)) as {
            value?: never;
            error?: string;
          };
          if (answer.error !== undefined) throw new Error(answer.error);
          return answer.value as never;
        },
        async close() {
          await session.quit().catch(() => {});
          end();
        },
      };
    } catch (error) {
      end();
      throw error;
    }
  },
};

/** The driver takes a moment to listen. */
async function connect(server: string) {
  const capabilities = { browserName: "MiniBrowser", "webkitgtk:browserOptions": { args: ["--automation"] } };
  for (let attempt = 0; ; attempt++)
    try {
      return await new Builder().usingServer(server).withCapabilities(capabilities).build();
    } catch (error) {
      if (attempt === 20) throw error;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
}

/** Opens a page in another browser for as long as `use` takes; where the browser is missing, the test is skipped. */
export async function visitIn(
  browser: Browser,
  url: string,
  use: (visit: Visit) => Promise<void>,
): Promise<void> {
  const missing = browser.missing();
  const reason = `${browser.name} is not checked: ${missing}.`;
  // The list of tests says that one was skipped, but not why.
  if (missing !== null) console.log(reason);
  test.skip(missing !== null, reason);
  let visit: Visit | null = null;
  try {
    visit = await browser.open(url);
    await use(visit);
  } finally {
    await visit?.close();
  }
}
