// A chart as a picture that stands alone: its colours and typeface written out, what it is above and its key below.
import { fontSheet } from "./font";
import { tableDrawing } from "./table-svg";
import { attribute, colourOf, cut, svgElement, text, writeOut } from "./write-svg";

/** What stands around the drawing. */
export interface PictureWords {
  /** What the chart shows. */
  title: string;
  /** The experiment that it shows it of, where the title does not say so. */
  of?: string;
  /** What the x axis counts. */
  unit: string;
  /** One line each: a letter or a stroke in its colour, and what it is. */
  legend: readonly LegendLine[];
}

export interface LegendLine {
  /** A letter; without one it is a stroke. */
  sign?: string;
  /** The dashes of the stroke, as SVG has them. */
  dashes?: string;
  color: string;
  text: string;
}

/** The text of an SVG file, and its size in pixels of the page. */
export interface Picture {
  text: string;
  width: number;
  height: number;
}

const FONT = "Inter";
const MARGIN = 16;
const TITLE_PX = 34;
const OF_PX = 18;
const UNIT_PX = 20;
const LINE_PX = 22;
/** Where the text of a line of the key begins. */
const KEY_PX = 26;

/** @param chart an SVG, or an element with tables */
export async function svgOf(chart: Element, { title, of, unit, legend }: PictureWords): Promise<Picture> {
  const drawing = chart instanceof SVGSVGElement ? chartDrawing(chart) : tableDrawing(chart);
  const [paper, ink, soft] = ["--paper", "--ink", "--soft"].map((token) => colourOf(chart, token)) as [
    string,
    string,
    string,
  ];
  const head = MARGIN + TITLE_PX + (of === undefined ? 0 : OF_PX);
  const foot = head + drawing.height;
  const width = drawing.width + 2 * MARGIN;
  const height = foot + UNIT_PX + legend.length * LINE_PX + MARGIN;
  const picture = svgElement("svg", { width, height, viewBox: `0 0 ${width} ${height}` });
  attribute(picture, {
    "font-family": `${FONT}, system-ui, sans-serif`,
    style: "font-variant-numeric: tabular-nums",
  });
  const style = svgElement("style", {});
  style.textContent = await fontSheet(chart, FONT);

  attribute(drawing.svg, { x: MARGIN, y: head, width: drawing.width, height: drawing.height });
  const lines = legend.flatMap(({ sign, dashes = "", color, text: words }, index) => {
    const y = foot + UNIT_PX + (index + 0.7) * LINE_PX;
    const inColour = colourOf(chart, color);
    return [
      sign === undefined
        ? svgElement("path", {
            ...{
              d: `M${MARGIN} ${y - 4}h18`,
              stroke: inColour,
              "stroke-width": 2,
              "stroke-dasharray": dashes,
            },
          })
        : text(sign, { x: MARGIN, y, "font-size": 12, "font-weight": 700, fill: inColour }),
      text(cut(words, "12px Inter", drawing.width - KEY_PX), {
        ...{ x: MARGIN + KEY_PX, y, "font-size": 12, fill: ink },
      }),
    ];
  });
  picture.append(
    style,
    svgElement("rect", { width: "100%", height: "100%", fill: paper }),
    text(title, { x: MARGIN, y: MARGIN + 14, "font-size": 15, "font-weight": 600, fill: ink }),
    ...(of === undefined
      ? []
      : [
          text(cut(of, "12px Inter", drawing.width), {
            ...{ x: MARGIN, y: MARGIN + 33, "font-size": 12, fill: soft },
          }),
        ]),
    drawing.svg,
    text(unit, { x: width - MARGIN, y: foot + 14, "font-size": 11, "text-anchor": "end", fill: soft }),
    ...lines,
  );
  return { text: new XMLSerializer().serializeToString(picture), width, height };
}

function chartDrawing(chart: SVGSVGElement) {
  const { width, height } = chart.getBoundingClientRect();
  const svg = chart.cloneNode(true) as SVGSVGElement;
  writeOut(chart, svg);
  return { svg, width, height };
}

/** Pixels of the picture for each of the page's. */
const DENSITY = 2;

/** The same as PNG. @throws Error where the browser cannot draw it */
export async function pngOf({ text, width, height }: Picture): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(DENSITY * width);
    canvas.height = Math.round(DENSITY * height);
    canvas.getContext("2d")!.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) =>
      canvas.toBlob((blob) => (blob === null ? reject(new Error("It could not be drawn.")) : resolve(blob))),
    );
  } finally {
    URL.revokeObjectURL(url);
  }
}
