// The shelf as a person meets it, and small runs to put on it.
import type { Page } from "@playwright/test";
import { dialogListens, expect, type Playground } from "./journey";

export const shelf = (page: Page) => page.getByRole("dialog", { name: /^Runs$|compared$/ });
export const run = (page: Page, name: string) => shelf(page).getByRole("listitem", { name, exact: true });

export async function openShelf(playground: Playground): Promise<void> {
  await playground.button("Runs").click();
  await dialogListens(shelf(playground.page));
}

export interface Kept {
  testAccuracy: number;
  lines: string[];
}

/** Trains the experiment as it is, and waits until its run is on the shelf under this name. */
export async function keep(playground: Playground, name: string): Promise<Kept> {
  await playground.train.click();
  await openShelf(playground);
  await expect(run(playground.page, name)).toBeVisible({ timeout: 60_000 });
  await playground.page.keyboard.press("Escape");
  const { testAccuracy } = await playground.finished();
  return { testAccuracy, lines: await playground.lines() };
}

/** Two small runs that differ in a layer's width and in the learning rate. */
export async function keepTwo(playground: Playground): Promise<[Kept, Kept]> {
  await playground.makeSmall({ images: 2000, epochs: 2 });
  await playground.setNumber("Validation", 0.2);
  const first = await keep(playground, "First run");
  await playground.setNumber("Units of layer 2", 16);
  await playground.setNumber("Learning rate", 0.01);
  return [first, await keep(playground, "First run 2")];
}
