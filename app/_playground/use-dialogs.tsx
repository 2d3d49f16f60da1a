// What opens over a page with a playground on it, by buttons and keys; each is downloaded when it is first asked for.
import { lazy, type ReactNode, Suspense, useState } from "react";

const dialogs = {
  keys: lazy(() => import("./keys-dialog")),
  runs: lazy(() => import("./shelf/shelf-dialog")),
  share: lazy(() => import("./share/share-dialog")),
  storage: lazy(() => import("./storage/storage-dialog")),
  submit: lazy(() => import("./submit/submit-dialog")),
  sweep: lazy(() => import("./sweep/sweep-dialog")),
};

export type DialogName = keyof typeof dialogs;

export interface Dialogs {
  open(name: DialogName): void;
  /** The one that is open. */
  dialog: ReactNode;
}

export function useDialogs(): Dialogs {
  const [shown, open] = useState<DialogName | null>(null);
  const Shown = shown === null ? null : dialogs[shown];
  const dialog = Shown !== null && (
    <Suspense>
      <Shown onClose={() => open(null)} />
    </Suspense>
  );
  return { open, dialog };
}
