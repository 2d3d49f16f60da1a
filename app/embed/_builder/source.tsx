// What is shown: one of our experiments, a lesson or a part of it, or whatever somebody has a link to.
import { Tabs } from "radix-ui";
import { type Dispatch, type SetStateAction, useId } from "react";
import { ProblemText } from "@/app/_ui/problem";
import { Section } from "@/app/_ui/section";
import { Select } from "@/app/_ui/select";
import { TabPanel, TabRow } from "@/app/_ui/tabs";
import * as presets from "@/lib/spec/presets/registry";
import {
  type Draft,
  type LessonChoice,
  type PresetKind,
  presetKinds,
  type Source as SourceKind,
  sources,
  withLesson,
  withStep,
} from "./draft";

const labels: Readonly<Record<SourceKind, string>> = {
  preset: "Experiment",
  lesson: "Lesson",
  own: "Your own",
};

const tabs = sources.map((id) => ({ id, label: labels[id] }));

interface SourceProps {
  draft: Draft;
  lessons: readonly LessonChoice[];
  /** What is wrong with what was pasted. */
  problem: string | null;
  setDraft: Dispatch<SetStateAction<Draft>>;
}

export function Source({ draft, lessons, problem, setDraft }: SourceProps) {
  return (
    <Section id="source" title="What is shown">
      <Tabs.Root
        value={draft.source}
        onValueChange={(source) => setDraft({ ...draft, source: source as SourceKind })}
      >
        <TabRow name="What is shown" tabs={tabs} className="mb-2" />
        <TabPanel value="preset">
          <Row label="Experiment">
            <Select
              name="Experiment"
              value={draft.preset}
              options={presetKinds.map((kind) => ({
                value: kind,
                label: presets[kind].experiment.title,
                summary: presets[kind].summary,
              }))}
              onChange={(preset) => setDraft({ ...draft, preset: preset as PresetKind })}
            />
          </Row>
          <p className="text-mini text-soft">{presets[draft.preset].summary}</p>
        </TabPanel>
        <TabPanel value="lesson">
          <Lesson draft={draft} lessons={lessons} setDraft={setDraft} />
        </TabPanel>
        <TabPanel value="own">
          <Own text={draft.own} problem={problem} onChange={(own) => setDraft({ ...draft, own })} />
        </TabPanel>
      </Tabs.Root>
    </Section>
  );
}

function Row({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div className="flex min-h-8 items-center justify-between gap-x-4">
      <span className="shrink-0 text-soft">{label}</span>
      {children}
    </div>
  );
}

function Lesson({ draft, lessons, setDraft }: Omit<SourceProps, "problem">) {
  const lesson = lessons.find(({ slug }) => slug === draft.slug)!;
  const options = lesson.steps.map((title, index) => ({
    value: String(index + 1),
    label: `${index + 1} ${title}`,
  }));
  const step = (end: "first" | "last", label: string) => (
    <Row label={label}>
      <Select
        name={`${label} step`}
        value={String(draft.steps[end])}
        options={options}
        onChange={(value) => setDraft(withStep(draft, end, Number(value)))}
      />
    </Row>
  );
  return (
    <>
      <Row label="Lesson">
        <Select
          name="Lesson"
          value={draft.slug}
          options={lessons.map(({ slug, title, summary }) => ({ value: slug, label: title, summary }))}
          onChange={(slug) => setDraft(withLesson(draft, slug, lessons))}
        />
      </Row>
      {step("first", "First")}
      {step("last", "Last")}
      <p className="mt-1 text-mini text-soft">{lesson.summary}</p>
    </>
  );
}

interface OwnProps {
  text: string;
  problem: string | null;
  onChange(text: string): void;
}

function Own({ text, problem, onChange }: OwnProps) {
  const id = useId();
  return (
    <>
      <label htmlFor={id} className="text-soft">
        The link of an experiment or a lesson, or an experiment’s JSON
      </label>
      <textarea
        id={id}
        rows={4}
        spellCheck={false}
        autoComplete="off"
        aria-invalid={problem !== null}
        aria-describedby={problem === null ? undefined : `${id}-problem`}
        className="mt-1.5 block w-full resize-y rounded-lg border border-line bg-raised px-3 py-2 font-mono text-mini wrap-anywhere focus-visible:rounded-lg max-lg:text-base"
        value={text}
        onChange={({ target }) => onChange(target.value)}
      />
      <div role="alert">
        {problem !== null && (
          <ProblemText id={`${id}-problem`} className="mt-1.5">
            {problem}
          </ProblemText>
        )}
      </div>
    </>
  );
}
