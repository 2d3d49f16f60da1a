// What the engine menu offers; the worker decides what "auto" means on this device.
import { type EngineChoice, engineIds, engineNames } from "../engines/engine";

export { type EngineChoice, engineNames };

export const engineChoices: readonly EngineChoice[] = ["auto", ...engineIds];
