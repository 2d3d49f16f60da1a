// Lets a browser upload the weights of a run that is to be published.

import { openStore } from "@/lib/blob/environment";
import { route } from "@/lib/http";
import { createUploadAnswer } from "@/lib/runs/uploads";

export const runtime = "edge";

export const POST = route(createUploadAnswer(openStore));
