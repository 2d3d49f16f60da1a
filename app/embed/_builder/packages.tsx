// The course as a file that a course site takes and that tells it what was reached.
import { Download } from "lucide-react";
import { useState } from "react";
import { FieldRow } from "@/app/_playground/controls/field";
import { sentenceOf } from "@/app/_playground/share/words";
import { Button } from "@/app/_ui/button";
import { ProblemText } from "@/app/_ui/problem";
import { Section } from "@/app/_ui/section";
import type { Course } from "@/lib/courses/course";
import * as standards from "@/lib/courses/standards/registry";
import { type Draft, fields } from "./draft";

interface PackagesProps {
  course: Course;
  draft: Draft;
  change(part: Partial<Draft>): void;
}

const percent = (value: number) => `${value} %`;

export function Packages({ course, draft, change }: PackagesProps) {
  const { kind } = course.shown;
  return (
    <Section id="packages" title="For a course site">
      <p className="max-w-[40rem]">
        A package that Moodle, Canvas and others take as an activity. It holds a page with the playground in
        it and tells the course site when it is completed, whether it is passed, and the score. The best
        result counts.
      </p>
      <div className="mt-2 max-w-80">
        <FieldRow
          field={kind === "lesson" ? fields.passLesson : fields.passExperiment}
          value={draft.pass[kind]}
          name="Pass mark"
          format={percent}
          onChange={(pass) => change({ pass: { ...draft.pass, [kind]: Number(pass) } })}
        />
      </div>
      <ul className="mt-2 border-line border-b">
        {Object.values(standards).map((standard) => (
          <Package key={standard.suffix} course={course} standard={standard} />
        ))}
      </ul>
    </Section>
  );
}

type Standard = (typeof standards)[keyof typeof standards];

async function readScript(name: string): Promise<string> {
  const response = await fetch(`/${name}`);
  if (!response.ok) throw new Error(`The server answered ${response.status} for ${name}: try again later.`);
  return response.text();
}

/** Hands the browser a file to keep. */
function keep(name: string, bytes: Uint8Array<ArrayBuffer>): void {
  const url = URL.createObjectURL(new Blob([bytes], { type: "application/zip" }));
  const link = Object.assign(document.createElement("a"), { href: url, download: name });
  link.click();
  // The browser has it by then; at once would be too early for some.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

function Package({ course, standard }: { course: Course; standard: Standard }) {
  const [problem, setProblem] = useState<string | null>(null);
  const [said, setSaid] = useState("");
  async function download() {
    setProblem(null);
    setSaid("");
    try {
      // What packs it is downloaded by those alone who want a package.
      const { packCourse, packageName } = await import("@/lib/courses/package");
      const name = packageName(course, standard);
      keep(name, await packCourse(course, standard, readScript));
      setSaid(`Downloaded as ${name}.`);
    } catch (error) {
      setProblem(`The package was not made. ${sentenceOf(error)}`);
    }
  }
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-line border-t py-3">
      <div className="min-w-0 flex-1 basis-64">
        <h3 className="font-medium">{standard.label}</h3>
        <p className="text-mini text-soft">{standard.summary}</p>
        <p role="status" className="text-mini wrap-anywhere">
          {said}
        </p>
        {problem !== null && <ProblemText>{problem}</ProblemText>}
      </div>
      <Button aria-label={`Download the ${standard.label} package`} onClick={() => void download()}>
        <Download className="size-4" aria-hidden="true" />
        Download
      </Button>
    </li>
  );
}
