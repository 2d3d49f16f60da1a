// Our engine on TensorFlow.js; the address says on which backend.
import type { TfjsId } from "../../lib/engines/tfjs/backends";
import { createTfjsEngine } from "../../lib/engines/tfjs/engine";
import { engineTrainer } from "../engine-trainer";
import { offer } from "../page";

const backend = new URLSearchParams(location.search).get("backend");
offer(engineTrainer(() => createTfjsEngine(`tfjs-${backend}` as TfjsId, "")));
