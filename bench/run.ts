// The bench itself: each case in turn, its contenders in processes of their own, one turn each per round.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { BenchBrowser, type OpenSeat } from "./browser";
import { buildPages } from "./build";
import { type Case, cases, titleOf } from "./cases";
import { type Contestant, contestants } from "./contestants";
import { writeData } from "./data";
import { Entry } from "./entry";
import { startPython } from "./python";
import { doubts, formatCase, formatTable } from "./report";
import { serveBench } from "./server";

interface Plan {
  cases: readonly Case[];
  rounds: number;
  /** About how long one turn of one contender takes. */
  turnMs: number;
  json: string;
}

/** @returns null where the command line is not understood */
function readPlan(): Plan | null {
  try {
    const { values } = parseArgs({
      options: {
        quick: { type: "boolean", default: false },
        only: { type: "string" },
        json: { type: "string", default: ".bench/latest.json" },
      },
    });
    const { quick, only, json } = values;
    const chosen = cases.filter(({ network }) => only === undefined || network === only);
    const size = quick ? { rounds: 2, turnMs: 300 } : { rounds: 7, turnMs: 1000 };
    return chosen.length > 0 ? { cases: chosen, json, ...size } : null;
  } catch {
    return null;
  }
}

interface Devices {
  /** Why contestants cannot take part on this machine, by their id. */
  missing: Map<string, string>;
  /** The program that plays the GPU for them, by their id. */
  emulated: Map<string, string>;
}

async function findDevices(browser: BenchBrowser): Promise<Devices> {
  const [missing, emulated] = [new Map<string, string>(), new Map<string, string>()];
  for (const { id, needs } of contestants) {
    if (needs === undefined) continue;
    const { available, software, device } = await browser.probe(needs.engine);
    if (!available) missing.set(id, device);
    else if (software && needs.software) emulated.set(id, device);
    else if (software) missing.set(id, `${device}: only emulated here`);
  }
  return { missing, emulated };
}

async function runCase(what: Case, rounds: number, entries: readonly Entry[]): Promise<void> {
  for (const entry of entries) await entry.prepare(what);
  // Every other round the other way, so that nobody always follows the same one.
  for (let round = 0; round < rounds; round++)
    for (const entry of round % 2 === 0 ? entries : entries.toReversed()) await entry.turn();
  for (const entry of entries) await entry.finish();
}

async function measure(folder: string, plan: Plan): Promise<void> {
  const [pages, data] = [join(folder, "pages"), join(folder, "data")];
  await buildPages(pages);
  await writeData(data);
  const server = await serveBench(pages, data);
  const browser = await BenchBrowser.start(server);
  try {
    const { missing, emulated } = await findDevices(browser);
    const python = await startPython(data);
    const torch = python?.torch ?? null;
    await python?.close();
    if (torch === null) missing.set("pytorch", "not installed");
    const machine = [
      `${cpus().length} × ${cpus()[0]?.model}`,
      `Chromium ${browser.version}`,
      ...(torch === null ? [] : [`PyTorch ${torch.version} (${torch.blas})`]),
    ].join(", ");
    console.log(machine);

    const open = async ({ page, id }: Contestant): Promise<OpenSeat> =>
      page === null ? (await startPython(data))! : browser.seat(id, page.entry, page.query);
    const results = [];
    for (const what of plan.cases) {
      const entries = contestants.map((contestant) => {
        const { id, cannot } = contestant;
        const label = contestant.label + (emulated.has(id) ? ` (${emulated.get(id)})` : "");
        const reason = cannot?.[what.network] ?? missing.get(id) ?? null;
        return new Entry(id, label, () => open(contestant), plan.turnMs, reason);
      });
      await runCase(what, plan.rounds, entries);
      const rows = entries.map(({ row }) => row);
      results.push({ ...what, title: titleOf(what), rows });
      // Random images take thousands of steps to learn: there a flat loss says nothing.
      const doubtful = what.images === "mnist" ? doubts(rows) : [];
      console.log(["", titleOf(what), formatCase(rows), ...doubtful].join("\n"));
    }

    const downloads = contestants
      .map(({ id, label }) => ({ id, label, gzippedBytes: server.downloaded(id) }))
      .filter(({ gzippedBytes }) => gzippedBytes > 0);
    const kilobytes = downloads.map(({ label, gzippedBytes }) => [label, (gzippedBytes / 1000).toFixed(0)]);
    console.log(`\n${formatTable([["", "download, KB gzipped"], ...kilobytes])}`);
    await mkdir(dirname(plan.json), { recursive: true });
    const { rounds, turnMs, json } = plan;
    const report = { date: new Date().toISOString(), machine, torch, rounds, turnMs, results, downloads };
    await writeFile(json, `${JSON.stringify(report, null, 2)}\n`);
    console.log(`\nWritten to ${json}`);
  } finally {
    await browser.close();
    server.close();
  }
}

const plan = readPlan();
if (plan === null) {
  console.error("Use npm run bench, with any of: -- --quick --only mlp|cnn --json path");
  process.exitCode = 1;
} else {
  const folder = await mkdtemp(join(tmpdir(), "descent-bench-"));
  try {
    await measure(folder, plan);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
