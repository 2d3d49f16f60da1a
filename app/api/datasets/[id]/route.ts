// The manifest of a data set: where a browser finds its shards.
import { createDatasetAnswer } from "@/app/api/datasets/dataset-answer";
import { openStore } from "@/lib/blob/environment";
import { route } from "@/lib/http";

export const runtime = "edge";

const answer = createDatasetAnswer(openStore);

export const GET = route(async (request, { params }: { params: Promise<{ id: string }> }) =>
  answer(request, (await params).id),
);
