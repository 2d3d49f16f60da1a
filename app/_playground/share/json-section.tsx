// The experiment as JSON, every field written out.
import { Download } from "lucide-react";
import { buttonClass } from "@/app/_ui/button";
import { fileNameOf, writeExperiment } from "@/lib/share/file";
import { useSpec } from "../use-stores";
import { CopyField } from "./copy-field";

export function JsonSection() {
  const spec = useSpec();
  const json = writeExperiment(spec);
  return (
    <CopyField
      label="JSON"
      text={json}
      action="Copy JSON"
      rows={8}
      actions={
        <a
          href={`data:application/json;charset=utf-8,${encodeURIComponent(json)}`}
          download={fileNameOf(spec)}
          className={`bg-raised ${buttonClass()}`}
        >
          <Download className="size-4" aria-hidden="true" />
          Download
        </a>
      }
    />
  );
}
