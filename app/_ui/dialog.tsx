// The frames of what opens over a page: its title, its way out, and where it stands. They are there while they are open.
import { ArrowLeft, X } from "lucide-react";
import { Dialog } from "radix-ui";
import type { ComponentProps, ReactNode, Ref } from "react";
import { IconButton } from "./button";
import { useOpener } from "./use-opener";

/** What lies between the page and what is over it. */
export const shade = "fixed inset-0 z-50 bg-[rgb(0_0_0/0.45)]";

interface FrameProps extends ComponentProps<typeof Dialog.Content> {
  onClose(): void;
  /** Of the shade beside it. */
  beside?: ComponentProps<typeof Dialog.Overlay>;
}

/** What opened it is not a part of it, so that Radix does not know where the focus was. */
function Frame({ onClose, beside, ...content }: FrameProps) {
  const onCloseAutoFocus = useOpener();
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay {...beside} className={shade} />
        <Dialog.Content onCloseAutoFocus={onCloseAutoFocus} {...content} />
      </Dialog.Portal>
    </Dialog.Root>
  );
}

const CloseButton = ({ className }: { className?: string }) => (
  <Dialog.Close asChild>
    <IconButton label="Close" className={className}>
      <X className="size-4" aria-hidden="true" />
    </IconButton>
  </Dialog.Close>
);

interface TitledProps extends Omit<FrameProps, "title"> {
  title: ReactNode;
  /** How wide it is at most, as a class. */
  className: string;
}

interface SheetProps extends TitledProps {
  /** What it is about, below the title. */
  description?: ReactNode;
}

/** Comes from below on phones; on wide screens its top stays where it is while it grows. */
export function Sheet({ title, description, className, children, ...frame }: SheetProps) {
  return (
    <Frame
      {...(description === undefined && { "aria-describedby": undefined })}
      className={`fixed inset-x-0 bottom-0 z-50 max-h-[92dvh] overflow-y-auto overscroll-contain rounded-t-xl border border-line bg-raised px-5 pt-4 pb-5 shadow-xl outline-none sm:inset-x-auto sm:top-[8dvh] sm:bottom-auto sm:left-1/2 sm:max-h-[84dvh] sm:w-[calc(100vw-2rem)] sm:-translate-x-1/2 sm:rounded-xl sm:px-6 ${className}`}
      {...frame}
    >
      <div className={`flex items-start justify-between gap-3 ${description === undefined ? "mb-3" : ""}`}>
        {/* Where it takes several lines, the way out stands beside the first. */}
        <Dialog.Title className="wrap-anywhere self-center py-0.5 font-semibold text-base max-lg:py-2.5">
          {title}
        </Dialog.Title>
        <CloseButton className="-mr-2" />
      </div>
      {description !== undefined && (
        <Dialog.Description className="wrap-anywhere mb-4 text-mini text-soft">
          {description}
        </Dialog.Description>
      )}
      {children}
    </Frame>
  );
}

interface SidePanelProps extends TitledProps {
  titleRef?: Ref<HTMLHeadingElement>;
  /** The way back to what it showed before; null where it shows the first. */
  back: { label: string; onClick(): void } | null;
}

/** Stands at the side, as high as the page; on phones it is the whole screen. Its title stays while it is scrolled. */
export function SidePanel({ title, titleRef, back, className, children, ...frame }: SidePanelProps) {
  return (
    <Frame
      aria-describedby={undefined}
      className={`fixed inset-y-0 right-0 z-50 w-full overflow-y-auto overscroll-contain border-line bg-paper px-4 shadow-xl outline-none sm:border-l sm:px-7 ${className}`}
      {...frame}
    >
      <div className="sticky top-0 z-10 -mx-4 mb-1 flex h-15 items-center gap-2 bg-paper px-4 sm:-mx-7 sm:px-7">
        {back !== null && (
          <IconButton className="-ml-1.5" {...back}>
            <ArrowLeft className="size-4" aria-hidden="true" />
          </IconButton>
        )}
        <Dialog.Title ref={titleRef} tabIndex={-1} className="mr-auto font-semibold text-base outline-none">
          {title}
        </Dialog.Title>
        <CloseButton />
      </div>
      {children}
    </Frame>
  );
}
