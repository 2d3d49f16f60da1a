// The element as it will be in the teacher's page, and what it tells that page.
import { createElement, useEffect, useRef, useState } from "react";
import { Section } from "@/app/_ui/section";
import type { Course } from "@/lib/courses/course";
import { elementAttributes, type Size } from "@/lib/courses/html";
import { describeEvent, told } from "./events";

interface PreviewProps {
  /** Null while there is nothing to be shown. */
  course: Course | null;
  size: Size;
}

const MOST_LINES = 50;

export function Preview({ course, size }: PreviewProps) {
  return (
    <Section id="preview" title="Preview" aside="live: what your readers get">
      <script async src="/embed.js" />
      {/* The server's name is not known where the page is made, and an element without it would show nothing. */}
      {course === null || course.origin === "" ? (
        <div
          className="rounded-lg border border-line border-dashed"
          style={{ height: size.height, maxWidth: size.width ?? undefined }}
        />
      ) : (
        <Shown course={course} size={size} />
      )}
    </Section>
  );
}

function Shown({ course, size }: { course: Course; size: Size }) {
  const place = useRef<HTMLDivElement>(null);
  const [lines, setLines] = useState<readonly { key: number; text: string }[]>([]);
  useEffect(() => {
    const node = place.current!;
    let key = 0;
    const hear = (event: Event) => {
      const text = describeEvent(event as CustomEvent);
      if (text !== null) setLines((before) => [{ key: key++, text }, ...before].slice(0, MOST_LINES));
    };
    for (const type of told) node.addEventListener(type, hear);
    return () => {
      for (const type of told) node.removeEventListener(type, hear);
    };
  }, []);
  return (
    <>
      <div
        ref={place}
        className="overflow-hidden rounded-lg border border-line"
        style={{ maxWidth: size.width ?? undefined }}
      >
        {createElement("descent-playground", {
          ...elementAttributes(course),
          title: course.title,
          style: { display: "block", height: size.height },
        })}
      </div>
      <p className="mt-3 text-mini text-soft">What it tells the page around it</p>
      <div
        role="log"
        aria-label="Events"
        // What scrolls has to be within reach of the keyboard.
        // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
        tabIndex={0}
        className="mt-1 h-20 overflow-y-auto font-mono text-mini"
      >
        {lines.map(({ key, text }) => (
          <p key={key} className="truncate">
            {text}
          </p>
        ))}
      </div>
    </>
  );
}
