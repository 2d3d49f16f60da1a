// Connects the playground in a frame with the page around it, and with the other frames of that page.
import { useEffect } from "react";
import { connectEmbed, type StepTitles } from "@/lib/embed/driver";
import type { EmbedOptions } from "@/lib/embed/options";
import { openPort, type Port } from "@/lib/embed/port";
import { openTurns } from "@/lib/embed/turns";
import { giveBack, train } from "@/lib/store/run";
import { giveBackSweep } from "@/lib/store/sweep";
import { takeTurns } from "@/lib/store/turns";

/** To be used once on a page, outside of what opens the experiment or the lesson. Both must be the same at every call. */
export function useEmbed(options: EmbedOptions, titles?: StepTitles): void {
  useEffect(() => {
    const { turns, close } = openTurns(async () => giveBackSweep() && (await givesBackMend()) && giveBack());
    takeTurns(turns);
    const port = openPort(window, options.host);
    const ends = port === null ? [] : [connectEmbed(port, titles)];
    if (port !== null && options.autoHeight) ends.push(tellHeight(port));
    if (options.begins) begin();
    return () => {
      for (const end of ends) end();
      takeTurns(null);
      close();
    };
  }, [options, titles]);
}

/** What trains a mended experiment is downloaded with the doctor alone. */
const givesBackMend = async () => (await import("@/lib/store/mend")).giveBackMend();

/** The page was asked to train before it was there. A reload is nobody's wish to train again. */
function begin(): void {
  const query = new URLSearchParams(location.search);
  if (!query.has("begin")) return;
  query.delete("begin");
  // The browser's own way, as Next's would ask the server for the page again.
  History.prototype.replaceState.call(history, null, "", `${location.pathname}?${query}${location.hash}`);
  void train();
}

/** Tells how tall the content is, now and whenever that changes. */
function tellHeight(port: Port): () => void {
  let told = 0;
  const observer = new ResizeObserver(() => {
    const height = Math.ceil(document.body.getBoundingClientRect().height);
    if (height === told) return;
    told = height;
    port.send({ type: "resize", height });
  });
  observer.observe(document.body);
  return () => observer.disconnect();
}
