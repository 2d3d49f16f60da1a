import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { type IssueCard, issueCards } from "@/lib/lessons/binary-classification/issues";
import { evidenceMark } from "@/lib/lessons/binary-classification/marks";
import type { Facts, RunFacts } from "@/lib/lessons/facts";
import type { EpochMetrics } from "@/lib/metrics/history";
import { parseExperiment } from "@/lib/spec/experiment";
import GradientStep from "./gradient-step/gradient-step";
import IssueCards from "./issue-cards/issue-cards";
import LossAndCost from "./loss-and-cost/loss-and-cost";
import LossMatrix from "./loss-matrix";

const nothing: Facts = { runs: [], sweeps: [], marks: {} };
const text = (html: string) => html.replaceAll(/<[^>]*>/g, " ").replaceAll(/\s+/g, " ");
const draw = (Figure: typeof IssueCards, facts: Facts = nothing) =>
  renderToStaticMarkup(<Figure facts={facts} marks={() => {}} />);

/** A finished run of one of a card's experiments, with these epochs. */
function runOf(input: IssueCard["ill"], rows: [number, number, number, number][]): RunFacts {
  const history: EpochMetrics[] = rows.map(([loss, accuracy, valLoss, valAccuracy], i) => ({
    ...{ epoch: i + 1, loss, accuracy, valLoss, valAccuracy },
  }));
  return {
    ...{ spec: parseExperiment(input), state: "done", before: null, history, continuedFrom: 0 },
    ...{ stopped: false, restoredEpoch: null, test: { loss: 0.1, accuracy: 0.9876 }, elapsedMs: 1 },
  };
}
const flat = runOf(issueCards.notLearning.ill, [
  [0.73, 0.53, 0.73, 0.53],
  [0.72, 0.533, 0.72, 0.53],
]);
const sound = runOf(issueCards.notLearning.mended, [
  [0.1, 0.99, 0.1, 0.99],
  [0.01, 0.998, 0.01, 0.999],
]);

describe("the issue cards", () => {
  test("offer to bring each issue about, and nothing to mend yet", () => {
    const html = text(draw(IssueCards));
    for (const name of ["Not learning", "Overfitting", "Underfitting"]) expect(html).toContain(name);
    expect(html.match(/Bring it about/g)).toHaveLength(3);
    expect(html).not.toContain("Mend it");
  });

  test("show the evidence from the history, and what would mend it", () => {
    const html = text(draw(IssueCards, { ...nothing, runs: [flat] }));
    expect(html).toContain("the training loss is 0.7200; it was 0.7300 in the first");
    expect(html).toContain("53.3 % of the training images are right");
    expect(html.match(/Mend it/g)).toHaveLength(1);
    expect(html).toContain("learning rate 0.2 in place of 0.0001");
    expect(html).not.toContain("Sound");
  });

  test("show the evidence that was noted, gradients and all", () => {
    const marks = { [evidenceMark("notLearning")]: "Raise it.\nThe gradient is there." };
    const html = text(draw(IssueCards, { ...nothing, runs: [flat], marks }));
    expect(html).toContain("The gradient is there.");
    expect(html).toContain("Raise it.");
    expect(html).not.toContain("53.3 %");
  });

  test("call the mended run sound, in numbers", () => {
    const html = text(draw(IssueCards, { ...nothing, runs: [flat, sound] }));
    expect(html).toContain(
      "99.80 % of the training images are right, 99.90 % of the validation images, 98.76 %",
    );
  });

  test("say so where the seeded run came out otherwise", () => {
    const lucky = { ...flat, history: sound.history };
    const html = text(draw(IssueCards, { ...nothing, runs: [lucky] }));
    expect(html).toContain("This time it came out sound");
    expect(html).not.toContain("Mend it");
  });
});

test("the matrix says of every pairing whether it fits, and begins with the lesson's own", () => {
  const html = draw(LossMatrix);
  expect(html.match(/<button[^>]*aria-pressed/g)).toHaveLength(16);
  expect(html).toContain('aria-label="One of ten, binary cross-entropy: works, not as well"');
  expect(html).toContain('aria-label="How much, cross-entropy (sparse): does not fit"');
  expect(html.match(/aria-pressed="true"[^>]*/g)).toEqual([
    expect.stringContaining("Yes or no, binary cross-entropy: fits"),
  ]);
  expect(text(html)).toContain("The playground has no objection.");
});

test("the cost is the mean of the six losses that are shown", () => {
  const html = text(draw(LossAndCost));
  const losses = [...html.matchAll(/loss (\d\.\d{3})/g)].map((match) => Number(match[1]));
  expect(losses).toHaveLength(6);
  const mean = losses.reduce((sum, loss) => sum + loss, 0) / 6;
  const shown = Number(/mean of the six losses (\d\.\d{4})/.exec(html)![1]);
  expect(Math.abs(mean - shown)).toBeLessThan(0.0006);
  expect(html).toContain("loss = −log 0.700 = 0.357");
});

test("a step waits to be asked for", () => {
  const html = text(draw(GradientStep));
  expect(html).toContain("Make a step");
  expect(html).toContain("The network is untrained");
});
