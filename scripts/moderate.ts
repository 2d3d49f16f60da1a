// `npm run moderate -- reports | hide <id> --reason "…" | show <id> --reason "…"`: what visitors reported, and taking an entry
// off the boards or putting it back. Notes are only ever added, each signed with the leaderboard's secret. Works beside a
// server that runs on the same data folder, and with BLOB_READ_WRITE_TOKEN on that store.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { dataFolder, embeddedBlob, localToken } from "../lib/blob/embedded";
import { embeddedPaths, openStore } from "../lib/blob/environment";
import { serve } from "../lib/blob/serve";
import { type ObjectStore, StoreError } from "../lib/blob/store";
import { ApiError } from "../lib/http";
import { listingOf } from "../lib/leaderboard/board";
import { boards } from "../lib/leaderboard/find-board";
import { appendModeration } from "../lib/leaderboard/moderation";
import { type ModerationAction, names } from "../lib/leaderboard/names";
import { parseReceived, parseResult } from "../lib/leaderboard/records";
import { parseStoredReport } from "../lib/leaderboard/report";
import { readSecret } from "../lib/leaderboard/secret";
import { createLists } from "../lib/leaderboard/top-list";
import { Failure, main } from "./lib/report.mjs";

const usage =
  'Use npm run moderate -- reports, or npm run moderate -- hide <id> --reason "a sentence"; show puts an entry back.';

async function parsed<T>(
  store: ObjectStore,
  name: string,
  parser: (bytes: Uint8Array) => T,
): Promise<T | null> {
  const bytes = await store.read(name);
  return bytes && parser(bytes);
}

/** Everything that was reported, the latest last. */
async function printReports(store: ObjectStore): Promise<void> {
  const { objects } = await store.list(names.allReports);
  const reports = await Promise.all(
    objects.map(async ({ name }) => parseStoredReport((await store.read(name))!)),
  );
  for (const { id, reason, note, reportedAt } of reports.sort((a, b) => a.reportedAt - b.reportedAt)) {
    const received = await parsed(store, names.submission(id), parseReceived);
    const who = received === null ? "an entry that is gone" : `${received.name} on ${received.board}`;
    // A note is whatever somebody typed: no control character of it reaches the terminal.
    const text = note.replace(/\p{C}/gu, " ");
    console.log(`${new Date(reportedAt).toISOString()}  ${id}  ${who}: ${reason}${text && `, "${text}"`}`);
  }
  console.log(reports.length === 1 ? "1 report." : `${reports.length} reports.`);
}

async function moderate(
  store: ObjectStore,
  action: ModerationAction,
  id: string,
  reason: string,
): Promise<void> {
  const received = await parsed(store, names.submission(id), parseReceived);
  if (received === null) throw new Failure(`There is no submission ${id}.`);
  const secret = readSecret();
  await appendModeration(store, secret, { id, action, reason, time: Date.now() });
  const result = await parsed(store, names.result(id), parseResult);
  if (result?.outcome === "scored") {
    const { board, deviceClass } = result.entry;
    const lists = createLists({ open: () => ({ kind: "embedded", store }), secret: () => secret });
    await lists.update(listingOf(boards[board], deviceClass));
  }
  const done = action === "hide" ? "is hidden" : "is shown again";
  console.log(`The entry ${id.slice(0, 8)} of ${received.name} on ${received.board} ${done}.`);
}

/** The store of this environment, open for as long as the work takes. */
async function withStore(work: (store: ObjectStore) => Promise<void>): Promise<void> {
  if (process.env.BLOB_READ_WRITE_TOKEN) return work(openStore().store);
  const folder = dataFolder();
  const secret = await readFile(join(folder, "leaderboard-secret"), "utf8").catch(() => "");
  process.env.LEADERBOARD_SECRET ||= secret.trim();
  process.env.LOCAL_BLOB_TOKEN = await localToken(folder);
  const server = await serve(await embeddedBlob());
  process.env.VERCEL_BLOB_API_URL = server.origin + embeddedPaths.api;
  // Objects are read where this process serves them, whatever path they have on the app's own server.
  const { store } = openStore();
  try {
    await work(store);
  } finally {
    await server.close();
  }
}

await main(async () => {
  const [command, id = "", flag, reason = "", ...rest] = process.argv.slice(2);
  try {
    if (command === "reports" && id === "") await withStore(printReports);
    else if (command === "hide" || command === "show") {
      if (!/^[0-9a-f]{64}$/.test(id))
        throw new Failure(`id is "${id}"; it must be the 64 hexadecimal digits of a submission.`);
      if (flag !== "--reason" || reason.trim() === "" || rest.length > 0) throw new Failure(usage);
      await withStore((store) => moderate(store, command, id, reason.trim()));
    } else throw new Failure(usage);
  } catch (error) {
    if (error instanceof StoreError || error instanceof ApiError) throw new Failure(error.message);
    throw error;
  }
  return 0;
});
