// Which engine can run which layer. The tables are total by their types, so today every cell is yes; the report
// is read off the tables themselves, for the panel, the docs and the test that adds a layer.

import type { LayerDefinition } from "../spec/define";
import { createLayer, type LayerKind, layerKinds } from "../spec/experiment";
import * as layers from "../spec/layers/registry";
import type { OpKind } from "../spec/ops";
import { kernels as referenceKernels } from "./reference/kernels";
import { kernels as tfjsKernels } from "./tfjs/kernels";
import { stages as wasmStages } from "./wasm/stages";

export interface Coverage {
  layer: LayerKind;
  ops: readonly OpKind[];
  /** Engine families that run all of the layer's Ops. */
  engines: readonly string[];
}

const tables: Record<string, object> = { reference: referenceKernels, tfjs: tfjsKernels, wasm: wasmStages };

/** One line per registered layer, its Ops at its defaults. */
export function coverage(): Coverage[] {
  return layerKinds.map((kind) => {
    const ops = (layers[kind] as LayerDefinition).lower(createLayer(kind)).map(({ op }) => op);
    const engines = Object.keys(tables).filter((name) => ops.every((op) => Object.hasOwn(tables[name]!, op)));
    return { layer: kind, ops, engines };
  });
}
