// The list of keys, and the switch for those that need no Ctrl.
import { X } from "lucide-react";
import { Dialog } from "radix-ui";
import { IconButton } from "@/app/_ui/button";
import { useOpener } from "@/app/_ui/use-opener";
import { changeSettings } from "@/lib/store/settings";
import { SwitchControl } from "./controls/switch-control";
import { KEYS } from "./keys";
import { useSettings } from "./use-stores";

export default function KeysDialog({ onClose }: { onClose(): void }) {
  const onCloseAutoFocus = useOpener();
  const singleKeys = useSettings((settings) => settings.singleKeys);
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-50 bg-[rgb(0_0_0/0.45)]" />
        <Dialog.Content
          aria-describedby={undefined}
          onCloseAutoFocus={onCloseAutoFocus}
          className="fixed top-1/2 left-1/2 z-50 max-h-[90dvh] w-[min(26rem,calc(100vw-2rem))] -translate-x-1/2 -translate-y-1/2 overflow-y-auto rounded-xl border border-line bg-raised p-6 shadow-xl"
        >
          <div className="mb-3 flex items-center justify-between">
            <Dialog.Title className="font-semibold text-base">Keys</Dialog.Title>
            <Dialog.Close asChild>
              <IconButton label="Close">
                <X className="size-4" aria-hidden="true" />
              </IconButton>
            </Dialog.Close>
          </div>
          <dl>
            {KEYS.map(({ keys, does }) => (
              <div key={does} className="flex items-center justify-between gap-4 border-line border-t py-2">
                <dt className="text-soft">{does}</dt>
                <dd className="flex shrink-0 gap-1">
                  {keys.map((key) => (
                    <kbd
                      key={key}
                      className="min-w-6 rounded border border-line px-1.5 py-0.5 text-center font-sans text-xs"
                    >
                      {key}
                    </kbd>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
          <div className="flex items-center justify-between gap-4 border-line border-t pt-3">
            <p className="text-soft">Keys without Ctrl or Alt</p>
            <SwitchControl
              name="Keys without Ctrl or Alt"
              value={singleKeys}
              onChange={(value) => changeSettings({ singleKeys: value })}
            />
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
