// Not a contender: says which devices this browser has.
import type { EngineId } from "../../lib/engines/engine";
import { type Probe, probe } from "../../lib/engines/probe";

declare global {
  interface Window {
    probe(id: EngineId): Promise<Probe>;
  }
}

window.probe = probe;
