// One grey or coloured image on a canvas, byte for byte.
import { useEffect, useRef } from "react";
import type { Shape } from "@/lib/spec/ops";

interface ImageCanvasProps {
  /** Row-major bytes of one or more images. */
  images: Uint8Array;
  /** Which of them. */
  index: number;
  /** Height, width and channels of one image. */
  shape: Shape;
  /** What it shows; an image without it is decoration. */
  label?: string;
  className?: string;
}

export function ImageCanvas({ images, index, shape, label, className }: ImageCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [height = 1, width = 1, channels = 1] = shape;

  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context) return;
    const pixels = context.createImageData(width, height);
    for (let i = 0; i < width * height; i++) {
      const first = (index * width * height + i) * channels;
      for (let color = 0; color < 3; color++)
        pixels.data[4 * i + color] = images[first + Math.min(color, channels - 1)]!;
      pixels.data[4 * i + 3] = 255;
    }
    context.putImageData(pixels, 0, 0);
  }, [images, index, width, height, channels]);

  const named = label === undefined ? {} : { role: "img", "aria-label": label };
  return <canvas ref={canvas} width={width} height={height} className={className} {...named} />;
}
