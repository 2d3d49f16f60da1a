// Numbers as pixels: 0 is the paper, what is above it goes towards one ink and what is below it towards the other.

export type Colour = readonly [number, number, number];

export interface Inks {
  zero: Colour;
  /** Where there is no picture. */
  paper: Colour;
  above: Colour;
  below: Colour;
}

/** Pictures of one size, one after the other, as they are laid out in one. */
export interface Sheet {
  /** Row-major, one picture after the other. */
  values: Float32Array | Float64Array;
  count: number;
  height: number;
  width: number;
  columns: number;
  /** The number that has the full ink. */
  limit: number;
  /** Pixels a side that a number has; 1 where left out. */
  zoom?: number;
}

/** Pixels between two pictures. */
export const GAP = 1;

export const rowsOf = ({ count, columns }: Pick<Sheet, "count" | "columns">) => Math.ceil(count / columns);

/** Width and height of the sheet, in pixels. */
export const sizeOf = ({ count, columns, height, width, zoom = 1 }: Omit<Sheet, "values" | "limit">) => ({
  width: columns * (zoom * width + GAP) - GAP,
  height: rowsOf({ count, columns }) * (zoom * height + GAP) - GAP,
});

/** The largest of the numbers without their signs; 1 where all are 0, so that there is something to divide by. */
export function limitOf(values: Float32Array | Float64Array): number {
  let most = 0;
  for (const value of values) most = Math.max(most, Math.abs(value));
  return most > 0 && Number.isFinite(most) ? most : 1;
}

/** Red, green, blue and opacity of every pixel; what is between two pictures is transparent. */
export function draw(sheet: Sheet, { zero, paper, above, below }: Inks): Uint8ClampedArray<ArrayBuffer> {
  const { values, count, height, width, columns, limit, zoom = 1 } = sheet;
  const size = sizeOf(sheet);
  const pixels = new Uint8ClampedArray(4 * size.width * size.height);
  for (let i = 0; i < count; i++) {
    const top = Math.floor(i / columns) * (zoom * height + GAP);
    const left = (i % columns) * (zoom * width + GAP);
    for (let y = 0; y < zoom * height; y++)
      for (let x = 0; x < zoom * width; x++) {
        const value = values[(i * height + Math.floor(y / zoom)) * width + Math.floor(x / zoom)]! / limit;
        const ink = value < 0 ? below : above;
        const share = Math.min(1, Math.abs(value));
        const at = 4 * ((top + y) * size.width + left + x);
        for (let c = 0; c < 3; c++) pixels[at + c] = zero[c]! + share * (ink[c]! - zero[c]!);
        pixels[at + 3] = 255;
      }
  }
  // The last row may not be full.
  const [end, last] = [count % columns, rowsOf(sheet) - 1];
  for (let y = last * (zoom * height + GAP); end > 0 && y < size.height; y++)
    for (let x = end * (zoom * width + GAP); x < size.width; x++)
      pixels.set([...paper, 255], 4 * (y * size.width + x));
  return pixels;
}

/** Which picture is at a point of the sheet, given as shares of its width and height; null for none. */
export function pictureAt(sheet: Pick<Sheet, "count" | "columns">, x: number, y: number): number | null {
  const column = Math.min(sheet.columns - 1, Math.max(0, Math.floor(x * sheet.columns)));
  const row = Math.min(rowsOf(sheet) - 1, Math.max(0, Math.floor(y * rowsOf(sheet))));
  const index = row * sheet.columns + column;
  return index < sheet.count ? index : null;
}
