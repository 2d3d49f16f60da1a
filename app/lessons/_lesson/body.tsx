// A step's text, block by block. Drawn on the server; what lives in it (figures, quizzes) is handed to the browser.
import { Lightbulb } from "lucide-react";
import { Fragment, type ReactNode } from "react";
import type { Block } from "@/lib/lessons/define";
import { Figure } from "./figure";
import { Formula } from "./formula";
import { Inline } from "./inline";
import { Quiz } from "./quiz";

type BlockOf<K extends Block["kind"]> = Extract<Block, { kind: K }>;

const draw: { [K in Block["kind"]]: (block: BlockOf<K>) => ReactNode } = {
  text: ({ text }) => (
    <p>
      <Inline text={text} />
    </p>
  ),
  list: ({ items, ordered }) => <List items={items} ordered={ordered} />,
  formula: ({ tex, says }) => <Formula tex={tex} says={says} />,
  code: ({ code, language }) => (
    <pre
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
      tabIndex={0}
      className={`overflow-x-auto rounded-lg bg-hover px-4 py-3 font-mono text-xs leading-5 ${language === "log" ? "text-soft" : ""}`}
    >
      <code>{code}</code>
    </pre>
  ),
  table: ({ head, rows }) => <Table head={head} rows={rows} />,
  hint: ({ text }) => (
    <aside
      aria-label="A practice worth keeping"
      className="flex gap-3 border-line border-l-2 py-0.5 pl-4 text-sm text-soft"
    >
      <Lightbulb className="mt-1 size-4 shrink-0" aria-hidden="true" />
      <p>
        <Inline text={text} />
      </p>
    </aside>
  ),
  figure: ({ figure }) => <Figure kind={figure} />,
  quiz: ({ quiz: { id, question, options } }) => (
    <Quiz
      id={id}
      question={<Inline text={question} />}
      options={options.map(({ text, because, right = false }) => ({
        text: <Inline text={text} />,
        because: <Inline text={because} />,
        right,
      }))}
    />
  ),
};

export function Body({ blocks }: { blocks: readonly Block[] }) {
  return blocks.map((block, index) => {
    const drawBlock = draw[block.kind] as (block: Block) => ReactNode;
    // biome-ignore lint/suspicious/noArrayIndexKey: blocks of a text that never changes.
    return <Fragment key={index}>{drawBlock(block)}</Fragment>;
  });
}

function List({ items, ordered = false }: { items: readonly string[]; ordered?: boolean }) {
  const Tag = ordered ? "ol" : "ul";
  return (
    <Tag className={`space-y-2 ${ordered ? "pl-6" : "pl-4"}`}>
      {items.map((item, index) => (
        <li key={item} className="relative">
          {/* Drawn here, so that numbers and dots stand in the text's own left edge. */}
          <span aria-hidden="true" className={`absolute text-soft ${ordered ? "-left-6" : "-left-4"}`}>
            {ordered ? index + 1 : "•"}
          </span>
          <Inline text={item} />
        </li>
      ))}
    </Tag>
  );
}

function Table({ head, rows }: Pick<BlockOf<"table">, "head" | "rows">) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <div className="overflow-x-auto" tabIndex={0}>
      <table className="w-full text-left text-sm">
        <thead>
          <tr className="text-soft">
            {head.map((cell) => (
              <th key={cell} scope="col" className="py-1 pr-4 font-normal last:pr-0">
                <Inline text={cell} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.join("|")} className="border-line border-t align-top">
              {row.map((cell, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: cells of a table that never changes.
                <td key={index} className="py-1.5 pr-4 last:pr-0">
                  <Inline text={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
