// A name that nothing else has. Pages over plain http, as on a lecture hall's own network, have no randomUUID.

export const newName = (): string =>
  Array.from(crypto.getRandomValues(new Uint32Array(4)), (word) => word.toString(36)).join("-");
