// A piece of HTML for course sites, and the way to the page that makes more of it.

import { encodeExperiment } from "@/lib/share/code";
import { embedSnippet } from "@/lib/share/links";
import { useSpec } from "../use-stores";
import { CopyField } from "./copy-field";

export function EmbedSection() {
  const spec = useSpec();
  return (
    <CopyField label="HTML" text={embedSnippet(location.origin, spec)} action="Copy HTML" rows={4}>
      <p className="mt-2 text-mini text-soft">
        For a page of your own: the experiment without the frame around it. It loads nothing heavy before a
        tap.
      </p>
      <a
        href={`/embed?experiment=${encodeURIComponent(encodeExperiment(spec))}`}
        className="tap inline-flex items-center font-medium text-train hover:underline hover:underline-offset-4"
      >
        Locks, size, and packages for course sites
      </a>
    </CopyField>
  );
}
