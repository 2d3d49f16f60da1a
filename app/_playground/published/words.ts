// When and where a run was made, in words that every server writes the same.
import type { RunEnvironment } from "@/lib/metrics/run-record";

const dates = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short", timeZone: "UTC" });

/** "22 Nov 2026, 08:05 UTC" */
export const formatDate = (iso: string): string => `${dates.format(new Date(iso))} UTC`;

/** "WebAssembly SIMD, on a computer" */
export const formatPlace = ({ engine, deviceClass }: RunEnvironment): string =>
  `${engine.name}, on a ${deviceClass}`;
