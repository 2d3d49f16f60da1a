"use client";
// On every page but those in other sites' frames: gets the browser ready to work offline, sends what waited for the network,
// and offers a new version in one line.
import { lazy, Suspense, useEffect } from "react";
import { useStore } from "zustand";
import { offlineStore } from "@/lib/offline/offline";
import { catchInstall } from "./install";

const UpdateLine = lazy(() => import("./update-line"));

/** Milliseconds after a page is loaded: what it shows and what is pressed first comes first, also on a slow phone. */
const REST_MS = 5_000;

export function Offline() {
  useEffect(beginAtRest, []);
  const update = useStore(offlineStore, (offline) => offline.update);
  if (update === "none") return null;
  return (
    <Suspense>
      <UpdateLine update={update} />
    </Suspense>
  );
}

function beginAtRest(): (() => void) | undefined {
  // A frame's storage is another one, or none, and a build that changes with every edit keeps nothing.
  const isEmbedded = window.self !== window.top || location.pathname.startsWith("/embed/");
  if (process.env.NODE_ENV !== "production" || isEmbedded) return;
  catchInstall();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const begin = () => {
    // Nothing can be fetched before the network is back.
    if (!navigator.onLine) return window.addEventListener("online", begin, { once: true });
    import("./begin").then(
      (offline) => offline.begin(),
      () => window.addEventListener("online", begin, { once: true }),
    );
  };
  const rest = () => {
    timer = setTimeout(begin, REST_MS);
  };
  if (document.readyState === "complete") rest();
  else window.addEventListener("load", rest, { once: true });
  return () => {
    window.removeEventListener("load", rest);
    window.removeEventListener("online", begin);
    clearTimeout(timer);
  };
}
