// When and where a run was made, in words that every server writes the same.
import { utcTime } from "@/app/_ui/dates";
import type { RunEnvironment } from "@/lib/metrics/run-record";

/** "22 Nov 2026, 08:05 UTC" */
export const formatDate = (iso: string): string => utcTime(new Date(iso));

/** "WebAssembly SIMD, on a computer" */
export const formatPlace = ({ engine, deviceClass }: RunEnvironment): string =>
  `${engine.name}, on a ${deviceClass}`;
