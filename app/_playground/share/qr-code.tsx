// A QR code, small beside its link and large for a lecture hall. Black on white in any theme: that is what readers
// look for.
import { X } from "lucide-react";
import { Dialog } from "radix-ui";
import type { ReactNode } from "react";
import { formatCount } from "@/app/_ui/format";
import { drawQr, type QrCode, QUIET_ZONE } from "./qr";

/** Links that are longer than this are no help to anybody who reads them from a wall. */
const LONGEST_CAPTION = 80;

interface QrPictureProps {
  code: QrCode;
  /** What it shows; a picture without it is decoration. */
  label?: string;
  className: string;
}

function QrPicture({ code, label, className }: QrPictureProps) {
  const side = code.size + 2 * QUIET_ZONE;
  return (
    <svg
      role="img"
      aria-label={label}
      aria-hidden={label === undefined}
      viewBox={`${-QUIET_ZONE} ${-QUIET_ZONE} ${side} ${side}`}
      shapeRendering="crispEdges"
      className={className}
    >
      <rect x={-QUIET_ZONE} y={-QUIET_ZONE} width={side} height={side} fill="#fff" />
      <path d={code.path} fill="#000" fillRule="evenodd" />
    </svg>
  );
}

interface QrLargeProps {
  link: string;
  code: QrCode;
  /** What leads to it; a button. */
  children: ReactNode;
}

function QrLarge({ link, code, children }: QrLargeProps) {
  const address = link.replace(/^https?:\/\//, "");
  return (
    <Dialog.Root>
      <Dialog.Trigger asChild>{children}</Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-0 z-50 flex flex-col items-center justify-center bg-[#fff] text-[#000] outline-none"
        >
          <Dialog.Title className="sr-only">QR code</Dialog.Title>
          <QrPicture
            code={code}
            label={`QR code of ${address}`}
            className="size-[min(100vw,calc(100dvh-3.5rem))] shrink-0"
          />
          {address.length <= LONGEST_CAPTION && (
            <p className="max-w-full px-4 text-center font-medium text-base sm:text-xl wrap-anywhere">
              {address}
            </p>
          )}
          <Dialog.Close
            aria-label="Close QR code"
            title="Close QR code"
            className="fixed top-2 right-2 flex size-11 items-center justify-center rounded-full bg-[#fff]"
          >
            <X className="size-6" aria-hidden="true" />
          </Dialog.Close>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** A link's code, and one tap further the same over the whole screen. */
export function QrSquare({ link }: { link: string }) {
  const code = drawQr(link);
  if (code === null)
    return (
      <p className="text-mini text-soft">
        This link is too long for a QR code that a phone can read: it has {formatCount(link.length)}{" "}
        characters.
      </p>
    );
  return (
    <QrLarge link={link} code={code}>
      <button type="button" aria-label="Show QR code large" className="group block w-full">
        <QrPicture code={code} className="w-full rounded-lg border border-line" />
        <span className="mt-1 block text-center font-medium text-mini text-train group-hover:underline group-hover:underline-offset-4">
          Show large
        </span>
      </button>
    </QrLarge>
  );
}

/** Only the way to the large one, behind a button; nothing where the link is too long. */
export function QrAction({ link, children }: { link: string; children: ReactNode }) {
  const code = drawQr(link);
  return code === null ? null : (
    <QrLarge link={link} code={code}>
      {children}
    </QrLarge>
  );
}
