// A lesson in another page's frame, as a still picture: what it is about, and its steps.
import { htmlAnswer } from "@/app/embed/html-answer";
import { shownSteps } from "@/lib/embed/lesson-steps";
import { queryOf, readOptions } from "@/lib/embed/options";
import { stillLesson, stillProblem } from "@/lib/embed/still";
import { plainText } from "@/lib/lessons/inline";
import { isLesson, lessons } from "@/lib/lessons/registry";
import { parseExperiment } from "@/lib/spec/experiment";

export const runtime = "edge";

interface Context {
  params: Promise<{ slug: string }>;
}

export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { slug } = await params;
  const options = readOptions(queryOf(new URL(request.url).search));
  if (!isLesson(slug)) {
    const reason = `There is no lesson of this name; there are ${Object.keys(lessons).join(", ")}.`;
    return htmlAnswer(stillProblem("This link leads to no lesson", reason, options), 404);
  }
  const { title, summary, minutes, steps } = await lessons[slug]();
  const shown = shownSteps(steps, options.steps);
  const still = {
    slug,
    title,
    summary,
    minutes: shown.steps.length === steps.length ? minutes : null,
    steps: shown.steps.map((step) => ({ id: step.id, title: plainText(step.title) })),
    from: shown.from,
    experiment: parseExperiment(shown.steps[0].experiment),
  };
  return htmlAnswer(stillLesson(still, options));
}
