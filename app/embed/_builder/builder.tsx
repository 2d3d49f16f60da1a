"use client";
// The teacher's choices at the left; at the right what comes of them, live, and the ways to take it along.
import { useEffect, useState, useSyncExternalStore } from "react";
import { courseOf, type Draft, firstDraft, type LessonChoice, sizeOf } from "./draft";
import { Locks } from "./locks";
import { Look } from "./look";
import { Packages } from "./packages";
import { Preview } from "./preview";
import { Snippets } from "./snippets";
import { Source } from "./source";

const never = () => () => {};
/** Of this server; the page is made before it is known. */
const useOrigin = () =>
  useSyncExternalStore(
    never,
    () => location.origin,
    () => "",
  );

export function Builder({ lessons }: { lessons: readonly LessonChoice[] }) {
  const origin = useOrigin();
  const [draft, setDraft] = useState<Draft>(() => firstDraft(lessons));
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  // Who comes from the playground finds their own experiment here.
  useEffect(() => {
    const own = new URLSearchParams(location.search).get("experiment");
    if (own !== null) setDraft((before) => ({ ...before, source: "own", own }));
  }, []);
  const result = courseOf(draft, lessons, origin);
  const course = "course" in result ? result.course : null;
  return (
    <div className="mt-7 grid gap-x-10 gap-y-8 lg:grid-cols-[22rem_minmax(0,1fr)]">
      <div className="space-y-8">
        <Source
          draft={draft}
          lessons={lessons}
          problem={"problem" in result ? result.problem : null}
          setDraft={setDraft}
        />
        <Locks draft={draft} setDraft={setDraft} />
        <Look draft={draft} change={change} />
      </div>
      <div className="min-w-0 space-y-8">
        <Preview course={course} size={sizeOf(draft)} />
        {course !== null && (
          <>
            <Snippets course={course} size={sizeOf(draft)} />
            <Packages course={course} draft={draft} change={change} />
          </>
        )}
      </div>
    </div>
  );
}
