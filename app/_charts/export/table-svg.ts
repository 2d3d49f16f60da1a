// A table of the page as a drawing: each cell's ground, frame and text where the page has them, so that a map of numbers is
// a picture as good as a chart.
import { ascentOf, attribute, hexOf, svgElement, text, writeOut } from "./write-svg";

interface Drawing {
  svg: SVGSVGElement;
  width: number;
  height: number;
}

/** @param part an element with one table or some */
export function tableDrawing(part: Element): Drawing {
  const origin = part.getBoundingClientRect();
  const tables = [...part.querySelectorAll("table")];
  // On a narrow page a table goes on past its frame, and may have been scrolled there.
  const width = Math.max(...tables.map((table) => table.scrollWidth + leftOf(table, origin.left)));
  const svg = svgElement("svg", {});
  for (const table of tables) {
    const frame = table.parentElement!;
    const from = { x: origin.left - frame.scrollLeft, y: origin.top };
    for (const element of table.querySelectorAll("caption, th, td, td *")) draw(element, from, svg);
  }
  return { svg, width: Math.ceil(width), height: Math.ceil(origin.height) };
}

const leftOf = (table: Element, left: number): number =>
  table.getBoundingClientRect().left + table.parentElement!.scrollLeft - left;

interface Origin {
  x: number;
  y: number;
}

/** Pixels to a side of what is there for screen readers alone. */
const UNSEEN = 1;

function draw(element: Element, from: Origin, svg: SVGSVGElement): void {
  if (element instanceof SVGElement) {
    if (element instanceof SVGSVGElement) svg.append(iconOf(element, from));
    return;
  }
  const { left, top, width, height } = element.getBoundingClientRect();
  if (width <= UNSEEN || height <= UNSEEN) return;
  const style = getComputedStyle(element);
  const ground = hexOf(style.backgroundColor);
  const dashes = style.borderTopStyle === "dashed" ? "3 3" : "";
  const outline = style.outlineStyle === "none" ? 0 : Number.parseFloat(style.outlineWidth);
  const edge = outline > 0 ? outline : dashes === "" ? 0 : Number.parseFloat(style.borderTopWidth);
  if (ground !== null || edge > 0)
    svg.append(
      svgElement("rect", {
        ...{
          x: left - from.x + edge / 2,
          y: top - from.y + edge / 2,
          width: width - edge,
          height: height - edge,
        },
        ...{ rx: Number.parseFloat(style.borderTopLeftRadius) || 0, fill: ground ?? "none" },
        ...(edge > 0 && {
          stroke: hexOf(outline > 0 ? style.outlineColor : style.borderTopColor) ?? "none",
          "stroke-width": edge,
          "stroke-dasharray": dashes,
        }),
      }),
    );
  for (const node of element.childNodes) if (node instanceof Text) svg.append(...linesOf(node, style, from));
}

/** The text of a node, line by line as the page breaks it. */
function linesOf(node: Text, style: CSSStyleDeclaration, from: Origin): SVGTextElement[] {
  const font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  const lines: { words: string; left: number; top: number; height: number }[] = [];
  const range = document.createRange();
  for (let at = 0; at < node.length; at++) {
    range.setStart(node, at);
    range.setEnd(node, at + 1);
    const { left, top, height } = range.getBoundingClientRect();
    const letter = node.data[at]!;
    const last = lines.at(-1);
    if (last !== undefined && Math.abs(last.top - top) < 1) last.words += letter;
    // A space at which a line is broken has no place.
    else if (height > 0 && letter.trim() !== "") lines.push({ words: letter, left, top, height });
  }
  return lines.map(({ words, left, top, height }) =>
    text(words.trimEnd(), {
      ...{ x: left - from.x, y: top - from.y + ascentOf(font) * height },
      ...{ "font-size": Number.parseFloat(style.fontSize), "font-weight": style.fontWeight },
      fill: hexOf(style.color) ?? "none",
    }),
  );
}

function iconOf(icon: SVGSVGElement, from: Origin): SVGSVGElement {
  const { left, top, width, height } = icon.getBoundingClientRect();
  const copy = icon.cloneNode(true) as SVGSVGElement;
  writeOut(icon, copy);
  attribute(copy, { x: left - from.x, y: top - from.y, width, height });
  return copy;
}
