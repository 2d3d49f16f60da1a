// The menu of a chart's files, opened, and what makes them.
import { DropdownMenu } from "radix-ui";
import { useState } from "react";
import { MenuPanel } from "@/app/_ui/menu-panel";
import { ProblemText } from "@/app/_ui/problem";
import { pngOf, svgOf } from "./chart-svg";
import { type ExportProps, ExportTrigger } from "./export-button";
import { fileName } from "./file-name";

/** Hands the browser a file to keep. */
function keep(name: string, file: Blob): void {
  const url = URL.createObjectURL(file);
  Object.assign(document.createElement("a"), { href: url, download: name }).click();
  // The browser has it by then; at once would be too early for some.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

const kinds = [
  { ending: "png", label: "PNG", summary: "a picture" },
  { ending: "svg", label: "SVG", summary: "a picture of lines, for print and editing" },
  { ending: "csv", label: "CSV", summary: "the numbers, unsmoothed" },
] as const;

type Ending = (typeof kinds)[number]["ending"];

export default function ExportMenu({ drawing, numbers, ...words }: ExportProps) {
  const [problem, setProblem] = useState<string | null>(null);

  async function fileOf(ending: Ending): Promise<Blob> {
    if (ending === "csv") return new Blob([await numbers()], { type: "text/csv;charset=utf-8" });
    const chart = drawing();
    if (chart === null) throw new Error("The chart is not drawn yet: try again in a moment.");
    const svg = await svgOf(chart, words);
    return ending === "svg" ? new Blob([svg.text], { type: "image/svg+xml" }) : pngOf(svg);
  }

  async function exportAs(ending: Ending) {
    setProblem(null);
    try {
      keep(`${fileName(words)}.${ending}`, await fileOf(ending));
    } catch (error) {
      setProblem(`It was not exported: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  return (
    <>
      <DropdownMenu.Root defaultOpen modal={false}>
        <DropdownMenu.Trigger asChild>
          <ExportTrigger title={words.title} />
        </DropdownMenu.Trigger>
        <MenuPanel align="end">
          {kinds.map(({ ending, label, summary }) => (
            <DropdownMenu.Item
              key={ending}
              aria-label={label}
              textValue={label}
              onSelect={() => exportAs(ending)}
              className="tap flex cursor-pointer items-center gap-2 rounded-md px-3 py-1.5 outline-none data-[highlighted]:bg-hover"
            >
              <span className="w-9 font-medium">{label}</span>
              <span className="text-mini text-soft">{summary}</span>
            </DropdownMenu.Item>
          ))}
        </MenuPanel>
      </DropdownMenu.Root>
      {problem !== null && <ProblemText>{problem}</ProblemText>}
    </>
  );
}
