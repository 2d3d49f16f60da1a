// A piece of HTML for course sites.
import { embedSnippet } from "@/lib/share/links";
import { useSpec } from "../use-stores";
import { CopyField } from "./copy-field";

export function EmbedSection() {
  return (
    <CopyField label="HTML" text={embedSnippet(location.origin, useSpec())} action="Copy HTML" rows={4}>
      <p className="mt-2 text-mini text-soft">
        For a page of your own: the experiment without the frame around it. It loads nothing heavy before a
        tap.
      </p>
    </CopyField>
  );
}
