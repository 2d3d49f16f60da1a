// The address follows the experiment, so that what is seen is what the address bar shares and what a reload brings
// back. An edit replaces it; another experiment altogether is a step that Back takes back.
import { useEffect } from "react";
import { decodeExperiment } from "@/lib/share/code";
import { experimentLink, readExperimentLink } from "@/lib/share/links";
import { ParseError } from "@/lib/spec/parse";
import { openedSoFar, type SpecState, specStore } from "@/lib/store/spec";
import { takeEarlyBack } from "./early-back";
import { saysExperiment } from "./own-address";

/** Milliseconds without an edit after which the address follows: a browser allows about three changes a second. */
const QUIET_MS = 300;

/** The path of an experiment, with its lineage: "/x/1~First.run~…?from=…" */
export const addressOf = ({ spec, forkedFrom }: SpecState): string => experimentLink("", spec, forkedFrom);

/**
 * What the page of an address begins with; null where the address says no experiment.
 * @param address path and query @param first the experiment of "/"
 */
export function readAddress(address: string, first: SpecState): SpecState | null {
  if (/^\/(?:$|\?)/.test(address)) return first;
  try {
    const link = readExperimentLink(address);
    return link === null ? null : { spec: decodeExperiment(link.code), forkedFrom: link.forkedFrom };
  } catch (error) {
    if (error instanceof ParseError) return null;
    throw error;
  }
}

/** An address takes a slow phone a while to write: most states need none to be told apart. */
const isSame = (one: SpecState, other: SpecState): boolean =>
  (one.spec === other.spec && one.forkedFrom === other.forkedFrom) || addressOf(one) === addressOf(other);

type Write = "pushState" | "replaceState";

/**
 * The browser's own way to change the address, not the one that Next puts in its place, and without Next's mark on the
 * entry: its router would take each experiment for a page to fetch. An entry without a mark it leaves alone.
 */
const write = (how: Write, address: string): void =>
  History.prototype[how].call(window.history, null, "", address);

const present = (): string => location.pathname + location.search;

/** Keeps address and experiment together from now on. @returns what ends it */
function follow(): () => void {
  if (!saysExperiment(location.pathname)) return () => {};
  let timer: ReturnType<typeof setTimeout> | undefined;
  let opened = openedSoFar();
  let isRestoring = false;
  // Takes Next's mark off the first entry too.
  write("replaceState", takeEarlyBack() ?? location.href);

  const forget = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  const settle = (state = specStore.getState()) => {
    if (timer === undefined) return;
    forget();
    if (addressOf(state) !== present()) write("replaceState", addressOf(state));
  };
  const unsubscribe = specStore.subscribe((state, before) => {
    if (isRestoring) return;
    if (openedSoFar() === opened) {
      forget();
      timer = setTimeout(settle, QUIET_MS);
      return;
    }
    opened = openedSoFar();
    settle(before);
    if (addressOf(state) !== addressOf(before)) write("pushState", addressOf(state));
  });
  const restore = () => {
    forget();
    const state = readAddress(present(), specStore.getInitialState());
    if (state === null || isSame(state, specStore.getState())) return;
    isRestoring = true;
    specStore.setState(state);
    isRestoring = false;
  };
  // Back may have been pressed before this listened: the page is drawn long before its scripts run.
  restore();
  const leave = () => settle();
  window.addEventListener("popstate", restore);
  window.addEventListener("pagehide", leave);
  return () => {
    unsubscribe();
    forget();
    window.removeEventListener("popstate", restore);
    window.removeEventListener("pagehide", leave);
  };
}

/** To be used once on a page. */
export const useAddress = (): void => useEffect(follow, []);
