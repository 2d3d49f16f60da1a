// The list of keys, and the switch for those that need no Ctrl.
import { Sheet } from "@/app/_ui/dialog";
import { changeSettings } from "@/lib/store/settings";
import { SwitchControl } from "./controls/switch-control";
import { KEYS } from "./keys";
import { useSettings } from "./use-stores";

export default function KeysDialog({ onClose }: { onClose(): void }) {
  const singleKeys = useSettings((settings) => settings.singleKeys);
  return (
    <Sheet title="Keys" onClose={onClose} className="sm:max-w-[26rem]">
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
    </Sheet>
  );
}
