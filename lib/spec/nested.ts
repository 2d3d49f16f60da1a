// Layers within a layer. The catalog is looked up when a layer is read, not when this file is: a block is an entry of
// the catalog that its own layers come from.
import * as z from "zod/mini";
import type { LayerDefinition } from "./define";
import type { NestedLayer } from "./fields";
import { MAX_NESTED, nestedAllowed } from "./layers/block";
import * as catalog from "./layers/registry";
import type { Op } from "./ops";
import { anyOf } from "./parse";

/** A function: in a bundle the catalog may not be there yet while this file is being loaded. */
const definitions = () => catalog as unknown as Record<string, LayerDefinition>;

/** The Ops that a layer is made of. */
export const lowerLayer = (layer: NestedLayer): readonly Op[] =>
  definitions()[layer.kind]!.lower(layer as never);

/** Kinds that may stand in a block: all but blocks. */
export const nestedKinds = () =>
  Object.values(definitions())
    .filter(({ fields }) => Object.values(fields).every(({ type }) => type !== "layers"))
    .map(({ kind }) => kind);

/** A function, because the catalog asks for it while this file is still being loaded, where this file came first. */
export function nestedLayers(): z.ZodMiniType<NestedLayer[]> {
  return z.lazy(() => {
    const layer = anyOf(Object.fromEntries(nestedKinds().map((kind) => [kind, definitions()[kind]!])));
    return z
      .array(layer as unknown as z.ZodMiniType<NestedLayer>, { error: nestedAllowed })
      .check(z.minLength(1, { error: nestedAllowed }), z.maxLength(MAX_NESTED, { error: nestedAllowed }));
  });
}
