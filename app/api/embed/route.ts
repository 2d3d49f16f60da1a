// The code of an experiment that a page sends to an embed: the still picture in a frame is too small to read one itself.

import * as z from "zod/mini";
import { respond, route } from "@/lib/http";
import { readBody, readJson } from "@/lib/runs/body";
import { encodeExperiment } from "@/lib/share/code";
import { readLoaded } from "@/lib/share/loaded";
import { object, parse } from "@/lib/spec/parse";

export const runtime = "edge";

const MAX_BYTES = 65_536;

const schema = object({ experiment: z.unknown() });

export const POST = route(async (request: Request) => {
  const { experiment } = parse(schema, readJson(await readBody(request, MAX_BYTES), "body"), "body");
  return respond({ code: encodeExperiment(readLoaded(experiment)) });
});
