// A chart to take along: as a picture (PNG, SVG) or its numbers (CSV).
import { Download } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { useState } from "react";
import { MenuPanel } from "@/app/_ui/menu-panel";
import { ProblemText } from "@/app/_ui/problem";
import { type PictureWords, pngOf, svgOf } from "./chart-svg";

interface ExportMenuProps extends PictureWords {
  /** The drawing; null while it is not there. */
  drawing(): SVGSVGElement | null;
  /** Its numbers, as the text of a CSV file. */
  numbers(): string;
}

/** "Loss, 2 runs" -> "loss-2-runs" */
const fileName = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");

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

export function ExportMenu({ drawing, numbers, ...words }: ExportMenuProps) {
  const [problem, setProblem] = useState<string | null>(null);

  async function fileOf(ending: (typeof kinds)[number]["ending"]): Promise<Blob> {
    if (ending === "csv") return new Blob([numbers()], { type: "text/csv;charset=utf-8" });
    const chart = drawing();
    if (chart === null) throw new Error("The chart is not drawn yet: try again in a moment.");
    const svg = svgOf(chart, words);
    return ending === "svg" ? new Blob([svg], { type: "image/svg+xml" }) : pngOf(svg);
  }

  async function exportAs(ending: (typeof kinds)[number]["ending"]) {
    setProblem(null);
    try {
      keep(`${fileName(words.title)}.${ending}`, await fileOf(ending));
    } catch (error) {
      setProblem(`It was not exported: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  return (
    <>
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger className="tap inline-flex items-center gap-1 underline-offset-4 hover:underline">
          <Download className="size-3" aria-hidden="true" />
          Export<span className="sr-only"> {words.title}</span>
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
