// The bits that pictures of charts are written with.
const SVG = "http://www.w3.org/2000/svg";

type Attributes = Readonly<Record<string, string | number>>;

/** Writes attributes; those with no text are left out. */
export function attribute(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes))
    if (value !== "") element.setAttribute(name, String(value));
}

export function svgElement<Name extends keyof SVGElementTagNameMap>(
  name: Name,
  attributes: Attributes,
): SVGElementTagNameMap[Name] {
  const element = document.createElementNS(SVG, name);
  attribute(element, attributes);
  return element;
}

export function text(content: string, attributes: Attributes): SVGTextElement {
  const element = svgElement("text", attributes);
  element.textContent = content;
  return element;
}

/** @param token a name of the page's colours, or "var(--…)" */
export const colourOf = (element: Element, token: string): string =>
  getComputedStyle(element)
    .getPropertyValue(token.replace(/^var\((.*)\)$/, "$1"))
    .trim();

/** Colours that come from the page's tokens, which a picture does not have. */
const colours = ["fill", "stroke"] as const;

/** Takes what only the page knows out of a copy: its tokens are replaced by the colours that they stand for. */
export function writeOut(original: Element, copy: Element): void {
  const style = getComputedStyle(original);
  for (const name of colours)
    if (/var\(|currentColor/.test(copy.getAttribute(name) ?? ""))
      copy.setAttribute(name, style.getPropertyValue(name));
  for (const name of ["class", "style", "tabindex", "role"]) copy.removeAttribute(name);
  for (const [index, child] of [...original.children].entries()) writeOut(child, copy.children[index]!);
}

/** Made once: it measures text and mixes colours. */
let canvas: CanvasRenderingContext2D | null = null;

function context(): CanvasRenderingContext2D {
  canvas ??= document.createElement("canvas").getContext("2d", { willReadFrequently: true })!;
  return canvas;
}

/** A text that is cut where it is wider than so many pixels. @param font as CSS has it */
export function cut(content: string, font: string, most: number): string {
  const at = context();
  at.font = font;
  let end = content.length;
  const shown = () => (end < content.length ? `${content.slice(0, end).trimEnd()}…` : content);
  while (end > 1 && at.measureText(shown()).width > most) end--;
  return shown();
}

/** The part of a line of text that is above its foot, 0 to 1. @param font as CSS has it */
export function ascentOf(font: string): number {
  const at = context();
  at.font = font;
  const { fontBoundingBoxAscent: above, fontBoundingBoxDescent: below } = at.measureText("");
  return above / (above + below);
}

/** A colour however CSS says it, mixed ones too, as programs that draw read it: "#2356d8". Null for none at all. */
export function hexOf(colour: string): string | null {
  const at = context();
  at.clearRect(0, 0, 1, 1);
  at.fillStyle = colour;
  at.fillRect(0, 0, 1, 1);
  const [red, green, blue, alpha] = at.getImageData(0, 0, 1, 1).data;
  if (alpha === 0) return null;
  return `#${[red!, green!, blue!].map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}
