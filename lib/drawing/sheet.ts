// A sheet that is drawn on: strokes, and the ink that they leave. The ink is computed here and not by the browser, so that
// the same strokes are the same image on every device, wherever they are drawn or read again.
import * as z from "zod/mini";
import type { Drawing } from "../datasets/ink";

/** Side of the sheet in pixels: ten to each of the 28 of MNIST's images. */
export const SIDE = 280;
/** Half the width of the pen, in pixels. */
export const PEN = 12;

/** Places of the pen in pixels of the sheet, one after the other: x, y, x, y … */
export type Stroke = readonly number[];

export const MAX_STROKES = 100;
const MAX_NUMBERS = 20_000;
const SLACK = 2 * SIDE;

const allowed = "x and y by turns, in pixels of the sheet";
const isStroke = (numbers: readonly number[]) => numbers.length > 0 && numbers.length % 2 === 0;

export const strokesSchema = z
  .array(
    z
      .array(z.number({ error: allowed }).check(z.minimum(-SLACK), z.maximum(SIDE + SLACK)), {
        error: allowed,
      })
      .check(z.maxLength(MAX_NUMBERS), z.refine(isStroke, { error: allowed })),
  )
  .check(z.minLength(1), z.maxLength(MAX_STROKES));

/** A part of the sheet, right and bottom excluded. */
export interface Part {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export const wholeSheet: Part = { left: 0, top: 0, right: SIDE, bottom: SIDE };

export class Sheet implements Drawing {
  readonly width = SIDE;
  readonly height = SIDE;
  /** 0 to 255, row by row. */
  readonly ink = new Uint8Array(SIDE * SIDE);
  #strokes: number[][] = [];

  constructor(strokes: readonly Stroke[] = []) {
    for (const stroke of strokes) this.#strokes.push([...stroke]);
    this.#inkAll();
  }

  get strokes(): readonly Stroke[] {
    return this.#strokes;
  }

  /** Puts the pen down: a tap is a dot. @returns the part that may have changed */
  begin(x: number, y: number): Part {
    this.#strokes.push([round(x), round(y)]);
    return this.#inkTo(this.#strokes.at(-1)!, 0);
  }

  /** Moves the pen on in a straight line. @returns the part that may have changed */
  moveTo(x: number, y: number): Part {
    const stroke = this.#strokes.at(-1)!;
    stroke.push(round(x), round(y));
    return this.#inkTo(stroke, stroke.length - 4);
  }

  /** Takes the last stroke away. */
  undo(): void {
    this.#strokes.pop();
    this.#inkAll();
  }

  clear(): void {
    this.#strokes = [];
    this.#inkAll();
  }

  #inkAll(): void {
    this.ink.fill(0);
    for (const stroke of this.#strokes)
      for (let i = 0; i < Math.max(1, stroke.length - 2); i += 2) this.#inkTo(stroke, i);
  }

  /** Ink along one straight piece of a stroke, as wide as the pen and round at both ends. */
  #inkTo(stroke: Stroke, start: number): Part {
    const [x0 = 0, y0 = 0] = [stroke[start], stroke[start + 1]];
    const [x1 = x0, y1 = y0] = [stroke[start + 2], stroke[start + 3]];
    const reach = PEN + 1;
    const part = {
      left: clamp(Math.floor(Math.min(x0, x1) - reach)),
      top: clamp(Math.floor(Math.min(y0, y1) - reach)),
      right: clamp(Math.ceil(Math.max(x0, x1) + reach)),
      bottom: clamp(Math.ceil(Math.max(y0, y1) + reach)),
    };
    const [dx, dy] = [x1 - x0, y1 - y0];
    const square = dx * dx + dy * dy;
    for (let row = part.top; row < part.bottom; row++)
      for (let column = part.left; column < part.right; column++) {
        const [px, py] = [column + 0.5 - x0, row + 0.5 - y0];
        const along = square === 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / square));
        const [fx, fy] = [px - along * dx, py - along * dy];
        const covered = PEN + 0.5 - Math.sqrt(fx * fx + fy * fy);
        if (covered <= 0) continue;
        const place = row * SIDE + column;
        this.ink[place] = Math.max(this.ink[place]!, Math.round(255 * Math.min(1, covered)));
      }
    return part;
  }
}

/** A tenth of a pixel of the image is fine enough, and keeps what is stored short. */
const round = (place: number): number => Math.round(Math.min(SIDE + SLACK, Math.max(-SLACK, place)));
const clamp = (place: number): number => Math.min(SIDE, Math.max(0, place));
