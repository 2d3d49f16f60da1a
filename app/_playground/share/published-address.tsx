// Where a run is published, to take along; and what its weights are published as.
import { ExternalLink, QrCode } from "lucide-react";
import { useEffect, useRef } from "react";
import { Button, buttonClass } from "@/app/_ui/button";
import { formatAccuracy, formatBytes } from "@/app/_ui/format";
import type { RunRecord } from "@/lib/metrics/run-record";
import { CopyField } from "./copy-field";
import type { PublishedPage } from "./publish-flow";
import { QrAction } from "./qr-code";

/** "8-bit weights, 110 KB: 0.9729 → 0.9728 on the test images" */
function describeWeights({ encoding, sizeBytes, testAccuracy }: PublishedPage, { test }: RunRecord): string {
  const size = formatBytes(sizeBytes);
  const accuracy = `${formatAccuracy(test.accuracy)} → ${formatAccuracy(testAccuracy)} on the test images`;
  return encoding === "int8"
    ? `8-bit weights, ${size}: ${accuracy}.`
    : `Weights as they were trained, ${size}, as shorter ones would change the test accuracy by more than 0.1 point.`;
}

export function PublishedAddress({ page, run }: { page: PublishedPage; run: RunRecord }) {
  const { url, created } = page;
  const copy = useRef<HTMLButtonElement>(null);
  // The button that was pressed is gone.
  useEffect(() => copy.current?.focus(), []);
  return (
    <>
      <p role="status" className="mb-2 font-medium">
        {created ? "Published. This is its page:" : "Already published. This is its page:"}
      </p>
      <CopyField
        label="Address of the page"
        text={url}
        rows="all"
        action="Copy address"
        button={copy}
        actions={
          <>
            <a href={url} target="_blank" rel="noopener" className={`bg-raised ${buttonClass()}`}>
              <ExternalLink className="size-4" aria-hidden="true" />
              Open
            </a>
            <QrAction link={url}>
              <Button className="bg-raised">
                <QrCode className="size-4" aria-hidden="true" />
                QR code
              </Button>
            </QrAction>
          </>
        }
      >
        <p className="mt-2 text-mini text-soft">{describeWeights(page, run)}</p>
      </CopyField>
    </>
  );
}
