// The experiment's title, which a preview of its link shows. Handed in when it is left, so that it is one step back.
import { useId, useState } from "react";
import { ProblemText } from "@/app/_ui/problem";
import { ParseError } from "@/lib/spec/parse";
import { setTitle } from "@/lib/store/spec";

/** What somebody has typed over `title` and not yet handed in, or handed in and got back. */
interface Draft {
  over: string;
  text: string;
  error: string | null;
}

export function TitleField({ title }: { title: string }) {
  const id = useId();
  const [kept, setDraft] = useState<Draft | null>(null);
  const draft = kept?.over === title ? kept : null;

  function submit() {
    if (draft === null || draft.error !== null) return;
    try {
      const next = draft.text.trim();
      if (next !== title) setTitle(next);
      setDraft(null);
    } catch (error) {
      if (!(error instanceof ParseError)) throw error;
      setDraft({ ...draft, error: error.message });
    }
  }

  const error = draft?.error ?? null;
  return (
    <div>
      <label htmlFor={id} className="text-mini text-soft">
        Title, for previews of the link
      </label>
      <input
        id={id}
        type="text"
        autoComplete="off"
        placeholder="Untitled experiment"
        aria-invalid={error !== null}
        aria-describedby={error === null ? undefined : `${id}-error`}
        className="tap mt-1 block h-9 w-full rounded-lg border border-line bg-paper px-3 font-medium placeholder:text-soft focus-visible:rounded-lg max-lg:text-base"
        value={draft?.text ?? title}
        onChange={({ target }) => setDraft({ over: title, text: target.value, error: null })}
        onBlur={submit}
        onKeyDown={({ key }) => key === "Enter" && submit()}
      />
      {error !== null && (
        <ProblemText id={`${id}-error`} className="mt-1.5">
          {error}
        </ProblemText>
      )}
    </div>
  );
}
