// Whether this server works, and with which store.

import { openStore } from "@/lib/blob/environment";
import { respond, route } from "@/lib/http";
import packageJson from "@/package.json";

export const runtime = "edge";

export const GET = route(async () =>
  respond({ status: "ok", store: openStore().kind, version: packageJson.version }),
);
