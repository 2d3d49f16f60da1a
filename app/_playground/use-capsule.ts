// A link may carry a trained network in its fragment, which no server sees: it is opened as soon as the page is there,
// and again where another one is pasted into the address.
import { useEffect, useState } from "react";

const PREFIX = "#net=";

/** @returns why the network in the address cannot be opened, in one sentence; null where it can or there is none */
export function useCapsule(): string | null {
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    const open = () => {
      setProblem(null);
      if (location.hash.startsWith(PREFIX))
        openCapsule(location.href).catch((error) =>
          setProblem(error instanceof Error ? error.message : String(error)),
        );
    };
    open();
    window.addEventListener("hashchange", open);
    return () => window.removeEventListener("hashchange", open);
  }, []);
  return problem;
}

/** The page's first load has none of this. */
async function openCapsule(address: string): Promise<void> {
  const [{ readExperiment }, { decodeCapsule }, { inSlices }, { openTrained }] = await Promise.all([
    import("@/lib/share/file"),
    import("@/lib/share/capsule"),
    import("@/lib/share/slices"),
    import("@/lib/store/run"),
  ]);
  // The experiment of the address, whatever was edited meanwhile: the weights are those of that network.
  const { spec, capsule } = readExperiment(address);
  if (capsule !== null) await openTrained(spec, inSlices(decodeCapsule(spec, capsule)));
}
