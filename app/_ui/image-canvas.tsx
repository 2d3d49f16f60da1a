// One grey or coloured image on a canvas, pixel for pixel.
import { useEffect, useRef } from "react";
import type { DatasetDefinition } from "@/lib/spec/define";
import { toPixels } from "./pixels";

/** Images with fewer pixels a side than this are shown as the squares that they are: smoothed, they would be a blur. */
const SMOOTH_FROM = 16;

interface ImageCanvasProps {
  /** Row-major bytes of one or more images. */
  images: Uint8Array;
  /** Which of them. */
  index: number;
  /** Where they are from: height, width and channels of one image, and the byte that is white. */
  dataset: Pick<DatasetDefinition, "shape" | "scale">;
  /** What it shows; an image without it is decoration. */
  label?: string;
  className?: string;
}

export function ImageCanvas({ images, index, dataset, label, className = "" }: ImageCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { shape, scale } = dataset;
  const [height = 1, width = 1] = shape;

  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context) return;
    const pixels = context.createImageData(width, height);
    pixels.data.set(toPixels(images, index, { shape, scale }));
    context.putImageData(pixels, 0, 0);
  }, [images, index, shape, scale, width, height]);

  const named = label === undefined ? {} : { role: "img", "aria-label": label };
  const crisp = width < SMOOTH_FROM ? "[image-rendering:pixelated]" : "";
  return (
    <canvas
      ref={canvas}
      width={width}
      height={height}
      className={`${crisp} ${className}`.trim()}
      {...named}
    />
  );
}
