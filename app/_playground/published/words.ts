// When and where a run was made, in words that every server writes the same.
import { dateFormat } from "@/app/_ui/date-format";
import type { RunEnvironment } from "@/lib/metrics/run-record";

const format = dateFormat({ dateStyle: "medium", timeStyle: "short", timeZone: "UTC" });

/** "22 Nov 2026, 08:05 UTC" */
export const formatDate = (iso: string): string => `${format(new Date(iso))} UTC`;

/** "WebAssembly SIMD, on a computer" */
export const formatPlace = ({ engine, deviceClass }: RunEnvironment): string =>
  `${engine.name}, on a ${deviceClass}`;
