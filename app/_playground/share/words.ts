// What several parts of the panel say in the same way.

/** What went wrong, in the error's own sentence. */
export const sentenceOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
