// The pages as Node sees them: opened, called and weighed.
import { readFile } from "node:fs/promises";
import { type Browser, type CDPSession, chromium, type Page } from "@playwright/test";
import type { EngineId } from "../lib/engines/engine";
import type { Probe } from "../lib/engines/probe";
import { launchOptions } from "../scripts/lib/launch.mjs";
import type { Seat } from "./contender";
import type { BenchServer } from "./server";

/** A GPU where there is one; WebGL alone is emulated where there is none. */
const flags = ["--enable-unsafe-webgpu", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"];

/** A seat that Node can also weigh and clear. */
export interface OpenSeat extends Seat {
  /** Peak resident memory of its process in bytes; null where the system does not say. */
  peakBytes(): Promise<number | null>;
  close(): Promise<void>;
}

export class BenchBrowser {
  private constructor(
    private browser: Browser,
    private cdp: CDPSession,
    private server: BenchServer,
  ) {}

  static async start(server: BenchServer): Promise<BenchBrowser> {
    const browser = await chromium.launch(launchOptions(process.env.CHROMIUM_PATH, flags));
    return new BenchBrowser(browser, await browser.newBrowserCDPSession(), server);
  }

  get version(): string {
    return this.browser.version();
  }

  async probe(id: EngineId): Promise<Probe> {
    const page = await this.#open("probe", "probe", "");
    try {
      return await page.evaluate((engine) => window.probe(engine), id);
    } finally {
      await page.close();
    }
  }

  /** Opens a contender's page; its own host name keeps it in a process of its own. */
  async seat(host: string, entry: string, query: string): Promise<OpenSeat> {
    const page = await this.#open(host, entry, query);
    return {
      prepare: (what) => page.evaluate((argument) => window.bench.prepare(argument), what),
      train: async (steps) => {
        // A page in the back gets no animation frames, and model.fit waits for them.
        await page.bringToFront();
        return page.evaluate((count) => window.bench.train(count), steps);
      },
      evaluate: async (count) => {
        await page.bringToFront();
        return page.evaluate((images) => window.bench.evaluate(images), count);
      },
      peakBytes: async () => peakOf(await this.#processOf(page)),
      close: () => page.context().close(),
    };
  }

  close(): Promise<void> {
    return this.browser.close();
  }

  async #open(host: string, entry: string, query: string): Promise<Page> {
    const page = await (await this.browser.newContext()).newPage();
    const failed = new Promise<never>((_, reject) => page.once("pageerror", reject));
    failed.catch(() => {});
    await page.goto(this.server.url(host, entry, query));
    await Promise.race([page.waitForFunction(() => "bench" in window || "probe" in window), failed]);
    return page;
  }

  /** The id of a page's process: the one that has used as much processor time as the page says of its own. */
  async #processOf(page: Page): Promise<number> {
    const session = await page.context().newCDPSession(page);
    await session.send("Performance.enable");
    const { metrics } = await session.send("Performance.getMetrics");
    const seconds = metrics.find(({ name }) => name === "ProcessTime")!.value;
    const { processInfo } = await this.cdp.send("SystemInfo.getProcessInfo");
    const distance = ({ cpuTime }: { cpuTime: number }) => Math.abs(cpuTime - seconds);
    const renderers = processInfo.filter(({ type }) => type === "renderer");
    return renderers.sort((a, b) => distance(a) - distance(b))[0]!.id;
  }
}

/** Linux keeps the peak for each process. */
async function peakOf(pid: number): Promise<number | null> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
  return kibibytes === undefined ? null : Number(kibibytes) * 1024;
}
