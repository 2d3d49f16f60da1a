// A shared experiment in another page's frame, as a still picture: a page may hold many of these. The playground is a page
// of its own, which takes this one's place once somebody asks for it.

import { htmlAnswer } from "@/app/embed/html-answer";
import { queryOf, readOptions } from "@/lib/embed/options";
import { stillExperiment, stillProblem } from "@/lib/embed/still";
import { decodeExperiment, encodeExperiment } from "@/lib/share/code";
import { ParseError } from "@/lib/spec/parse";

export const runtime = "edge";

interface Context {
  /** The percent-escapes in the code are decoded. */
  params: Promise<{ code: string }>;
}

export async function GET(request: Request, { params }: Context): Promise<Response> {
  const options = readOptions(queryOf(new URL(request.url).search));
  try {
    const spec = decodeExperiment((await params).code);
    return htmlAnswer(stillExperiment(spec, encodeExperiment(spec), options));
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    return htmlAnswer(stillProblem("This link leads to no experiment", error.message, options), 404);
  }
}
