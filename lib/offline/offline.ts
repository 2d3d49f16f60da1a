// How far this browser is ready to work without a network, for whoever shows it. The work itself is in begin.ts, which
// pages load when they have nothing better to do.
import { createStore } from "zustand/vanilla";
import type { DatasetId } from "../spec/experiment";
import type { Kept } from "./keep-data";

export type OfflineState =
  /** Nobody has looked yet. */
  | "unknown"
  /** This browser, or this window, keeps nothing for sites, or the page came over plain http. */
  | "impossible"
  /** Nobody wants it, or the browser saves data and nobody was asked. */
  | "off"
  /** Files are being fetched, or wait until nothing else needs the line. */
  | "fetching"
  /** It stopped before all was here: the network failed, or there is no room. */
  | "broken"
  /** Everything works without a network. */
  | "ready";

export interface Offline {
  state: OfflineState;
  /** The app's own files; null until they are known. */
  app: Kept | null;
  data: Readonly<Partial<Record<DatasetId, Kept>>>;
  /**
   * A newer version: "waiting" is here whole and waits to be taken, "taken" was taken in another tab, and this one still
   * has the former.
   */
  update: "none" | "waiting" | "taken";
  /** The browser asks sites to save data, so that nothing is fetched ahead unless somebody says so. */
  savesData: boolean;
}

export const nothingKept: Offline = {
  state: "unknown",
  app: null,
  data: {},
  update: "none",
  savesData: false,
};

export const offlineStore = createStore<Offline>()(() => nothingKept);

/** Bytes of everything that was fetched ahead. */
export const keptBytes = ({ app, data }: Offline): number =>
  (app?.sizeBytes ?? 0) + Object.values(data).reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);

/** How far it is, 0 to 1, in bytes; null until it is known what is to come. */
export function shareKept({ app, data }: Offline): number | null {
  const parts = [...(app === null ? [] : [app]), ...Object.values(data)];
  const total = parts.reduce((sum, { totalBytes }) => sum + totalBytes, 0);
  return app === null || total === 0
    ? null
    : parts.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) / total;
}
