// How wide a figure's place is, in pixels: figures are drawn to their size, so that text and targets keep theirs.
import { type RefObject, useLayoutEffect, useRef, useState } from "react";

/** @returns a ref for the place, and its width; 0 until it is laid out */
export function useWidth<T extends Element>(): [RefObject<T | null>, number] {
  const place = useRef<T>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = place.current;
    if (element === null) return;
    setWidth(Math.round(element.getBoundingClientRect().width));
    const observer = new ResizeObserver(([entry]) => setWidth(Math.round(entry!.contentRect.width)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [place, width];
}
