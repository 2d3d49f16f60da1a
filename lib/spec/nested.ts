// Layers within a layer. The catalog is looked up when a layer is read, not when this file is: a residual block is
// an entry of the catalog that its own layers come from.
import * as z from "zod/mini";
import type { LayerDefinition } from "./define";
import type { NestedLayer } from "./fields";
import * as catalog from "./layers/registry";
import type { Op } from "./ops";
import { anyOf } from "./parse";

export const MAX_NESTED = 8;
const allowed = `a list of 1 to ${MAX_NESTED} layers that are not residual blocks themselves`;

/** A function: in a bundle the catalog may not be there yet while this file is being loaded. */
const definitions = () => catalog as unknown as Record<string, LayerDefinition>;

/** The Ops that a layer is made of. */
export const lowerLayer = (layer: NestedLayer): readonly Op[] =>
  definitions()[layer.kind]!.lower(layer as never);

/** Kinds that may stand in a residual block. */
export const nestedKinds = () => Object.keys(definitions()).filter((kind) => kind !== "residual");

/** A function, because the catalog asks for it while this file is still being loaded, where this file came first. */
export function nestedLayers(): z.ZodMiniType<NestedLayer[]> {
  return z.lazy(() => {
    const layer = anyOf(Object.fromEntries(nestedKinds().map((kind) => [kind, definitions()[kind]!])));
    return z
      .array(layer as unknown as z.ZodMiniType<NestedLayer>, { error: allowed })
      .check(z.minLength(1, { error: allowed }), z.maxLength(MAX_NESTED, { error: allowed }));
  });
}
