// What every way from strokes to an image begins with: the frame around the ink, and the ink as it falls on other pixels.

/** Ink, row by row, 0 to 255. */
export interface Drawing {
  ink: ArrayLike<number>;
  width: number;
  height: number;
}

export interface Frame {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** The smallest frame around the ink, right and bottom excluded; null where there is none. */
export function frameOf({ ink, width, height }: Drawing): Frame | null {
  const frame = { left: width, top: height, right: 0, bottom: 0 };
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      if (ink[y * width + x] === 0) continue;
      frame.left = Math.min(frame.left, x);
      frame.top = Math.min(frame.top, y);
      frame.right = Math.max(frame.right, x + 1);
      frame.bottom = Math.max(frame.bottom, y + 1);
    }
  return frame.right === 0 ? null : frame;
}

/** Along one side: pixels of the target, how many each pixel of the source becomes, and where the first one goes. */
export interface Side {
  size: number;
  zoom: number;
  offset: number;
}

/** How much of source pixel i = `first` + k each target pixel covers, along one side. */
function coverage({ size, zoom, offset }: Side, limit: number) {
  return Array.from({ length: size }, (_, target) => {
    const from = Math.max(0, (target - offset) / zoom);
    const to = Math.min(limit, (target + 1 - offset) / zoom);
    const first = Math.floor(from);
    const shares: number[] = [];
    for (let i = first; i < to; i++) shares.push(Math.min(i + 1, to) - Math.max(i, from));
    return { first, shares };
  });
}

/** The mean ink under each pixel of an image of `rows.size`×`columns.size`, row by row, 0 to 255. */
export function resample(drawing: Drawing, rows: Side, columns: Side): Float64Array {
  const across = coverage(columns, drawing.width);
  const down = coverage(rows, drawing.height);
  const image = new Float64Array(rows.size * columns.size);
  for (const [y, row] of down.entries())
    for (const [x, column] of across.entries()) {
      let sum = 0;
      for (const [j, height] of row.shares.entries())
        for (const [i, width] of column.shares.entries())
          sum += height * width * drawing.ink[(row.first + j) * drawing.width + column.first + i]!;
      image[y * columns.size + x] = Math.min(255, sum * rows.zoom * columns.zoom);
    }
  return image;
}
