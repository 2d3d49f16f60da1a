// Our own engine, as it is shipped.
import { createWasmEngine } from "../../lib/engines/wasm/engine";
import { engineTrainer } from "../engine-trainer";
import { offer } from "../page";

offer(engineTrainer(() => createWasmEngine()));
