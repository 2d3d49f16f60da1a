// The operator's command, as it is run: on a data folder of its own, with no server beside it.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openDisk } from "../lib/blob/disk";
import { readHidden } from "../lib/leaderboard/moderation";
import { names } from "../lib/leaderboard/names";
import { parseTopList, type Received } from "../lib/leaderboard/records";
import { storedEntry } from "../lib/leaderboard/scoring";
import { entryWith, stored } from "../lib/leaderboard/testing/entries";

const SECRET = "a secret for tests alone";
const top = fileURLToPath(new URL("..", import.meta.url));
const entry = entryWith(1, 0.95);
let folder: string;

const disk = () => openDisk(join(folder, "blob"));
async function put(name: string, text: string): Promise<void> {
  const body = (async function* () {
    yield new TextEncoder().encode(text);
  })();
  const about = { contentType: "application/json", maxAgeSeconds: 60, overwrite: false, sizeBytes: null };
  await disk().write(name, body, about);
}

function run(...args: string[]) {
  const { DATA_DIR: _, BLOB_READ_WRITE_TOKEN: __, LEADERBOARD_SECRET: ___, ...env } = process.env;
  const tsx = join(top, "node_modules", "tsx", "dist", "cli.mjs");
  const { stdout, stderr, status } = spawnSync(process.execPath, [tsx, "scripts/moderate.ts", ...args], {
    cwd: top,
    env: { ...env, DATA_DIR: folder },
    encoding: "utf8",
  });
  return { status, printed: `${stdout}${stderr}`.trim() };
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "descent-moderate-"));
  writeFileSync(join(folder, "leaderboard-secret"), `${SECRET}\n`);
  const { id, player: name, run: published } = entry;
  const hash = "1".repeat(64);
  const received: Received = {
    ...{ version: 1, id, board: "accuracy", name, player: hash, run: published, weightsHash: hash },
    receivedAt: Date.parse(entry.submittedAt),
  };
  await put(names.submission(id), JSON.stringify(received));
  const result = { version: 1, outcome: "scored", entry: storedEntry(entry), scoredAt: 1 };
  await put(names.result(id), JSON.stringify(result));
  await put(stored(entry).name, stored(entry).text);
  const report = {
    version: 1,
    id,
    reason: "copied",
    note: "Look\u001b[31m here",
    player: hash,
    reportedAt: 1000,
  };
  await put(names.report(id, hash), JSON.stringify(report));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function latestList() {
  const { objects } = await disk().list(names.lists("accuracy"), "", 1);
  const object = await disk().open(objects[0]!.name);
  return parseTopList(await object!.bytes());
}

test("hides an entry and shows it again, and tells what was reported", async () => {
  const reports = run("reports");
  expect(reports).toEqual({
    status: 0,
    printed: `1970-01-01T00:00:01.000Z  ${entry.id}  Player 1 on accuracy: copied, "Look [31m here"\n1 report.`,
  });
  expect(run("hide", entry.id, "--reason", "It is a trial.")).toEqual({
    status: 0,
    printed: "The entry 00000000 of Player 1 on accuracy is hidden.",
  });
  expect((await latestList()).evaluated).toEqual([]);
  const listed = await disk().list(names.moderation, "", 10);
  const store = { list: async () => ({ objects: listed.objects, cursor: null }) };
  expect(await readHidden(store as never, SECRET)).toEqual(new Set([entry.id]));
  expect(run("show", entry.id, "--reason", "It was one.").printed).toMatch(/is shown again\.$/);
  expect((await latestList()).evaluated.map(({ id }) => id)).toEqual([entry.id]);
}, 60_000);

test.each([
  [[], /^Use npm run moderate -- reports/],
  [["hide", "x", "--reason", "y"], /^id is "x"; it must be the 64 hexadecimal digits/],
  [["hide", "0".repeat(64), "--reason", "y"], /^There is no submission 0{64}\.$/],
])(
  "says what is wrong with %j",
  (args, sentence) => {
    expect(run(...args)).toEqual({ status: 1, printed: expect.stringMatching(sentence) });
  },
  30_000,
);
