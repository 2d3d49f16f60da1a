// The address of a published run, to take along.
import { QrCode } from "lucide-react";
import { Button } from "@/app/_ui/button";
import { CopyField } from "../share/copy-field";
import { QrAction } from "../share/qr-code";

/** Drawn in browsers only: the server does not know what name it goes by there. */
export default function Address({ id }: { id: string }) {
  const link = `${location.origin}/r/${id}`;
  return (
    <CopyField
      label="Address of this page"
      text={link}
      action="Copy link"
      actions={
        <QrAction link={link}>
          <Button>
            <QrCode className="size-4" aria-hidden="true" />
            QR code
          </Button>
        </QrAction>
      }
    />
  );
}
