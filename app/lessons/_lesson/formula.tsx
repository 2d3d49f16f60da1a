// Formulas, set by KaTeX where the page is built. No script of it reaches a browser; its style sheet comes with the page.
import katex from "katex";

const strict = { throwOnError: true, strict: "error" } as const;

/** Within a line: what is read out is the MathML beside the drawing. */
export const InlineFormula = ({ tex }: { tex: string }) => (
  <span
    // biome-ignore lint/security/noDangerouslySetInnerHtml: made here from a lesson's own text.
    dangerouslySetInnerHTML={{ __html: katex.renderToString(tex, { ...strict, output: "htmlAndMathml" }) }}
  />
);

interface FormulaProps {
  tex: string;
  /** Read out in its place. */
  says: string;
}

export const Formula = ({ tex, says }: FormulaProps) => (
  <div className="overflow-x-auto py-1 text-center">
    <span className="sr-only">{says}</span>
    <span
      aria-hidden="true"
      // biome-ignore lint/security/noDangerouslySetInnerHtml: made here from a lesson's own text.
      dangerouslySetInnerHTML={{
        __html: katex.renderToString(tex, { ...strict, displayMode: true, output: "html" }),
      }}
    />
  </div>
);
