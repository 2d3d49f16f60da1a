// The HTML to take along: with our script, or as a plain frame for sites that take scripts away.
import { Tabs } from "radix-ui";
import { CopyField } from "@/app/_playground/share/copy-field";
import { Section } from "@/app/_ui/section";
import { TabPanel, TabRow } from "@/app/_ui/tabs";
import type { Course } from "@/lib/courses/course";
import { elementHtml, plainHtml, type Size } from "@/lib/courses/html";
import { pagePath } from "@/lib/embed/address";

interface SnippetsProps {
  course: Course;
  size: Size;
}

export function Snippets({ course, size }: SnippetsProps) {
  const ways = [
    {
      id: "element",
      label: "Element",
      html: elementHtml(course, size),
      says: "Loads when a reader comes near it, keeps its room so that nothing jumps, and tells your page how far they are.",
    },
    {
      id: "frame",
      label: "Plain frame",
      html: plainHtml(course, size),
      says: "For sites that take scripts away, such as the text of a Moodle page. It shows the same, and tells nothing.",
    },
    {
      id: "link",
      label: "Link",
      html: `${course.origin}${pagePath(course.shown)}`,
      says: "Sites that know oEmbed make a frame of the link alone: WordPress and Ghost do where they are allowed to, Notion by its embed block.",
    },
  ] as const;
  return (
    <Section id="html" title="For a page">
      <Tabs.Root defaultValue="element">
        <TabRow name="Ways to show it" tabs={ways} className="mb-3" />
        {ways.map(({ id, label, html, says }) => (
          <TabPanel key={id} value={id}>
            <CopyField
              label={id === "link" ? "Link" : `HTML: ${label.toLowerCase()}`}
              text={html}
              action={id === "link" ? "Copy link" : "Copy HTML"}
              rows={5}
              filled
            >
              <p className="mt-2 max-w-[40rem] text-mini text-soft">{says}</p>
            </CopyField>
          </TabPanel>
        ))}
      </Tabs.Root>
    </Section>
  );
}
