// Who may train now, where several playgrounds share a page and its memory: one holds an engine at a time.

export interface Turns {
  /**
   * Resolves when it is this playground's turn, at once where it still is.
   * @param onWait hears how many come before it
   * @returns false where the wait was given up
   */
  take(onWait: (others: number) => void): Promise<boolean>;
  /** The turn, or the wait for it, is given up. */
  leave(): void;
}
