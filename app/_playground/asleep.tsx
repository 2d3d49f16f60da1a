// What a narrow screen does not show yet is neither downloaded nor brought to life there: the server's HTML stays as it is
// until somebody asks for it. A phone has other things to do while a page opens.
import { type ReactNode, Suspense, use } from "react";

/** As `lg` has it: from here on all of it is shown at once. */
const wide = typeof window === "undefined" ? null : matchMedia("(width >= 64rem)");

let isAwake = wide?.matches !== false;
let wake = () => {};
const awake = new Promise<void>((resolve) => {
  wake = resolve;
});
wide?.addEventListener("change", ({ matches }) => matches && wakeUp());

/** It is about to be shown. */
export function wakeUp(): void {
  isAwake = true;
  wake();
}

/** For `lazy`: the module of something asleep, which a wide screen asks for as soon as the page's scripts run. */
export function early<T>(download: () => Promise<T>): () => Promise<T> {
  const begun = wide !== null && isAwake ? download() : null;
  begun?.catch(() => {});
  return () => begun ?? download();
}

/** To be the same element at every call: React leaves what did not change asleep. Each comes to life in a task of its own. */
export const Asleep = ({ children }: { children: ReactNode }) => (
  <Suspense>
    <Sleeper>{children}</Sleeper>
  </Suspense>
);

function Sleeper({ children }: { children: ReactNode }) {
  if (!isAwake) use(awake);
  return children;
}
