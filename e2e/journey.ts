// What every journey starts with: the playground as a person meets it, by role and name, and a console that must
// stay quiet. Real app, real data, real browser.
import { test as base, expect, type FrameLocator, type Locator, type Page } from "@playwright/test";

/** A run as the training log prints it. */
export interface PrintedRun {
  samples: { training: number; validation: number; test: number };
  engine: string;
  before: { loss: number; accuracy: number };
  epochs: PrintedEpoch[];
  /** NaN until the test evaluation is printed. */
  testAccuracy: number;
}

export interface PrintedEpoch {
  steps: number;
  loss: number;
  accuracy: number;
  valLoss: number | null;
  valAccuracy: number | null;
}

function numberAfter(text: string, label: string): number {
  const found = text.match(new RegExp(`^${label}: ([\\d.]+)`, "m"));
  return found ? Number(found[1]) : Number.NaN;
}

const epochLine =
  /^(\d+)\/\1 - [\d.]+s - [\d.]+ms\/step - loss: ([\d.]+) - accuracy: ([\d.]+)(?: - val_loss: ([\d.]+) - val_accuracy: ([\d.]+))?$/gm;

/** Reads the log's text back into numbers. */
export function readLog(text: string): PrintedRun {
  const orNull = (digits: string | undefined) => (digits === undefined ? null : Number(digits));
  return {
    samples: {
      training: numberAfter(text, "Training samples"),
      validation: numberAfter(text, "Validation samples"),
      test: numberAfter(text, "Test samples"),
    },
    engine: text.match(/^Engine: (.+)$/m)?.[1] ?? "",
    before: {
      loss: numberAfter(text, "Loss before training"),
      accuracy: numberAfter(text, "Accuracy before training"),
    },
    epochs: [...text.matchAll(epochLine)].map(([, steps, loss, accuracy, valLoss, valAccuracy]) => ({
      steps: Number(steps),
      loss: Number(loss),
      accuracy: Number(accuracy),
      valLoss: orNull(valLoss),
      valAccuracy: orNull(valAccuracy),
    })),
    testAccuracy: numberAfter(text, "Test accuracy"),
  };
}

/** Runs in the page. @returns false while what is shown is only the server's picture of it, which hears nobody */
async function isAlive(): Promise<boolean> {
  // React notes it in its tree and tells nobody.
  const name = Object.keys(document).find((key) => key.startsWith("__reactContainer$"));
  const root = name === undefined ? null : Object(document)[name].stateNode.current;
  if (root === null || root.memoizedState.isDehydrated) return false;
  // What is downloaded apart comes to life later, by itself. The form says so for itself.
  for (const parts = [root.child]; parts.length > 0; ) {
    const part = parts.pop();
    if (part === null) continue;
    const picture = part.memoizedState?.dehydrated;
    if (picture instanceof Comment && !picture.parentElement!.closest("#experiment")) return false;
    parts.push(part.sibling, part.child);
  }
  // Effects follow, which listen to the window and to the address.
  await new Promise((done) => requestIdleCallback(done, { timeout: 1000 }));
  return true;
}

/** Waits until a page, or the one in a frame, listens: a press that comes before is lost. */
export async function listens(page: Page | FrameLocator): Promise<void> {
  const root = page.locator("html");
  // A frame may be on its way to another page, which is no answer yet.
  await expect(async () => expect(await root.evaluate(isAlive)).toBe(true)).toPass({
    intervals: [20, 50, 100, 250],
    timeout: 30_000,
  });
}

/** Waits until a dialog hears keys: it takes the focus then. */
export async function dialogListens(dialog: Locator): Promise<void> {
  await expect(dialog.and(dialog.page().locator(":focus-within"))).toBeVisible();
}

/** The playground's parts, found as a screen reader would find them. */
export class Playground {
  readonly log: Locator;
  readonly train: Locator;
  readonly network: Locator;

  constructor(readonly page: Page) {
    this.log = page.getByRole("log", { name: "Training log" });
    this.train = this.button("Train");
    this.network = page.getByRole("region", { name: "Network", exact: true });
  }

  /** Opens a page and waits until the network can be trained. */
  async open(path = "/"): Promise<void> {
    await this.page.goto(path);
    await this.opened();
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await this.opened();
  }

  private async opened(): Promise<void> {
    await expect(this.train).toBeEnabled();
    await listens(this.page);
    await this.formListens();
  }

  /** Unfolds the experiment, and waits until its form is there. */
  async edit(by: "click" | "tap" = "click"): Promise<void> {
    await this.button("Edit")[by]();
    // A tap becomes a click a moment later: until then no form can be seen that might not listen.
    await expect(this.button("Done")).toBeVisible();
    await this.formListens();
  }

  /** Waits until the form, where it can be seen, is more than the server's picture of it. */
  async formListens(): Promise<void> {
    await expect(this.page.locator('#experiment[aria-busy="true"]').filter({ visible: true })).toHaveCount(0);
  }

  button(name: string): Locator {
    return this.page.getByRole("button", { name, exact: true });
  }

  number(label: string): Locator {
    return this.page.getByRole("spinbutton", { name: label, exact: true });
  }

  async setNumber(label: string, value: number | string): Promise<void> {
    await this.formListens();
    await this.number(label).fill(String(value));
    await this.number(label).press("Enter");
  }

  async choose(label: string, option: string): Promise<void> {
    await this.formListens();
    await this.page.getByRole("combobox", { name: label, exact: true }).click();
    await this.page.getByRole("option", { name: option, exact: true }).click();
  }

  /** Opens the menu of a button and takes an entry: `from("Add a layer", "Dropout")`. */
  async from(menu: string | RegExp, entry: string): Promise<void> {
    await this.formListens();
    await this.page.getByRole("button", { name: menu, exact: true }).click();
    await this.page.getByRole("menuitem", { name: entry, exact: true }).click();
  }

  /** Replaces the experiment by one of the catalog's. */
  async startFrom(preset: string): Promise<void> {
    await this.from(/, start from another$/, preset);
  }

  /** Unfolds the fields of a layer that do not stand in its row. */
  async unfold(place: string): Promise<void> {
    await this.formListens();
    await this.page.getByRole("button", { name: new RegExp(`more of ${place}$`) }).click();
  }

  /** A small run that still learns: `images` of the training file, none kept for validation. */
  async makeSmall({ images = 1000, epochs = 1, batchSize = 32 } = {}): Promise<void> {
    await this.setNumber("Images", images);
    await this.setNumber("Validation", 0);
    await this.setNumber("Epochs", epochs);
    await this.setNumber("Batch size", batchSize);
  }

  /** Waits for the log's last line and reads the log. */
  async finished(timeout = 60_000): Promise<PrintedRun> {
    await expect(this.log).toContainText("Test loss:", { timeout });
    return this.printed();
  }

  /** Trains a finished run for some more epochs. */
  async continueFor(epochs: number): Promise<PrintedRun> {
    const tests = async () => (await this.lines()).filter((line) => line.startsWith("Test loss:")).length;
    const before = await tests();
    await this.setNumber("How many more", epochs);
    await this.button("Continue training").click();
    await expect.poll(tests, { timeout: 120_000 }).toBe(before + 1);
    return this.printed();
  }

  async printed(): Promise<PrintedRun> {
    return readLog((await this.lines()).join("\n"));
  }

  /** The log's lines as they are laid out. */
  async lines(): Promise<string[]> {
    const [text = ""] = await this.log.allInnerTexts();
    return text.split("\n").filter((line) => line.trim() !== "");
  }
}

interface Journey {
  playground: Playground;
  /** Console errors that match are part of the journey; any other fails it. */
  expectedErrors: RegExp[];
}

export const test = base.extend<Journey>({
  playground: async ({ page }, use) => {
    await use(new Playground(page));
  },
  expectedErrors: [
    async ({ page }, use) => {
      const complaints: string[] = [];
      page.on("pageerror", (error) => complaints.push(String(error)));
      page.on("console", (message) => {
        if (message.type() === "error") complaints.push(`${message.text()} (${message.location().url})`);
      });
      const expected: RegExp[] = [];
      await use(expected);
      expect(
        complaints.filter((text) => !expected.some((pattern) => pattern.test(text))),
        "the browser's console stays quiet",
      ).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
