// What is said of how far this browser is: short beside the run, and in full where its storage is shown.
import { formatBytes } from "@/app/_ui/format";
import { keptBytes, type Offline, shareKept } from "@/lib/offline/offline";

/** In a few words; null before anybody has looked. */
export function offlineLine(offline: Offline): string | null {
  const share = shareKept(offline);
  switch (offline.state) {
    case "ready":
      return `Ready offline, ${formatBytes(keptBytes(offline))}`;
    case "fetching":
      return share === null ? "Getting ready offline" : `Getting ready offline, ${Math.floor(100 * share)} %`;
    case "broken":
      return "Not all of it works offline yet";
    case "off":
      return "Works with a network only";
    case "impossible":
      return "Keeps nothing for use offline";
    case "unknown":
      return null;
  }
}

/** In a sentence or two. */
export function offlineSentence({ state, savesData }: Offline): string {
  switch (state) {
    case "ready":
      return "Training, lessons, links and capsules work without a network on this device.";
    case "fetching":
      return "What is missing is fetched in the background. It waits while a training loads its images.";
    case "broken":
      return "Something could not be fetched, or there is no room for it. What is here already stays.";
    case "off":
      return savesData
        ? "Your browser is set to save data, so nothing is fetched ahead unless you say so."
        : "Nothing is fetched ahead.";
    case "impossible":
      return "This browser or this window keeps no files for sites, as private windows do, or the page came over plain http. Everything works with a network.";
    case "unknown":
      return "This page has just been opened; what is here is looked up in a moment.";
  }
}
