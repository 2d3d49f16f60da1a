// A published run.
import { route } from "@/lib/http";
import { archive } from "@/lib/runs/read";
import { createRunAnswer } from "@/lib/runs/reading";

export const runtime = "edge";

const answer = createRunAnswer(archive);

export const GET = route(
  async (request, { params }: { params: Promise<{ id: string }> }) => answer(request, (await params).id),
  { anyOrigin: true },
);
