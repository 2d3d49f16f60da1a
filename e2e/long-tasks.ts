// The tasks that hold a page up, measured by the browser's own trace.
import type { Browser, Page } from "@playwright/test";

/** A task of the page's own thread. */
interface Task {
  /** From its start to its end. */
  wallMs: number;
  /** What it computed itself. On a busy machine a task also waits for a core, which is nobody's fault in the page. */
  cpuMs: number;
}

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  /** Microseconds. */
  dur: number;
  tdur?: number;
  args: { name?: string };
}

/** The page's long tasks, over 50 ms as the Long Tasks API counts, while `work` is done. */
export async function longTasksDuring(
  browser: Browser,
  page: Page,
  work: () => Promise<unknown>,
): Promise<Task[]> {
  await browser.startTracing(page, { categories: ["toplevel", "devtools.timeline"] });
  await work();
  const { traceEvents }: { traceEvents: TraceEvent[] } = JSON.parse((await browser.stopTracing()).toString());
  const threadOf = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`;
  const named = traceEvents.filter(
    ({ name, args }) => name === "thread_name" && args.name === "CrRendererMain",
  );
  const pages = new Set(named.map(threadOf));
  return traceEvents
    .filter((event) => event.ph === "X" && /RunTask$/.test(event.name) && pages.has(threadOf(event)))
    .map(({ dur, tdur }) => ({ wallMs: dur / 1000, cpuMs: (tdur ?? dur) / 1000 }))
    .filter(({ wallMs }) => wallMs > 50);
}
