// The way back in: a text or a file that somebody else shared.
import { FileUp } from "lucide-react";
import { useEffect, useId, useRef, useState } from "react";
import { Button } from "@/app/_ui/button";
import { ProblemText } from "@/app/_ui/problem";
import type { Opening } from "./use-open";

export function OpenSection({ opening }: { opening: Opening }) {
  const { problem, forget, openText, openFile } = opening;
  const id = useId();
  const [text, setText] = useState("");
  const files = useRef<HTMLInputElement>(null);
  const said = useRef<HTMLDivElement>(null);
  // What was dropped at the top of the panel is refused at its end.
  useEffect(() => {
    if (problem !== null) said.current?.scrollIntoView({ block: "nearest" });
  }, [problem]);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void openText(text);
      }}
    >
      <label htmlFor={id} className="text-soft">
        An experiment's JSON, its link or its code; or drop a file anywhere here
      </label>
      <textarea
        id={id}
        rows={4}
        spellCheck={false}
        autoComplete="off"
        aria-invalid={problem !== null}
        aria-describedby={problem === null ? undefined : `${id}-problem`}
        className="mt-1.5 block w-full resize-y rounded-lg border border-line bg-paper px-3 py-2 font-mono text-mini wrap-anywhere focus-visible:rounded-lg max-lg:text-base"
        value={text}
        onChange={({ target }) => {
          setText(target.value);
          forget();
        }}
      />
      {problem !== null && (
        <div ref={said} role="alert" className="scroll-my-20">
          <ProblemText id={`${id}-problem`} className="mt-1.5">
            {problem}
          </ProblemText>
        </div>
      )}
      <div className="mt-2.5 flex flex-wrap items-center gap-2">
        <Button type="submit" className="bg-raised">
          Open
        </Button>
        <Button className="bg-raised" onClick={() => files.current?.click()}>
          <FileUp className="size-4" aria-hidden="true" />
          Choose a file
        </Button>
        <input
          ref={files}
          type="file"
          accept=".json,.txt,application/json,text/plain"
          aria-label="File"
          tabIndex={-1}
          className="hidden"
          onChange={({ target }) => {
            const [file] = target.files ?? [];
            // The same file can be chosen again after it was mended.
            target.value = "";
            if (file !== undefined) void openFile(file);
          }}
        />
      </div>
    </form>
  );
}
