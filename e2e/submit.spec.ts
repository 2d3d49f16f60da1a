// A run goes from the page to a board: it has a place at once, is proved without anybody doing anything, and comes out
// the same for whoever trains it again, in another browser profile and in Node.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { encodeExperiment } from "../lib/share/code";
import { canonical, parseExperiment } from "../lib/spec/experiment";
import { firstRun } from "../lib/spec/presets/first-run";
import { expect, test } from "./journey";

test("a run that is submitted has a place at once, is proved by itself, and is the same for everybody", async ({
  playground,
  browser,
  page,
}, info) => {
  // A network and a player that no earlier journey had: another's network is refused.
  const seed = 1 + (Date.now() % 1_000_000);
  const name = `Journey ${seed}`;
  const spec = parseExperiment({
    ...firstRun,
    title: name,
    dataset: { id: "mnist", trainLimit: 6000 },
    training: { ...firstRun.training, epochs: 1 },
    seed,
  });
  await playground.open(`/x/${encodeExperiment(spec)}`);
  await playground.train.click();
  await playground.finished();

  const opener = playground.button("Submit to leaderboard");
  await opener.click();
  const dialog = page.getByRole("dialog", { name: "Submit to leaderboard" });
  await expect(dialog.getByRole("radio", { name: "Accuracy" })).toBeChecked();
  await expect(dialog.getByRole("radio", { name: "Speedrun" })).toBeDisabled();
  await dialog.getByRole("textbox", { name: "Name on the board" }).fill(name);
  const sentAt = Date.now();
  await dialog.getByRole("button", { name: "Submit", exact: true }).click();
  const scored = dialog.getByText(/^Hidden set: [\d.]+ % · clean test images: [\d.]+ % · place \d+$/);
  await expect(scored).toBeVisible({ timeout: 30_000 });
  console.log(`submit -> rank and score in ${Date.now() - sentAt} ms: ${await scored.textContent()}`);

  // Closing it stops nothing, and opening it again shows where it is.
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(opener).toBeFocused();
  await opener.click();
  await expect(scored).toBeVisible();
  const address = await dialog.getByRole("link", { name: "Open the board" }).getAttribute("href");

  await page.goto(address!);
  const mine = page.getByRole("region", { name: "My entries" });
  await expect(mine.getByText("replayed", { exact: true })).toBeVisible({ timeout: 60_000 });
  console.log(`submit -> replayed, seen on the board, in ${Date.now() - sentAt} ms`);
  await expect(mine.getByRole("link", { name })).toBeVisible();

  const other = await (await browser.newContext()).newPage();
  await other.goto(address!);
  const replay = other.getByRole("button", { name: `Replay the entry of ${name}` });
  await expect(replay).toBeVisible();
  await expect(other.getByRole("region", { name: "My entries" })).toBeHidden();
  await replay.click();
  const replaying = other.getByRole("dialog");
  await replaying.getByRole("button", { name: "Replay", exact: true }).click();
  await expect(replaying.getByText("identical", { exact: true })).toBeVisible({ timeout: 60_000 });

  const { entries } = await (await page.request.get("/api/leaderboard?board=accuracy&limit=100")).json();
  const entry = entries.find(({ player }: { player: string }) => player === name);
  expect(entry.proof).toBe("replayed");
  const published = await (await page.request.get(`/api/runs/${entry.run}`)).json();
  const file = info.outputPath("experiment.json");
  writeFileSync(file, canonical(parseExperiment(entry.experiment)));
  const printed = execFileSync("npm", ["run", "--silent", "replay", "--", file, "--json"], {
    encoding: "utf8",
  });
  expect(JSON.parse(printed).hash).toBe(published.run.environment.weightsHash);
  await other.context().close();
});
