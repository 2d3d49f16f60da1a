// POST /api/submissions/<id>/reports: a visitor says what is wrong with an entry. Kept for an operator, once for each
// player and entry; nothing else follows by itself.
import * as z from "zod/mini";
import type { OpenStore } from "../blob/environment";
import { forever } from "../blob/store";
import { ApiError, respond } from "../http";
import { hashSchema } from "../metrics/run-record";
import { readBody, readJson } from "../runs/body";
import { requireOwnOrigin } from "../runs/host";
import { oneOf } from "../spec/fields";
import { object, parse } from "../spec/parse";
import { checkEntrance } from "./entrance";
import { names } from "./names";
import { parseReceived } from "./records";
import { type KeyAlgorithm, keyAlgorithms, signatureSchema, tokenSchema, workSchema } from "./submission";

export const reportReasons = ["name", "copied", "impossible", "other"] as const;
export type ReportReason = (typeof reportReasons)[number];

export interface Report {
  version: 1;
  reason: ReportReason;
  /** At most 300 characters; empty where nothing is added. */
  note: string;
  player: { algorithm: KeyAlgorithm; key: string };
  token: string;
  work: number;
  signature: string;
}

const MAX_REPORT_BYTES = 4_000;
const noteAllowed = "a text of at most 300 characters";
const keyAllowed = "a public key's raw bytes in base64url";
const reportSchema = object({
  version: z.literal(1, { error: "1" }),
  reason: z.enum(reportReasons, { error: oneOf(reportReasons) }),
  note: z.string({ error: noteAllowed }).check(z.maxLength(300, { error: noteAllowed })),
  player: object({
    algorithm: z.enum(keyAlgorithms, { error: oneOf(keyAlgorithms) }),
    key: z.string({ error: keyAllowed }).check(z.regex(/^[A-Za-z0-9_-]{43,87}$/, { error: keyAllowed })),
  }),
  token: tokenSchema,
  work: workSchema,
  signature: signatureSchema,
});

/** What a visitor signs. */
export const reportText = (
  id: string,
  { reason, note, token }: Pick<Report, "reason" | "note" | "token">,
): string => ["descent report 1", id, reason, note.replaceAll("\n", " "), token].join("\n");

interface ReportParts {
  open(): OpenStore;
  secret(): string;
  now?(): number;
}

/** Answers 201, and 200 where this player has reported the entry before. @throws ApiError 403, 404, 409, 422 */
export function createReportAnswer({ open, secret, now = Date.now }: ReportParts) {
  return async function answer(request: Request, entry: string): Promise<Response> {
    requireOwnOrigin(request, "Reports are sent from this site's own pages.");
    const id = parse(hashSchema, entry, "id");
    const report: Report = parse(
      reportSchema,
      readJson(await readBody(request, MAX_REPORT_BYTES), "report"),
      "report",
    );
    const { store } = open();
    const bytes = await store.read(names.submission(id));
    if (bytes === null) throw new ApiError(404, "not_found", `There is no submission ${id}.`, "id");
    const { board } = parseReceived(bytes);
    const text = reportText(id, report);
    const { player, nonce } = await checkEntrance(report, { secret: secret(), board, text, now: now() });
    const options = { contentType: "application/json", overwrite: false, maxAgeSeconds: forever };
    const use = JSON.stringify({ id: `report ${id} ${player}`, receivedAt: now() });
    const unused = await store.put(names.claim(nonce), use, options);
    if (!unused)
      throw new ApiError(409, "token_used", "This token was used already: ask for another one.", "token");
    const { reason, note } = report;
    const kept = JSON.stringify({ version: 1, id, reason, note, player, at: now() });
    const created = await store.put(names.report(id, player), kept, options);
    return respond({ id }, { status: created ? 201 : 200 });
  };
}
