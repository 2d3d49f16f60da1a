// The addresses of embeds, written. What they ask for is read in options.ts.
import type { EmbedOptions } from "./options";

/** What an embed shows. */
export type Shown =
  /** By the `<code>` of its link. */
  { kind: "experiment"; code: string } | { kind: "lesson"; slug: string };

/** What somebody chooses for those who will see it. */
export type ShownOptions = Pick<EmbedOptions, "lock" | "theme" | "steps" | "autoHeight">;

export const asItIs: ShownOptions = { lock: [], theme: null, steps: null, autoHeight: false };

/** The part of a lesson: "2-4", or "3" for a single step. */
export const writeSteps = ({ first, last }: NonNullable<EmbedOptions["steps"]>): string =>
  first === last ? String(first) : `${first}-${last}`;

function writeOptions({ lock, theme, steps, autoHeight }: ShownOptions): string {
  const parts = [
    lock.length > 0 && `lock=${lock.join(",")}`,
    theme !== null && `theme=${theme}`,
    steps !== null && `steps=${writeSteps(steps)}`,
    autoHeight && "height=auto",
  ].filter((part) => part !== false);
  return parts.length === 0 ? "" : `?${parts.join("&")}`;
}

/** "/embed/…?lock=layers,optimizer" */
export const embedPath = (shown: Shown, options: ShownOptions = asItIs): string =>
  `/embed/${shown.kind === "lesson" ? `lesson/${shown.slug}` : shown.code}${writeOptions(options)}`;

/** The page of the same that stands alone: "/x/…", "/lessons/…" */
export const pagePath = (shown: Shown): string =>
  shown.kind === "lesson" ? `/lessons/${shown.slug}` : `/x/${shown.code}`;
