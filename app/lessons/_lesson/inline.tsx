// A line of a lesson's text with its marks. Drawn on the server only: it sets formulas.
import { Fragment, type ReactNode } from "react";
import { type Piece, piecesOf } from "@/lib/lessons/inline";
import { InlineFormula } from "./formula";

const draw: Record<Piece["kind"], (text: string) => ReactNode> = {
  plain: (text) => text,
  code: (text) => (
    <code className="rounded bg-hover px-1 py-px font-mono text-[0.875em] wrap-anywhere">{text}</code>
  ),
  emphasis: (text) => <em>{text}</em>,
  formula: (text) => <InlineFormula tex={text} />,
};

export const Inline = ({ text }: { text: string }) =>
  piecesOf(text).map(({ kind, text: part }, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: pieces of a text that never changes.
    <Fragment key={index}>{draw[kind](part)}</Fragment>
  ));
