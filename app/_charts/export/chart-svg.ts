// A chart as a picture that stands alone: its colours written out, its title above and its runs named below.

/** What stands around the drawing. */
export interface PictureWords {
  title: string;
  /** What the x axis counts. */
  unit: string;
  /** One line each: a sign in its colour, and what it is. */
  legend: readonly { sign: string; color: string; text: string }[];
}

const SVG = "http://www.w3.org/2000/svg";
const FONT = "Inter, system-ui, sans-serif";
const MARGIN = 16;
const TITLE_PX = 34;
const UNIT_PX = 20;
const LINE_PX = 22;

/** Colours that come from the page's tokens, which a picture does not have. */
const colours = ["fill", "stroke"] as const;

function writeOut(original: Element, copy: Element): void {
  const style = getComputedStyle(original);
  for (const name of colours)
    if (copy.getAttribute(name)?.includes("var(")) copy.setAttribute(name, style.getPropertyValue(name));
  for (const name of ["class", "style", "tabindex", "role"]) copy.removeAttribute(name);
  for (const [index, child] of [...original.children].entries()) writeOut(child, copy.children[index]!);
}

function text(content: string, attributes: Record<string, string | number>): SVGTextElement {
  const element = document.createElementNS(SVG, "text");
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.textContent = content;
  return element;
}

/** @param token a name of the page's colours, or "var(--…)" */
const colourOf = (element: Element, token: string): string =>
  getComputedStyle(element)
    .getPropertyValue(token.replace(/^var\((.*)\)$/, "$1"))
    .trim();

/** The text of an SVG file, in the colours of the present theme. */
export function svgOf(chart: SVGSVGElement, { title, unit, legend }: PictureWords): string {
  const { width, height } = chart.getBoundingClientRect();
  const [full, tall] = [
    width + 2 * MARGIN,
    TITLE_PX + height + UNIT_PX + legend.length * LINE_PX + 2 * MARGIN,
  ];
  const [paper, ink, soft] = ["--paper", "--ink", "--soft"].map((token) => colourOf(chart, token)) as [
    string,
    string,
    string,
  ];
  const picture = document.createElementNS(SVG, "svg");
  picture.setAttribute("xmlns", SVG);
  picture.setAttribute("width", String(full));
  picture.setAttribute("height", String(tall));
  picture.setAttribute("viewBox", `0 0 ${full} ${tall}`);
  picture.setAttribute("font-family", FONT);
  const ground = document.createElementNS(SVG, "rect");
  ground.setAttribute("width", "100%");
  ground.setAttribute("height", "100%");
  ground.setAttribute("fill", paper);

  const drawing = chart.cloneNode(true) as SVGSVGElement;
  writeOut(chart, drawing);
  for (const [name, value] of Object.entries({ x: MARGIN, y: MARGIN + TITLE_PX, width, height }))
    drawing.setAttribute(name, String(value));

  const foot = MARGIN + TITLE_PX + height;
  const lines = legend.flatMap(({ sign, color, text: words }, index) => {
    const y = foot + UNIT_PX + (index + 0.7) * LINE_PX;
    return [
      text(sign, { x: MARGIN, y, "font-size": 12, "font-weight": 700, fill: colourOf(chart, color) }),
      text(words, { x: MARGIN + 20, y, "font-size": 12, fill: ink }),
    ];
  });
  picture.append(
    ground,
    text(title, { x: MARGIN, y: MARGIN + 14, "font-size": 15, "font-weight": 600, fill: ink }),
    drawing,
    text(unit, { x: full - MARGIN, y: foot + 14, "font-size": 11, "text-anchor": "end", fill: soft }),
    ...lines,
  );
  return new XMLSerializer().serializeToString(picture);
}

/** Pixels of the picture for each of the page's. */
const DENSITY = 2;

/** The same as PNG. @throws Error where the browser cannot draw it */
export async function pngOf(svg: string): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = DENSITY * image.width;
    canvas.height = DENSITY * image.height;
    canvas.getContext("2d")!.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) =>
      canvas.toBlob((blob) => (blob === null ? reject(new Error("It could not be drawn.")) : resolve(blob))),
    );
  } finally {
    URL.revokeObjectURL(url);
  }
}
