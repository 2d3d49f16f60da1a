// A finger that draws or drags makes no gesture of the page's. `touch-action: none` alone does not say so to Chromium: after
// a quick stroke it goes on as if the page were still moving, and the next tap anywhere only stops that.

const prevent = (event: Event) => event.preventDefault();

/** To be given as `ref`: React's own listeners are passive and may not prevent anything. */
export function keepTouch(element: HTMLElement | null): () => void {
  element?.addEventListener("touchmove", prevent, { passive: false });
  return () => element?.removeEventListener("touchmove", prevent);
}
