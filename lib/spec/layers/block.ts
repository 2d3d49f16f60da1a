// What layers have in common that hold other layers.

/** Layers in one block. */
export const MAX_NESTED = 8;
export const nestedAllowed = `a list of 1 to ${MAX_NESTED} layers that are not blocks themselves`;
