// The boards, one at a time: which one is decided by the page's address, and choosing another one changes that.
import { useSearchParams } from "next/navigation";
import { RadioGroup, Tabs } from "radix-ui";
import { useEffect, useSyncExternalStore } from "react";
import { ProblemText } from "@/app/_ui/problem";
import { TabPanel, TabRow } from "@/app/_ui/tabs";
import { type BoardId, boardIds, boards } from "@/lib/leaderboard/find-board";
import { type DeviceClass, deviceClasses } from "@/lib/metrics/run-record";
import { deviceClass } from "@/lib/store/device";
import { Board } from "./board";
import { addressOf, choiceIn } from "./choice";

const tabs = boardIds.map((id) => ({ id, label: boards[id].label }));

/** Next hears of it, and asks the server for nothing. */
const go = (board: BoardId, device: DeviceClass | null = null): void =>
  history.pushState(null, "", addressOf(board, device));

/** What a device is does not change while it is looked at. */
const never = () => () => {};

export default function Leaderboard() {
  // The server does not know the device.
  const own = useSyncExternalStore<DeviceClass>(never, deviceClass, () => "computer");
  const { board: id, device, problem } = choiceIn(useSearchParams(), own);
  const { label, summary } = boards[id];
  useEffect(() => {
    document.title = `${label} · Leaderboard · Descent`;
  }, [label]);
  return (
    <Tabs.Root value={id} onValueChange={(value) => go(value as BoardId)}>
      <TabRow name="Boards" tabs={tabs} className="-mx-4 mb-5 px-4 lg:mx-0 lg:px-0" />
      {problem !== null && (
        <ProblemText severity="warning" className="mb-3">
          {problem}
        </ProblemText>
      )}
      {boardIds.map((board) => (
        <TabPanel key={board} value={board}>
          <div className="mb-5 flex flex-wrap items-center gap-x-4">
            <p>{summary}</p>
            <a
              href="/leaderboard/scoring"
              className="tap inline-flex items-center font-medium text-train hover:underline hover:underline-offset-4"
            >
              How scoring works
            </a>
            {device !== null && <DeviceChoice device={device} onChoose={(chosen) => go(board, chosen)} />}
          </div>
          <Board key={`${board} ${device}`} board={board} device={device} />
        </TabPanel>
      ))}
    </Tabs.Root>
  );
}

interface DeviceChoiceProps {
  device: DeviceClass;
  onChoose(device: DeviceClass): void;
}

function DeviceChoice({ device, onChoose }: DeviceChoiceProps) {
  return (
    <RadioGroup.Root
      aria-label="Class of devices"
      orientation="horizontal"
      value={device}
      onValueChange={(value) => onChoose(value as DeviceClass)}
      className="flex gap-5 sm:ml-auto"
    >
      {deviceClasses.map((name) => (
        <RadioGroup.Item
          key={name}
          value={name}
          className="group tap inline-flex items-center gap-1.5 text-soft capitalize data-[state=checked]:font-semibold data-[state=checked]:text-ink"
        >
          <span className="flex size-3.5 items-center justify-center rounded-full border border-soft group-data-[state=checked]:border-ink">
            <RadioGroup.Indicator className="size-1.5 rounded-full bg-ink" />
          </span>
          {name}
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  );
}
