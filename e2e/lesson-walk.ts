// Walks a lesson as a reader does: step by step, doing what each asks for, and seeing its checks pass. Questions and
// comparisons are the same everywhere and are done from the lesson's own data; the rest is up to the journey.

import type { Locator, Page } from "@playwright/test";
import type { Check, LessonDefinition, Quiz, Step } from "../lib/lessons/define";
import { plainText } from "../lib/lessons/inline";
import { expect, type Playground } from "./journey";

/** What a step asks for beside its questions and its comparison, by the step's name. */
export type Actions = Readonly<Record<string, (lesson: LessonOnPage) => Promise<void>>>;

/** How long a comparison or a training may take. */
const LONG = 300_000;

/** Goes to a step by its address. @param at its place among the lesson's steps, from 1 */
export async function openStep(page: Page, address: string, at: number): Promise<void> {
  // While Next starts, it writes the address that it began with over one that came meanwhile.
  await expect(async () => {
    await page.goto(address);
    await expect(page.getByRole("button", { name: `Step ${at} of` })).toBeVisible({ timeout: 1000 });
  }).toPass();
}

/** A lesson's page, found as a screen reader would find its parts. */
export class LessonOnPage {
  readonly page: Page;
  readonly text: Locator;
  readonly checks: Locator;

  constructor(
    readonly playground: Playground,
    readonly lesson: LessonDefinition,
  ) {
    this.page = playground.page;
    this.text = this.page.getByRole("article");
    this.checks = this.page.getByRole("region", { name: "To do" });
  }

  async open(step?: string): Promise<void> {
    await this.playground.open(`/lessons/${this.lesson.slug}${step === undefined ? "" : `#${step}`}`);
    const shown = this.lesson.steps.find(({ id }) => id === step) ?? this.lesson.steps[0]!;
    await this.shows(shown);
  }

  async shows({ title }: Pick<Step, "title">): Promise<void> {
    await expect(this.text.getByRole("heading", { name: plainText(title), exact: true })).toBeVisible();
  }

  /** Trains the experiment that is loaded, to its end. */
  async train(): Promise<void> {
    await this.playground.train.click();
    await this.ended();
  }

  /** A run is over, tested where its test images are not locked, and kept. */
  async ended(): Promise<void> {
    await expect(this.playground.button("Stop")).toHaveCount(0, { timeout: LONG });
    await expect(this.playground.train).toBeEnabled();
  }

  /** Opens the experiment's form, or folds it again. */
  async edit(change: () => Promise<void>): Promise<void> {
    await this.playground.edit();
    await change();
    await this.playground.button("Done").click();
  }

  /** Loads another experiment of the step. */
  async load(variant: string): Promise<void> {
    const group = this.page.getByRole("group", { name: "Experiments of this step" });
    await group.getByRole("button", { name: variant, exact: true }).click();
  }

  async answer({ question, options }: Quiz): Promise<void> {
    const quiz = this.text.getByRole("radiogroup", { name: plainText(question) });
    const choose = ({ text }: Quiz["options"][number]) =>
      quiz.getByRole("radio", { name: plainText(text), exact: true }).click();
    await choose(options.find(({ right }) => !right)!);
    await expect(this.text.getByText("Not quite.")).toBeVisible();
    const right = options.find((option) => option.right)!;
    await choose(right);
    await expect(this.text.getByText("Right.", { exact: true })).toBeVisible();
  }

  async compare(): Promise<void> {
    await this.page.getByRole("button", { name: /^Run the (comparison|search)$/ }).click();
    await expect(this.playground.button("Start again")).toBeVisible({ timeout: LONG });
  }

  check({ label }: Pick<Check, "label">): Locator {
    return this.checks.getByRole("listitem").filter({ hasText: plainText(label) });
  }

  async passed(check: Pick<Check, "label">): Promise<void> {
    await expect(this.check(check)).toContainText("Done: ", { timeout: 30_000 });
  }

  /** The link onward, which is prominent once the step is done. */
  next(): Locator {
    return this.text.getByRole("link", { name: /^Next( lesson)?: / });
  }
}

/** Does every step of a lesson, from the first to the summary of the reader's own runs. */
export async function walk(lesson: LessonOnPage, actions: Actions): Promise<void> {
  const { steps } = lesson.lesson;
  await lesson.open();
  for (const [index, step] of steps.entries()) {
    await lesson.shows(step);
    for (const block of step.body) if (block.kind === "quiz") await lesson.answer(block.quiz);
    if (step.sweep !== undefined) await lesson.compare();
    await actions[step.id]?.(lesson);
    for (const check of step.checks) await lesson.passed(check);
    await expect(lesson.checks.getByText("done", { exact: true })).toBeVisible();
    if (index < steps.length - 1) await lesson.next().click();
  }
  const runs = lesson.page.getByRole("table", { name: "Your runs in this lesson, the oldest first" });
  await expect(runs).toBeVisible();
  await expect(runs.getByRole("img", { name: "the best" }).or(runs.getByLabel("the best"))).toHaveCount(1);
  expect(Object.keys(actions).filter((id) => steps.every((step) => step.id !== id))).toEqual([]);
}
