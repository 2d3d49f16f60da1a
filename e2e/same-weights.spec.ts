// One experiment, one seed, one hash: in every browser there is, in Node, and however often it was interrupted.
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { parseExperiment } from "../lib/spec/experiment";
import { smallAndSharp } from "../lib/spec/presets/small-and-sharp";
import { firefox, visitIn, webkit } from "./browsers";
import { expect, test } from "./journey";

const IMAGES = 2500;
const EPOCHS = 2;
const { experiment } = smallAndSharp;
const preset = parseExperiment(experiment);
const short = {
  ...preset,
  dataset: { ...preset.dataset, trainLimit: IMAGES },
  training: { ...preset.training, epochs: EPOCHS },
};
/** Convolutions, pooling, batch normalization, augmentation and a schedule are all in it. */
const plan = { title: preset.title, images: IMAGES, epochs: EPOCHS };

/** Runs in the page: chooses the preset, makes it short, and trains it three times, twice with interruptions. */
async function trainThreeTimes({ title, images, epochs }: typeof plan): Promise<string[]> {
  const until = async <T>(what: string, look: () => T | null | undefined | false): Promise<T> => {
    for (const since = Date.now(); Date.now() - since < 120_000; ) {
      const found = look();
      if (found) return found;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    throw new Error(`waited in vain for ${what}`);
  };
  const all = <E extends HTMLElement>(selector: string) => [...document.querySelectorAll<E>(selector)];
  const button = (name: string) =>
    all<HTMLButtonElement>("button").find(({ textContent, disabled }) => textContent === name && !disabled);
  const click = async (name: string) => (await until(name, () => button(name))).click();
  const press = (element: HTMLElement, key: string) =>
    element.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  const setNumber = async (label: string, value: number) => {
    const selector = `input[aria-label="${label}"]`;
    const input = await until(label, () => all<HTMLInputElement>(selector)[0]);
    const isSet = () => input.getAttribute("aria-valuenow") === String(value);
    // A part of the page that is just coming to life does not hear what is typed into it: nobody else is so quick.
    for (let tries = 0; tries < 40 && !isSet(); tries++) {
      input.focus();
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")!.set!.call(input, String(value));
      input.dispatchEvent(new Event("input", { bubbles: true }));
      press(input, "Enter");
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    await until(`${label} to be ${value}`, isSet);
  };
  const hashes = () =>
    [
      ...(document.querySelector('[role="log"]')?.textContent ?? "").matchAll(
        /Weights hash: ([0-9a-f]{64})/g,
      ),
    ].map(([, hash]) => hash!);
  const hash = (count: number) => until(`hash ${count}`, () => hashes()[count - 1]);

  await until("Train", () => button("Train"));
  await until("the form to listen", () => document.querySelector('#experiment[aria-busy="false"]'));
  const menu = await until("presets", () =>
    all("button").find(({ textContent }) => textContent?.includes("start from another")),
  );
  menu.focus();
  press(menu, "Enter");
  (await until(title, () => all(`[role="menuitem"][aria-label="${title}"]`)[0])).click();
  await setNumber("Images", images);
  await setNumber("Epochs", epochs);

  await click("Train");
  const plain = await hash(1);

  await click("Train");
  await click("Pause");
  await new Promise((resolve) => setTimeout(resolve, 300));
  await click("Resume");
  const paused = await hash(1);

  await click("Train");
  // Before the first step there is nothing to stop.
  await until("a first step", () => {
    const bar = document.querySelector('[role="progressbar"]');
    return button("Pause") !== undefined && Number(bar?.getAttribute("aria-valuenow")) > 0;
  });
  await click("Stop");
  await hash(1);
  await setNumber("How many more", epochs);
  await click("Continue training");
  return [plain, paused, await hash(2)];
}

/** The same experiment, headless in Node, as people would replay it. */
async function replayInNode(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "descent-replay-"));
  try {
    const file = join(folder, "experiment.json");
    await writeFile(file, JSON.stringify(short));
    const tsx = join("node_modules", "tsx", "dist", "cli.mjs");
    const { stdout } = await promisify(execFile)(process.execPath, [
      tsx,
      "scripts/replay.ts",
      file,
      "--json",
    ]);
    return JSON.parse(stdout).hash;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

let inNode: string;

test.beforeAll(async () => {
  test.setTimeout(300_000);
  inNode = await replayInNode();
  expect(inNode).toMatch(/^[0-9a-f]{64}$/);
  for (let run = 0; run < 2; run++) expect(await replayInNode()).toBe(inNode);
});

test("Chromium ends in Node's weights: straight on, paused, stopped and continued", async ({ page }) => {
  await page.goto("/");
  expect(await page.evaluate(trainThreeTimes, plan)).toEqual([inNode, inNode, inNode]);
});

for (const browser of [firefox, webkit])
  test(`${browser.name} ends in Node's weights: straight on, paused, stopped and continued`, ({ baseURL }) =>
    visitIn(browser, baseURL!, async (visit) => {
      expect(await visit.run(trainThreeTimes, plan)).toEqual([inNode, inNode, inNode]);
    }));
