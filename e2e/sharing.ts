// The share panel's parts, found by role and name, and somebody else's browser to open what it gives.
import type { Browser, Locator, Page } from "@playwright/test";
import { encodeExperiment } from "../lib/share/code";
import type { ExperimentSpec } from "../lib/spec/experiment";
import { drawStrokes } from "./drawing";
import { dialogListens, expect, Playground } from "./journey";

export const pathOf = (spec: ExperimentSpec) => `/x/${encodeExperiment(spec)}`;

/** The experiment's title stands on a button that leads to others. */
export const titled = (page: Page, title: string, timeout?: number) =>
  expect(page.getByRole("button", { name: new RegExp(`^${title} ?, start from another$`) })).toBeVisible({
    timeout,
  });

/** Where the page is, as a path. */
export const addressOf = (page: Page) => {
  const { pathname, search } = new URL(page.url());
  return pathname + search;
};

export class SharePanel {
  readonly dialog: Locator;

  constructor(readonly page: Page) {
    this.dialog = page.getByRole("dialog", { name: "Share" });
  }

  async open(): Promise<void> {
    await this.page.getByRole("button", { name: "Share", exact: true }).click();
    await dialogListens(this.dialog);
  }

  button(name: string): Locator {
    return this.dialog.getByRole("button", { name, exact: true });
  }

  text(name: string): Locator {
    return this.dialog.getByRole("textbox", { name, exact: true });
  }

  /** Unfolds a part. @returns it */
  async unfold(name: string): Promise<Locator> {
    await this.button(name).click();
    return this.dialog.getByRole("region", { name, exact: true });
  }

  async json(): Promise<string> {
    if (!(await this.text("JSON").isVisible())) await this.unfold("Experiment as JSON");
    return this.text("JSON").inputValue();
  }

  get pasted(): Locator {
    return this.dialog.getByRole("textbox", { name: /^An experiment's JSON/ });
  }

  /** Drops a file onto a part of the panel, as a person would from a folder. */
  async drop(onto: Locator, name: string, content: string): Promise<void> {
    const dataTransfer = await this.page.evaluateHandle(
      ([file, text]) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([text!], file!));
        return transfer;
      },
      [name, content],
    );
    await onto.dispatchEvent("dragover", { dataTransfer });
    await onto.dispatchEvent("drop", { dataTransfer });
  }
}

/** Somebody else's browser. */
export async function elsewhere(browser: Browser, baseURL: string | undefined) {
  const context = await browser.newContext({ baseURL });
  const page = await context.newPage();
  return { playground: new Playground(page), panel: new SharePanel(page), close: () => context.close() };
}

/** Publishes the run that is over and closes the panel. @returns the address of its page */
export async function publish(playground: Playground, answer = /^Published\./): Promise<string> {
  const { page } = playground;
  await playground.button("Share").click();
  const panel = page.getByRole("dialog", { name: "Share" });
  await panel.getByRole("button", { name: /^Published run/ }).click();
  await panel.getByRole("button", { name: "Publish this run", exact: true }).click();
  await expect(panel.getByText(answer)).toBeVisible({ timeout: 30_000 });
  const address = await panel.getByRole("link", { name: "Open", exact: true }).getAttribute("href");
  await dialogListens(panel);
  await page.keyboard.press("Escape");
  await expect(panel).toBeHidden();
  return address!;
}

/** Draws a one on the pad, and waits until it is read as one. */
export async function drawOne(page: Page): Promise<void> {
  const pad = page.getByRole("img", { name: /^Pad to draw on/ });
  const stroke = [
    [0.52, 0.2],
    [0.48, 0.8],
  ] as const;
  await drawStrokes(page, pad, [stroke]);
  await expect(page.getByText(/^Read as 1 with confidence/)).toBeAttached();
}
