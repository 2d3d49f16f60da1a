// Says what is wrong with an entry, for whoever runs this server.
import { X } from "lucide-react";
import { Dialog, RadioGroup } from "radix-ui";
import { useEffect, useId, useRef, useState } from "react";
import { Button, IconButton } from "@/app/_ui/button";
import { ProblemText } from "@/app/_ui/problem";
import { useOpener } from "@/app/_ui/use-opener";
import type { PlacedEntry } from "@/lib/leaderboard/records";
import { MAX_NOTE_LENGTH, type ReportReason, reportReasons } from "@/lib/leaderboard/report";
import { sendReport } from "@/lib/leaderboard/send-report";

interface ReportDialogProps {
  entry: PlacedEntry;
  onClose(): void;
}

type Sending = { state: "idle" | "sending" | "sent" } | { state: "failed"; why: string };

export default function ReportDialog({ entry, onClose }: ReportDialogProps) {
  const onCloseAutoFocus = useOpener();
  const [reason, setReason] = useState<ReportReason | null>(null);
  const [note, setNote] = useState("");
  const [sending, setSending] = useState<Sending>({ state: "idle" });
  const attempt = useRef<AbortController>(null);
  useEffect(() => () => attempt.current?.abort(), []);
  const noteId = useId();
  const busy = sending.state === "sending";

  async function send(): Promise<void> {
    if (reason === null || busy) return;
    const controller = new AbortController();
    const { signal } = controller;
    attempt.current = controller;
    setSending({ state: "sending" });
    try {
      await sendReport(entry, { reason, note: note.trim() }, { signal });
      if (!signal.aborted) setSending({ state: "sent" });
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      if (!signal.aborted) setSending({ state: "failed", why });
    }
  }

  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-50 bg-[rgb(0_0_0/0.45)]" />
        <Dialog.Content
          onCloseAutoFocus={onCloseAutoFocus}
          className="fixed inset-x-0 bottom-0 z-50 max-h-[92dvh] overflow-y-auto overscroll-contain rounded-t-xl border border-line bg-raised px-5 pt-4 pb-5 shadow-xl outline-none sm:inset-x-auto sm:top-1/2 sm:bottom-auto sm:left-1/2 sm:w-[min(28rem,calc(100vw-2rem))] sm:-translate-x-1/2 sm:-translate-y-1/2 sm:rounded-xl sm:px-6"
        >
          <div className="mb-1 flex items-center justify-between">
            <Dialog.Title className="font-semibold text-base">Report an entry</Dialog.Title>
            <Dialog.Close asChild>
              <IconButton label="Close" className="-mr-2">
                <X className="size-4" aria-hidden="true" />
              </IconButton>
            </Dialog.Close>
          </div>
          <Dialog.Description className="mb-3 text-soft">
            By <bdi className="text-ink">{entry.player}</bdi> #{entry.mark}. Whoever runs this server reads
            it; nothing else follows by itself.
          </Dialog.Description>
          {sending.state !== "sent" && (
            <form
              onSubmit={(event) => {
                event.preventDefault();
                void send();
              }}
            >
              <Reasons value={reason} onChange={setReason} />
              <label htmlFor={noteId} className="mt-3 block text-mini text-soft">
                In your own words, if you like
              </label>
              <textarea
                id={noteId}
                rows={3}
                maxLength={MAX_NOTE_LENGTH}
                value={note}
                onChange={({ target }) => setNote(target.value)}
                className="mt-1 block w-full rounded-lg border border-line bg-paper px-3 py-2 focus-visible:rounded-lg max-lg:text-base"
              />
              <Button type="submit" className="mt-4 bg-raised" aria-disabled={reason === null || busy}>
                {sending.state === "failed" ? "Try again" : "Send report"}
              </Button>
            </form>
          )}
          <div role="status" className="mt-3 empty:hidden">
            {busy && <p className="text-mini text-soft">Sending …</p>}
            {sending.state === "sent" && <p>The report was sent. Thank you.</p>}
            {sending.state === "failed" && <ProblemText>{sending.why}</ProblemText>}
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

interface ReasonsProps {
  value: ReportReason | null;
  onChange(reason: ReportReason): void;
}

function Reasons({ value, onChange }: ReasonsProps) {
  const prefix = useId();
  return (
    <RadioGroup.Root
      aria-label="What is wrong with it"
      value={value}
      onValueChange={(reason) => onChange(reason as ReportReason)}
    >
      {Object.entries(reportReasons).map(([reason, label]) => (
        <label
          key={reason}
          htmlFor={`${prefix}${reason}`}
          className="tap flex cursor-pointer items-center gap-3 py-1.5"
        >
          <RadioGroup.Item
            id={`${prefix}${reason}`}
            value={reason}
            className="flex size-4 shrink-0 items-center justify-center rounded-full border border-soft focus-visible:rounded-full data-[state=checked]:border-train"
          >
            <RadioGroup.Indicator className="size-2 rounded-full bg-train" />
          </RadioGroup.Item>
          {label}
        </label>
      ))}
    </RadioGroup.Root>
  );
}
