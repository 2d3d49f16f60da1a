// Says what is wrong with an entry, for whoever runs this server.
import { RadioGroup } from "radix-ui";
import { useEffect, useId, useRef, useState } from "react";
import { Button } from "@/app/_ui/button";
import { Sheet } from "@/app/_ui/dialog";
import { ProblemText } from "@/app/_ui/problem";
import type { PlacedEntry } from "@/lib/leaderboard/records";
import { MAX_NOTE_LENGTH, type ReportReason, reportReasons } from "@/lib/leaderboard/report";
import { sendReport } from "@/lib/leaderboard/send-report";

interface ReportDialogProps {
  entry: PlacedEntry;
  onClose(): void;
}

type Sending = { state: "idle" | "sending" | "sent" } | { state: "failed"; why: string };

export default function ReportDialog({ entry, onClose }: ReportDialogProps) {
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
    <Sheet
      title="Report an entry"
      description={
        <>
          By <bdi className="text-ink">{entry.player}</bdi> #{entry.mark}. Whoever runs this server reads it;
          nothing else follows by itself.
        </>
      }
      onClose={onClose}
      className="sm:max-w-[28rem]"
    >
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
    </Sheet>
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
